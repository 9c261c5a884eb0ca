package org.selfdiff.headless.parameters;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.WidgetGroup;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.persistence.Persistable;

/**
 * A field of a class of parameters.
 *
 * @param field the field
 * @param type its type, or the content's type of an {@code Optional}
 * @param optional whether it is an {@code Optional}
 * @param key the key that it is stored under
 */
record ParameterField(Field field, Class<?> type, boolean optional, String key) {

    /** All fields, those of superclasses first. */
    static List<ParameterField> of(Class<?> owner) {
        List<ParameterField> fields = new ArrayList<>();
        if (owner.getSuperclass() != null && owner.getSuperclass() != Object.class) {
            fields.addAll(of(owner.getSuperclass()));
        }
        for (Field field : owner.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                fields.add(of(field));
            }
        }
        return fields;
    }

    private static ParameterField of(Field field) {
        int modifiers = field.getModifiers();
        if (Modifier.isPrivate(modifiers) || Modifier.isFinal(modifiers)) {
            throw new IllegalStateException("The parameter " + name(field) + " must be neither private nor final.");
        }
        field.setAccessible(true);
        boolean optional = field.getType() == Optional.class;
        return new ParameterField(field, optional ? content(field) : field.getType(), optional, key(field));
    }

    private static Class<?> content(Field field) {
        Type type = field.getGenericType();
        if (type instanceof ParameterizedType generic
                && generic.getActualTypeArguments()[0] instanceof Class<?> found) {
            return found;
        }
        throw new IllegalStateException("The parameter " + name(field) + " must say what its Optional holds.");
    }

    private static String key(Field field) {
        String plain = field.getName().startsWith("m_") ? field.getName().substring(2) : field.getName();
        Persist persist = field.getAnnotation(Persist.class);
        if (persist == null) {
            return plain;
        }
        return (persist.configKey().isEmpty() ? plain : persist.configKey()) + (persist.hidden() ? "_Internals" : "");
    }

    static String name(Field field) {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    boolean isGroup() {
        return isGroup(type);
    }

    /** An array of groups; arrays of plain values are plain values. */
    boolean isGroupArray() {
        return type.isArray() && isGroup(type.getComponentType());
    }

    static boolean isGroup(Class<?> type) {
        return WidgetGroup.class.isAssignableFrom(type)
                || NodeParameters.class.isAssignableFrom(type)
                || Persistable.class.isAssignableFrom(type);
    }

    Object get(Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    void set(Object owner, Object value) {
        try {
            field.set(owner, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
