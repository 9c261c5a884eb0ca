package org.knime.core.node;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;

/** Finds the factory of today for one that a workflow was saved with and that has moved since. */
public abstract class NodeFactoryClassMapper {

    private static final String POINT = "org.knime.core.NodeFactoryClassMapper";

    /** The factory, or {@code null} where this mapper does not know the name. */
    public abstract NodeFactory<? extends NodeModel> mapFactoryClassName(String factoryClassName);

    /** The mappers that installed plug-ins contribute; none outside Equinox. */
    public static List<NodeFactoryClassMapper> getRegisteredMappers() {
        List<NodeFactoryClassMapper> mappers = new ArrayList<>();
        IExtensionRegistry registry = RegistryFactory.getRegistry();
        if (registry == null) {
            return mappers;
        }
        for (IConfigurationElement element : registry.getConfigurationElementsFor(POINT)) {
            try {
                mappers.add((NodeFactoryClassMapper) element.createExecutableExtension("classMapper"));
            } catch (CoreException e) {
                throw new IllegalStateException(
                        "The " + POINT + " " + element.getAttribute("classMapper") + " cannot be made.", e);
            }
        }
        return mappers;
    }
}
