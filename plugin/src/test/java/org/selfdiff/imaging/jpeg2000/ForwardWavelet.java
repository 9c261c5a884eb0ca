package org.selfdiff.imaging.jpeg2000;

/** The forward transforms as T.800 F.4 writes them, sample by sample with the mirrored index: slow and plain. */
final class ForwardWavelet {
    private static final double[] STEPS = {-1.586134342059924, -0.052980118572961, 0.882911075530934, 0.443506852043971
    };

    private static final double K = 1.230174104914001;

    private ForwardWavelet() {}

    /** Transforms {@code x}, whose first sample stands at {@code first}, in place; results stay interleaved. */
    static void line(final double[] x, final int first, final boolean reversible) {
        if (x.length == 1) {
            x[0] *= first % 2 == 0 ? 1 : 2;
            return;
        }
        for (int s = 0; s < (reversible ? 2 : 4); s++) {
            for (int i = 0; i < x.length; i++) {
                if ((first + i + s) % 2 == 1) {
                    final double sum = x[mirrored(i - 1, x.length)] + x[mirrored(i + 1, x.length)];
                    x[i] += !reversible ? STEPS[s] * sum : s == 0 ? -Math.floor(sum / 2) : Math.floor((sum + 2) / 4);
                }
            }
        }
        for (int i = 0; i < x.length && !reversible; i++) {
            x[i] *= (first + i) % 2 == 0 ? 1 / K : K;
        }
    }

    private static int mirrored(final int i, final int n) {
        return i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i;
    }

    /** One level in two dimensions: bands LL, HL, LH, HH of a picture, each row by row. */
    static double[][] bands(final double[] picture, final Area area, final boolean reversible) {
        final int w = area.width();
        final int h = area.height();
        final double[] all = picture.clone();
        for (int x = 0; x < w; x++) {
            final double[] column = new double[h];
            for (int y = 0; y < h; y++) {
                column[y] = all[y * w + x];
            }
            line(column, area.y0(), reversible);
            for (int y = 0; y < h; y++) {
                all[y * w + x] = column[y];
            }
        }
        for (int y = 0; y < h; y++) {
            final double[] row = java.util.Arrays.copyOfRange(all, y * w, (y + 1) * w);
            line(row, area.x0(), reversible);
            System.arraycopy(row, 0, all, y * w, w);
        }
        final double[][] bands = new double[4][];
        for (int b = 0; b < 4; b++) {
            final Area band = area.band(1, b & 1, b >> 1);
            bands[b] = new double[band.size()];
            for (int i = 0; i < bands[b].length; i++) {
                final int x = 2 * (band.x0() + i % band.width()) + (b & 1) - area.x0();
                final int y = 2 * (band.y0() + i / band.width()) + (b >> 1) - area.y0();
                bands[b][i] = all[y * w + x];
            }
        }
        return bands;
    }
}
