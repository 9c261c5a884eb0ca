package org.selfdiff.weights;

import java.util.Arrays;
import org.selfdiff.weights.pickle.PickleRefused;

/**
 * A view of a storage: element (i, j, ...) stands at {@code offset + i * strides[0] + j * strides[1] + ...}.
 *
 * @param storage where the numbers are
 * @param offset place of the first element
 * @param shape lengths of the dimensions
 * @param strides steps of the dimensions
 */
record TorchTensor(TorchStorage storage, long offset, long[] shape, long[] strides) {
    private static final int MAX_DIMENSIONS = 16;

    /** A view that lies inside its storage and has no more elements than it. */
    static TorchTensor checked(final TorchStorage storage, final long offset, final long[] shape, final long[] strides)
            throws PickleRefused {
        if (shape.length != strides.length || shape.length > MAX_DIMENSIONS || offset < 0) {
            throw wrong(shape, strides);
        }
        long elements = 1;
        try {
            for (int d = 0; d < shape.length; d++) {
                if (shape[d] < 0 || strides[d] < 0) {
                    throw wrong(shape, strides);
                }
                elements = Math.multiplyExact(elements, shape[d]);
            }
            final TorchTensor tensor = new TorchTensor(storage, offset, shape, strides);
            if (elements > storage.elements()
                    || elements > 0 && Math.addExact(offset, tensor.span()) > storage.elements()) {
                throw PickleRefused.damaged("a tensor of the shape " + Arrays.toString(shape) + " and the strides "
                        + Arrays.toString(strides) + " has more elements than its storage of " + storage.elements());
            }
            return tensor;
        } catch (ArithmeticException e) {
            throw wrong(shape, strides);
        }
    }

    private static PickleRefused wrong(final long[] shape, final long[] strides) {
        return PickleRefused.damaged(
                "a tensor has the shape " + Arrays.toString(shape) + " and the strides " + Arrays.toString(strides));
    }

    /** Elements of the storage from the first to the last one that is seen, of a tensor that has any. */
    long span() {
        long last = 0;
        for (int d = 0; d < shape.length; d++) {
            last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, strides[d]));
        }
        return last + 1;
    }

    /** Whether the elements lie one after the other in row-major order. */
    boolean contiguous() {
        long step = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            if (shape[d] == 0) {
                return true;
            }
            if (shape[d] != 1 && strides[d] != step) {
                return false;
            }
            step *= shape[d];
        }
        return true;
    }

    /** Takes places in the storage, counted from the tensor's offset. */
    @FunctionalInterface
    interface Place {
        void take(int index, int place);
    }

    /** Goes through the elements in row-major order. */
    void forEach(final int elements, final Place place) {
        final long[] at = new long[shape.length];
        long here = 0;
        for (int i = 0; i < elements; i++) {
            place.take(i, (int) here);
            for (int d = shape.length - 1; d >= 0; d--) {
                here += strides[d];
                if (++at[d] < shape[d]) {
                    break;
                }
                here -= at[d] * strides[d];
                at[d] = 0;
            }
        }
    }
}
