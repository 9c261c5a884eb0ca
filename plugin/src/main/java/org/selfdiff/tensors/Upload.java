package org.selfdiff.tensors;

import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.selfdiff.engine.Device;

/**
 * Copies Java numbers into memory that LibTorch owns. DJL's own way on the CPU lends Java's memory to LibTorch, which
 * then reads freed memory when a script keeps the tensor, or a view of it, longer than Java does.
 */
final class Upload {
    private Upload() {}

    /**
     * Number of elements.
     *
     * @throws IllegalArgumentException for a negative length, or more elements than a Java array holds
     */
    static long elements(final long[] shape) {
        long n = 1;
        for (final long length : shape) {
            if (length < 0 || length > Integer.MAX_VALUE || n * length > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("not a shape for a Java array: " + Arrays.toString(shape));
            }
            n *= length;
        }
        return n;
    }

    /** Zeros made on the device. */
    static PtNDArray zeros(final Device device, final long[] shape) {
        elements(shape);
        try {
            return (PtNDArray) NativeMemory.manager(device).zeros(new Shape(shape), DType.FLOAT32.djl());
        } catch (ai.djl.engine.EngineException e) {
            throw new TensorFailure(e.getMessage(), e);
        }
    }

    /** An array on the device, filled by the caller. */
    static PtNDArray array(final Device device, final DType type, final long[] shape, final Consumer<ByteBuffer> fill) {
        final long bytes = elements(shape) * type.bytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("more than 2 GiB at once: " + Arrays.toString(shape));
        }
        try {
            final PtNDArray host = JniUtils.createEmptyNdArray(
                    NativeMemory.manager(Device.CPU),
                    new Shape(shape),
                    type.djl(),
                    ai.djl.Device.cpu(),
                    SparseFormat.DENSE);
            boolean done = false;
            try {
                if (bytes > 0) {
                    fill.accept(JniUtils.getByteBuffer(host, true).order(ByteOrder.nativeOrder()));
                }
                if (device.isCpu()) {
                    done = true;
                    return host;
                }
                final PtNDArray there = JniUtils.to(host, type.djl(), NativeMemory.djl(device));
                there.attach(NativeMemory.manager(device));
                return there;
            } finally {
                if (!done) {
                    NativeMemory.free(host);
                }
            }
        } catch (ai.djl.engine.EngineException e) {
            throw new TensorFailure(e.getMessage(), e);
        }
    }
}
