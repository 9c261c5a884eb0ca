package org.selfdiff.tensors;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.selfdiff.engine.Device;

/**
 * Owns native tensors and frees them together. A script's results belong to the scope that the caller names, never to
 * the scope of an argument.
 *
 * <p>Safe on any thread, also while a script that was given tensors of the scope still runs on another: closing frees
 * at once what is not in use and the rest when the script ends. What is asked of a closed scope or tensor afterwards is
 * refused with {@link IllegalStateException}.
 */
public final class TensorScope implements AutoCloseable {
    private final Device device;

    private final TensorScope parent;

    private final Set<Tensor> tensors = new LinkedHashSet<>();

    private final Set<TensorScope> children = new LinkedHashSet<>();

    private boolean closed;

    private TensorScope(final Device device, final TensorScope parent) {
        this.device = device;
        this.parent = parent;
    }

    /**
     * Opens a scope.
     *
     * @throws IllegalStateException when the engine was not started
     */
    public static TensorScope open(final Device device) {
        NativeMemory.manager(device);
        return new TensorScope(device, null);
    }

    /** Opens a scope on the same device that is closed with this one at the latest. */
    public TensorScope child() {
        final TensorScope child = new TensorScope(device, this);
        synchronized (this) {
            requireOpen();
            children.add(child);
        }
        return child;
    }

    /** The device of its tensors. */
    public Device device() {
        return device;
    }

    /**
     * Uploads numbers; the array may be changed afterwards.
     *
     * @param shape lengths of the dimensions, the slowest first; none for a scalar
     * @throws IllegalArgumentException when the shape does not have as many elements as the array
     */
    public Tensor floats(final float[] values, final long... shape) {
        return upload(
                DType.FLOAT32, values.length, shape, b -> b.asFloatBuffer().put(values));
    }

    /** Uploads 64-bit integers, for instance class labels; see {@link #floats}. */
    public Tensor longs(final long[] values, final long... shape) {
        return upload(DType.INT64, values.length, shape, b -> b.asLongBuffer().put(values));
    }

    /** Uploads bytes that stand for 0 to 255, for instance pixels; see {@link #floats}. */
    public Tensor bytes(final byte[] values, final long... shape) {
        return upload(DType.UINT8, values.length, shape, b -> b.put(values));
    }

    /** Uploads one number as a tensor without dimensions. */
    public Tensor scalar(final float value) {
        return floats(new float[] {value});
    }

    /** Uploads one integer as a tensor without dimensions. */
    public Tensor scalar(final long value) {
        return longs(new long[] {value});
    }

    /** Makes a tensor of 32-bit zeros. */
    public Tensor zeros(final long... shape) {
        return adopt(Upload.zeros(device, shape));
    }

    private Tensor upload(final DType type, final int length, final long[] shape, final Consumer<ByteBuffer> fill) {
        synchronized (this) {
            requireOpen();
        }
        if (Upload.elements(shape) != length) {
            throw new IllegalArgumentException(
                    length + " values do not fill the shape " + java.util.Arrays.toString(shape));
        }
        return adopt(Upload.array(device, type, shape, fill));
    }

    /** Takes ownership of an array; frees it when the scope is closed. */
    Tensor adopt(final PtNDArray array) {
        final Tensor tensor = new Tensor(array, this);
        synchronized (this) {
            if (!closed) {
                tensors.add(tensor);
                return tensor;
            }
        }
        NativeMemory.free(array);
        throw new IllegalStateException("the scope is closed");
    }

    void add(final Tensor tensor) {
        synchronized (this) {
            requireOpen();
            tensors.add(tensor);
        }
    }

    boolean remove(final Tensor tensor) {
        synchronized (this) {
            return tensors.remove(tensor);
        }
    }

    /** Number of tensors in this scope, those of its children not counted. */
    public synchronized int size() {
        return tensors.size();
    }

    /** The DJL manager of the device. */
    PtNDManager manager() {
        return NativeMemory.manager(device);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the scope is closed");
        }
    }

    /** Frees the tensors of this scope and of its children; more than once does no harm. */
    @Override
    public void close() {
        final List<Tensor> owned;
        final List<TensorScope> below;
        synchronized (this) {
            closed = true;
            owned = new ArrayList<>(tensors);
            below = new ArrayList<>(children);
            tensors.clear();
            children.clear();
        }
        below.forEach(TensorScope::close);
        // the youngest first: results may be views of what is older
        Collections.reverse(owned);
        owned.forEach(Tensor::free);
        if (parent != null) {
            synchronized (parent) {
                parent.children.remove(this);
            }
        }
    }
}
