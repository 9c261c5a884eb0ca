package org.knime.core.node.port;

import java.lang.reflect.Method;
import java.util.Objects;

/** A kind of port: the class of the objects that go through it. */
public final class PortType {

    public static final int DEFAULT_COLOR = 0xFF9B9B9B;

    private final Class<? extends PortObject> objectClass;
    private final boolean optional;
    private final String name;
    private final int color;

    PortType(Class<? extends PortObject> objectClass, boolean optional, String name, int color) {
        this.objectClass = Objects.requireNonNull(objectClass, "class of port objects");
        this.optional = optional;
        this.name = name;
        this.color = color;
    }

    public Class<? extends PortObject> getPortObjectClass() {
        return objectClass;
    }

    public Class<? extends PortObjectSpec> getPortObjectSpecClass() {
        return getPortObjectSpecClass(objectClass);
    }

    /** The class of specs that the object class declares as the result of {@code getSpec}. */
    public static Class<? extends PortObjectSpec> getPortObjectSpecClass(Class<? extends PortObject> objectClass) {
        Class<? extends PortObjectSpec> narrowest = PortObjectSpec.class;
        for (Method method : objectClass.getMethods()) {
            if (method.getName().equals("getSpec")
                    && method.getParameterCount() == 0
                    && narrowest.isAssignableFrom(method.getReturnType())) {
                narrowest = method.getReturnType().asSubclass(PortObjectSpec.class);
            }
        }
        return narrowest;
    }

    public String getName() {
        return name;
    }

    public int getColor() {
        return color;
    }

    public boolean isOptional() {
        return optional;
    }

    public boolean isHidden() {
        return false;
    }

    public boolean acceptsPortObject(PortObject object) {
        return objectClass.isInstance(object);
    }

    public boolean acceptsPortObjectClass(Class<? extends PortObject> type) {
        return objectClass.isAssignableFrom(type);
    }

    public boolean acceptsPortObjectSpec(PortObjectSpec spec) {
        return getPortObjectSpecClass().isInstance(spec);
    }

    public boolean isSuperTypeOf(PortType other) {
        return objectClass.isAssignableFrom(other.objectClass);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortType type && objectClass == type.objectClass && optional == type.optional;
    }

    @Override
    public int hashCode() {
        return Objects.hash(objectClass, optional);
    }

    @Override
    public String toString() {
        return name + (optional ? " (optional)" : "");
    }
}
