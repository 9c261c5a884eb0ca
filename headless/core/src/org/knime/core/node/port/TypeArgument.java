package org.knime.core.node.port;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** Finds and makes objects of the class that a serializer names in its {@code extends} clause. */
final class TypeArgument {

    private TypeArgument() {}

    static <T> T newInstance(Class<?> serializer, Class<T> bound) {
        Type parent = serializer.getGenericSuperclass();
        Type argument = parent instanceof ParameterizedType type ? type.getActualTypeArguments()[0] : null;
        if (!(argument instanceof Class<?> found)) {
            throw new IllegalStateException(
                    serializer.getName() + " must name the class that it reads in its extends clause.");
        }
        try {
            Constructor<?> constructor = found.getConstructor();
            return bound.cast(constructor.newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    found.getName() + " needs a public constructor without arguments to be loaded.", e);
        }
    }
}
