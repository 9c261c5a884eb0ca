package org.selfdiff.tensors;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Copies tensors to Java arrays. */
final class Download {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private Download() {}

    /** Turns a buffer and a number of elements into an array. */
    interface Unpack<A> {
        A from(ByteBuffer buffer, int elements);
    }

    /**
     * Copies a tensor; LibTorch is asked on a reference of our own, so that the tensor may be closed meanwhile.
     *
     * @throws IllegalStateException when the type is another or the tensor closed
     */
    static <A> A copy(final Tensor tensor, final DType type, final Unpack<A> unpack) {
        if (tensor.type() != type) {
            throw new IllegalStateException("the tensor is " + tensor.type() + ", not " + type);
        }
        // what DJL makes on the way (a copy on the CPU, a contiguous one) goes to this manager and dies with it
        try (NDManager transit = NativeMemory.manager(tensor.device()).newSubManager()) {
            final PtNDArray alias = NativeMemory.reading(() -> {
                final PtNDArray a = JniUtils.detachGradient(tensor.array());
                a.attach(transit);
                return a;
            });
            final long elements = alias.getShape().size();
            if (elements * type.bytes() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("more than 2 GiB at once: " + tensor);
            }
            if (elements == 0) {
                return unpack.from(EMPTY, 0);
            }
            return unpack.from(JniUtils.getByteBuffer(alias, true).order(ByteOrder.nativeOrder()), (int) elements);
        } catch (EngineException e) {
            throw new TensorFailure(e.getMessage(), e);
        }
    }
}
