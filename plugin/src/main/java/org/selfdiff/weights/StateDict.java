package org.selfdiff.weights;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.selfdiff.run.RunFailed;

/**
 * Named tensors of a file that anyone may have made, opened for reading; see {@link StateDicts#open}. Opening reads
 * names, types and shapes; a tensor's numbers are read when they are asked for, in pieces of 4 MB, so that a large file
 * is ready at once and costs the memory of what is asked for. Pieces are read rather than mapped: a file that becomes
 * shorter meanwhile is then an error and not the end of Java. One thread at a time.
 */
public sealed interface StateDict extends AutoCloseable permits SafeTensors, TorchFile {
    /** The file. */
    Path file();

    /** The tensors by name, in the file's order. Tensors of nested dictionaries have names with dots. */
    Map<String, StoredTensor> tensors();

    /**
     * A tensor that must be there.
     *
     * @throws RunFailed when there is none of the name
     */
    default StoredTensor require(final String name) throws RunFailed {
        final StoredTensor tensor = tensors().get(name);
        if (tensor == null) {
            throw new RunFailed(
                    "There is no tensor " + name + " in the file",
                    file().toString(),
                    "Use the file of a fitting model.");
        }
        return tensor;
    }

    /**
     * Reads the elements of a tensor in row-major order: F32, F16, BF16 (both widened exactly) or F64 (rounded to the
     * nearest float; see {@link #doubles}).
     *
     * @param into takes all of them from its position on, which moves
     * @throws RunFailed when there is no such tensor, its type is another, or the file cannot be read
     */
    void read(String name, FloatBuffer into) throws RunFailed;

    /** Reads the elements of a tensor into an array; see {@link #read}. */
    default float[] floats(final String name) throws RunFailed {
        final float[] out = new float[require(name).requireFloating(file()).length(file())];
        read(name, FloatBuffer.wrap(out));
        return out;
    }

    /** Reads a tensor of any floating-point type without rounding; see {@link #read}. */
    double[] doubles(String name) throws RunFailed;

    /** Reads a tensor of I64, I32, I16, I8, U8 or BOOL (0 and 1, or what stands there); see {@link #read}. */
    long[] longs(String name) throws RunFailed;

    /** Closes the file. */
    @Override
    void close();
}
