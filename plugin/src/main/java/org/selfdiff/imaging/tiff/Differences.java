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
            switch (layout.bits()) {
                case 8 -> bytes(bytes, y * row, (y + 1) * row, step);
                case 16 -> {
                    for (int i = y * row + 2 * step; i < (y + 1) * row; i += 2) {
                        final int sum = word(bytes, i, layout.order()) + word(bytes, i - 2 * step, layout.order());
                        (layout.order() == ByteOrder.LITTLE_ENDIAN ? SHORT_LE : SHORT_BE).set(bytes, i, (short) sum);
                    }
                }
                default -> {
                    for (int i = y * row + 4 * step; i < (y + 1) * row; i += 4) {
                        final int sum = wide(bytes, i, layout.order()) + wide(bytes, i - 4 * step, layout.order());
                        (layout.order() == ByteOrder.LITTLE_ENDIAN ? INT_LE : INT_BE).set(bytes, i, sum);
                    }
                }
            }
        }
    }

    /** A row of 8-bit samples. Sums of RGB stay in registers: reading back what was just written takes twice as long. */
    private static void bytes(final byte[] bytes, final int from, final int to, final int step) {
        if (step != 3) {
            for (int i = from + step; i < to; i++) {
                bytes[i] += bytes[i - step];
            }
            return;
        }
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int i = from; i < to - 2; i += 3) {
            red += bytes[i];
            green += bytes[i + 1];
            blue += bytes[i + 2];
            bytes[i] = (byte) red;
            bytes[i + 1] = (byte) green;
            bytes[i + 2] = (byte) blue;
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
