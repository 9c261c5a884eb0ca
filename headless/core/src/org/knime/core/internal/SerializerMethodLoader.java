package org.knime.core.internal;

/** Namespace of {@link Serializer}. */
public final class SerializerMethodLoader {

    private SerializerMethodLoader() {}

    /**
     * What writes and reads objects of one class.
     *
     * @param <T> class of the objects
     */
    public interface Serializer<T> {}
}
