package org.selfdiff.weights.pickle;

import java.util.List;

/**
 * The names that a pickle may use, and what they stand for. Whatever it does not know it refuses; nothing is ever looked
 * up by a name from a pickle.
 */
public interface Vocabulary {
    /**
     * A Python object that is mentioned by name.
     *
     * @return what stands for it on the stack
     */
    Object global(String module, String name) throws PickleRefused;

    /**
     * The result of calling an object.
     *
     * @param callee what {@link #global} returned, or any other value: then it is to be refused
     * @param arguments its arguments
     */
    Object call(Object callee, List<Object> arguments) throws PickleRefused;

    /** What an identifier of something outside the pickle stands for. */
    Object persistent(Object id) throws PickleRefused;
}
