package org.selfdiff.imaging.tiff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Horizontal differencing (Predictor 2; TIFF 6.0, section 14) and numbers in either byte order. */
final class Differences {
    private static final VarHandle SHORT_LE = handle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle SHORT_BE = handle(short[].class, ByteOrder.BIG_ENDIAN);

    private static final VarHandle INT_LE = handle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle INT_BE = handle(int[].class, ByteOrder.BIG_ENDIAN);

    private Differences() {}

    private static VarHandle handle(final Class<?> array, final ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(array, order);
    }

    /** Turns differences into samples, in place. */
    static void undo(final byte[] bytes, final SampleLayout layout, final int width, final int height) {
        final int step = layout.samplesOfPart();
        final int row = Math.toIntExact(layout.rowBytes(width));
        for (int y = 0; y < height; y++) {
            final int from = y * row;
            switch (layout.bits()) {
                case 8 -> {
                    if (step == 3) {
                        triples(bytes, from, from + row);
                    } else {
                        bytes(bytes, from + step, from + row, step);
                    }
                }
                case 16 -> words(bytes, from + 2 * step, from + row, 2 * step, layout.order());
                default -> wides(bytes, from + 4 * step, from + row, 4 * step, layout.order());
            }
        }
    }

    private static void bytes(final byte[] bytes, final int from, final int to, final int step) {
        for (int i = from; i < to; i++) {
            bytes[i] += bytes[i - step];
        }
    }

    /** As {@link #bytes}, for colours, with sums that need not be read back from memory. */
    private static void triples(final byte[] bytes, final int from, final int to) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int i = from; i + 2 < to; i += 3) {
            red += bytes[i];
            green += bytes[i + 1];
            blue += bytes[i + 2];
            bytes[i] = (byte) red;
            bytes[i + 1] = (byte) green;
            bytes[i + 2] = (byte) blue;
        }
    }

    private static void words(final byte[] bytes, final int from, final int to, final int step, final ByteOrder order) {
        final VarHandle handle = order == ByteOrder.LITTLE_ENDIAN ? SHORT_LE : SHORT_BE;
        for (int i = from; i < to; i += 2) {
            handle.set(bytes, i, (short) (word(bytes, i, order) + word(bytes, i - step, order)));
        }
    }

    private static void wides(final byte[] bytes, final int from, final int to, final int step, final ByteOrder order) {
        final VarHandle handle = order == ByteOrder.LITTLE_ENDIAN ? INT_LE : INT_BE;
        for (int i = from; i < to; i += 4) {
            handle.set(bytes, i, wide(bytes, i, order) + wide(bytes, i - step, order));
        }
    }

    /** An unsigned number of 16 bits. */
    static int word(final byte[] bytes, final int at, final ByteOrder order) {
        return (order == ByteOrder.LITTLE_ENDIAN ? (short) SHORT_LE.get(bytes, at) : (short) SHORT_BE.get(bytes, at))
                & 0xffff;
    }

    /** A number of 32 bits. */
    static int wide(final byte[] bytes, final int at, final ByteOrder order) {
        return order == ByteOrder.LITTLE_ENDIAN ? (int) INT_LE.get(bytes, at) : (int) INT_BE.get(bytes, at);
    }
}
