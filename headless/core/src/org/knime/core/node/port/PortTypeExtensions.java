package org.knime.core.node.port;

import java.util.Optional;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;

/** The entries of the extension point for port types. */
final class PortTypeExtensions {

    private static final String POINT = "org.knime.core.PortType";

    private final IExtensionRegistry registry;

    private PortTypeExtensions(IExtensionRegistry registry) {
        this.registry = registry;
    }

    /** Nothing outside Equinox. */
    static Optional<PortTypeExtensions> find() {
        IExtensionRegistry registry = RegistryFactory.getRegistry();
        boolean known = registry != null && registry.getExtensionPoint(POINT) != null;
        return known ? Optional.of(new PortTypeExtensions(registry)) : Optional.empty();
    }

    PortType type(Class<? extends PortObject> objectClass) {
        IConfigurationElement element = element("objectClass", objectClass.getName());
        if (element == null) {
            throw new IllegalStateException("The port object class " + objectClass.getName()
                    + " is not registered at the extension point " + POINT + ".");
        }
        return new PortType(objectClass, false, element.getAttribute("name"), color(element.getAttribute("color")));
    }

    private static int color(String hex) {
        return hex == null ? PortType.DEFAULT_COLOR : Integer.parseInt(hex.substring(1), 16);
    }

    /** The registered serializer or {@code null}. */
    Object serializer(Class<?> type, String classAttribute, String serializerAttribute) {
        IConfigurationElement element = element(classAttribute, type.getName());
        if (element == null) {
            return null;
        }
        try {
            return element.createExecutableExtension(serializerAttribute);
        } catch (CoreException e) {
            throw new IllegalStateException("The serializer of " + type.getName() + " cannot be created.", e);
        }
    }

    private IConfigurationElement element(String attribute, String value) {
        for (IConfigurationElement element : registry.getConfigurationElementsFor(POINT)) {
            if (value.equals(element.getAttribute(attribute))) {
                return element;
            }
        }
        return null;
    }
}
