package org.selfdiff.imaging.tiff.write;

/** A picture that is a formula: smooth ramps with sharp squares in it, so that swapped rows or blocks are noticed. */
final class Ramps {
    private Ramps() {}

    static byte[] samples(final PixelType type, final int x0, final int y0, final int width, final int height) {
        final byte[] out = new byte[width * height * type.bytes()];
        int k = 0;
        for (int y = y0; y < y0 + height; y++) {
            for (int x = x0; x < x0 + width; x++) {
                for (int b = 0; b < type.bands(); b++) {
                    final int value = (x / 40 + y / 40) % 5 == 0
                            ? 60_000 - 3000 * b
                            : 9000 + (x * (31 + 7 * b) + y * (53 - 9 * b)) % 47_000;
                    out[k++] = (byte) (value >> 8);
                    if (type.bits() == 16) {
                        out[k++] = (byte) value;
                    }
                }
            }
        }
        return out;
    }

    static BlockSource source(final PixelType type) {
        return (x, y, w, h) -> samples(type, x, y, w, h);
    }

    static double meanDifference(final byte[] a, final byte[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(a.length + " and " + b.length);
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
        }
        return sum / a.length;
    }
}
