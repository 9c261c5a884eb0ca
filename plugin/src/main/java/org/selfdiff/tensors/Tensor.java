package org.selfdiff.tensors;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.selfdiff.engine.Device;

/**
 * A handle of a native tensor; it belongs to one {@link TensorScope}. Copies to Java wait until the device has computed
 * the tensor.
 */
public final class Tensor implements AutoCloseable {
    private final PtNDArray array;

    /** Changed by {@link #moveTo} only, under this tensor's monitor. */
    private volatile TensorScope scope;

    Tensor(final PtNDArray array, final TensorScope scope) {
        this.array = array;
        this.scope = scope;
    }

    /** Lengths of the dimensions, the slowest first; empty for a scalar. */
    public long[] shape() {
        return NativeMemory.reading(() -> array.getShape().getShape()).clone();
    }

    /**
     * Type of the elements.
     *
     * @throws TensorFailure for a type that Java cannot see
     */
    public DType type() {
        return DType.of(NativeMemory.reading(array::getDataType));
    }

    /** The device on which it lies. */
    public Device device() {
        return scope.device();
    }

    /**
     * Lets scripts differentiate by this tensor ({@code torch.grad}) when they are called with gradients on.
     *
     * @return this
     */
    public Tensor differentiable() {
        NativeMemory.reading(() -> {
            JniUtils.attachGradient(array, true);
            return null;
        });
        return this;
    }

    /**
     * Copies the elements in row-major order.
     *
     * @throws IllegalStateException when the type is not FLOAT32
     */
    public float[] toFloats() {
        return Download.copy(this, DType.FLOAT32, (b, n) -> {
            final float[] values = new float[n];
            b.asFloatBuffer().get(values);
            return values;
        });
    }

    /** Copies the elements of an UINT8 or BOOL tensor (0 and 1), see {@link #toFloats}. */
    public byte[] toBytes() {
        return Download.copy(this, type() == DType.BOOL ? DType.BOOL : DType.UINT8, (b, n) -> {
            final byte[] values = new byte[n];
            b.get(values);
            return values;
        });
    }

    /** Copies the elements of an INT64 tensor, see {@link #toFloats}. */
    public long[] toLongs() {
        return Download.copy(this, DType.INT64, (b, n) -> {
            final long[] values = new long[n];
            b.asLongBuffer().get(values);
            return values;
        });
    }

    /** Copies the elements of a FLOAT64 tensor, see {@link #toFloats}. */
    public double[] toDoubles() {
        return Download.copy(this, DType.FLOAT64, (b, n) -> {
            final double[] values = new double[n];
            b.asDoubleBuffer().get(values);
            return values;
        });
    }

    /**
     * The value of a tensor with one element.
     *
     * @throws IllegalStateException when it has more or fewer, or its type is not FLOAT32
     */
    public float item() {
        final float[] values = toFloats();
        if (values.length != 1) {
            throw new IllegalStateException("a tensor of " + values.length + " elements is not one number");
        }
        return values[0];
    }

    /**
     * Makes another scope on the same device its owner.
     *
     * @return this
     * @throws IllegalArgumentException when the scope is on another device
     * @throws IllegalStateException when the tensor or the scope is closed
     */
    public synchronized Tensor moveTo(final TensorScope other) {
        if (!other.device().equals(scope.device())) {
            throw new IllegalArgumentException("from " + scope.device() + " to " + other.device());
        }
        if (other == scope) {
            return this;
        }
        if (!scope.remove(this)) {
            throw new IllegalStateException("the tensor is closed");
        }
        try {
            other.add(this);
        } catch (IllegalStateException e) {
            free();
            throw e;
        }
        scope = other;
        return this;
    }

    /** Frees it before its scope is closed; more than once does no harm. */
    @Override
    public synchronized void close() {
        scope.remove(this);
        free();
    }

    void free() {
        NativeMemory.free(array);
    }

    /** DJL's array; to be used under {@link NativeMemory#LOCK} only. */
    PtNDArray array() {
        return array;
    }

    /** {@code FLOAT32[2, 3]}. */
    @Override
    public String toString() {
        return type() + java.util.Arrays.toString(shape());
    }
}
