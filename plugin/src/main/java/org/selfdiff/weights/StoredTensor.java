package org.selfdiff.weights;

import java.nio.file.Path;
import org.selfdiff.run.RunFailed;

/**
 * What a file says about one of its tensors, checked.
 *
 * @param name the tensor's name
 * @param type its element type
 * @param shape lengths of its dimensions, none for a single number; not to be changed
 */
public record StoredTensor(String name, StoredType type, long[] shape) {
    /** Number of elements. */
    public long elements() {
        long n = 1;
        for (final long length : shape) {
            n *= length;
        }
        return n;
    }

    /** Number of elements where they fit into an array. */
    int length(final Path file) throws RunFailed {
        if (elements() > Integer.MAX_VALUE - 8) {
            throw new RunFailed(
                    "The tensor " + name + " has " + elements() + " elements",
                    file.toString(),
                    "Tensors of up to 2,147,483,639 elements can be read.");
        }
        return (int) elements();
    }

    StoredTensor requireFloating(final Path file) throws RunFailed {
        if (!type.floating()) {
            throw wrongType(file, "a floating-point type");
        }
        return this;
    }

    StoredTensor requireWhole(final Path file) throws RunFailed {
        if (type.floating()) {
            throw wrongType(file, "a whole-number type");
        }
        return this;
    }

    RunFailed wrongType(final Path file, final String needed) {
        return new RunFailed(
                "The tensor " + name + " is of type " + type + ", not " + needed,
                file.toString(),
                "Use the file of a fitting model.");
    }
}
