package org.knime.core.node.port;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;

/**
 * Knows the port types. In Equinox these are the entries of the extension point {@code org.knime.core.PortType}, and a
 * class without an entry is refused; on a plain class path (unit tests) every class is taken as it comes, with its
 * nested class {@code Serializer}.
 */
public final class PortTypeRegistry {

    private static final PortTypeRegistry INSTANCE = new PortTypeRegistry();

    private final Map<Class<? extends PortObject>, PortType> types = new ConcurrentHashMap<>();
    private final Map<Class<?>, Object> serializers = new ConcurrentHashMap<>();

    private PortTypeRegistry() {
        serializers.put(DataTableSpec.class, new DataTableSpec.Serializer());
    }

    public static PortTypeRegistry getInstance() {
        return INSTANCE;
    }

    public PortType getPortType(Class<? extends PortObject> objectClass) {
        return types.computeIfAbsent(objectClass, PortTypeRegistry::describe);
    }

    public PortType getPortType(Class<? extends PortObject> objectClass, boolean optional) {
        PortType type = getPortType(objectClass);
        return optional ? new PortType(objectClass, true, type.getName(), type.getColor()) : type;
    }

    /** The types that were asked for so far. */
    public Collection<PortType> availablePortTypes() {
        return types.values();
    }

    private static PortType describe(Class<? extends PortObject> objectClass) {
        if (objectClass == PortObject.class) {
            return new PortType(objectClass, false, "Generic Port", PortType.DEFAULT_COLOR);
        }
        if (objectClass == BufferedDataTable.class) {
            return new PortType(objectClass, false, "Table", 0);
        }
        return extensions()
                .map(extensions -> extensions.type(objectClass))
                .orElseGet(() -> new PortType(objectClass, false, objectClass.getSimpleName(), PortType.DEFAULT_COLOR));
    }

    // without Equinox's registry its classes may be missing, too
    private static Optional<PortTypeExtensions> extensions() {
        try {
            return PortTypeExtensions.find();
        } catch (LinkageError e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked")
    public Optional<PortObjectSerializer<PortObject>> getObjectSerializer(Class<? extends PortObject> objectClass) {
        return Optional.ofNullable((PortObjectSerializer<PortObject>)
                serializer(objectClass, "objectClass", "objectSerializer", PortObjectSerializer.class));
    }

    @SuppressWarnings("unchecked")
    public Optional<PortObjectSpecSerializer<PortObjectSpec>> getSpecSerializer(
            Class<? extends PortObjectSpec> specClass) {
        return Optional.ofNullable((PortObjectSpecSerializer<PortObjectSpec>)
                serializer(specClass, "specClass", "specSerializer", PortObjectSpecSerializer.class));
    }

    private Object serializer(Class<?> type, String classAttribute, String serializerAttribute, Class<?> kind) {
        return serializers.computeIfAbsent(type, key -> {
            Optional<PortTypeExtensions> extensions = extensions();
            return extensions.isPresent()
                    ? extensions.get().serializer(key, classAttribute, serializerAttribute)
                    : nested(key, kind);
        });
    }

    private static Object nested(Class<?> type, Class<?> kind) {
        for (Class<?> candidate : type.getDeclaredClasses()) {
            if (kind.isAssignableFrom(candidate)) {
                try {
                    return candidate.getConstructor().newInstance();
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(
                            candidate.getName() + " must be public with a public constructor without arguments.", e);
                }
            }
        }
        return null;
    }
}
