package org.selfdiff.imaging.tiff.write;

import java.nio.ByteOrder;

/** What happens to samples before they are compressed: the order of their bytes, and differences of neighbours. */
final class Predictor {
    private Predictor() {}

    /** Swaps the bytes of 16-bit samples for a little-endian file, in place. */
    static void order(final byte[] samples, final PixelType pixel, final ByteOrder order) {
        if (pixel.bits() == 16 && order == ByteOrder.LITTLE_ENDIAN) {
            for (int i = 0; i < samples.length; i += 2) {
                final byte high = samples[i];
                samples[i] = samples[i + 1];
                samples[i + 1] = high;
            }
        }
    }

    /** Subtracts from every sample that of the pixel to its left (TIFF 6.0, section 14), in place; before {@link #order}. */
    static void subtract(final byte[] samples, final PixelType pixel, final int width) {
        final int stride = width * pixel.bytes();
        final int step = pixel.bytes();
        for (int row = 0; row < samples.length; row += stride) {
            if (pixel.bits() == 8) {
                for (int i = row + stride - 1; i >= row + step; i--) {
                    samples[i] -= samples[i - step];
                }
            } else {
                for (int i = row + stride - 2; i >= row + step; i -= 2) {
                    final int v = value(samples, i) - value(samples, i - step);
                    samples[i] = (byte) (v >> 8);
                    samples[i + 1] = (byte) v;
                }
            }
        }
    }

    private static int value(final byte[] samples, final int i) {
        return (samples[i] & 0xff) << 8 | samples[i + 1] & 0xff;
    }
}
