package org.selfdiff.imaging.tissue;

import java.util.Arrays;

/**
 * How many times more likely a colour is ink over tissue than tissue alone, on one slide. Both are learnt from this
 * slide: the colours of its tissue, and those of its ink where that lies on bare glass. As densities add, the colours of
 * ink over tissue are the one distribution convolved with the other. Tissue can also lie twice, in a fold, which is the
 * convolution with itself; so a fold is no ink.
 */
final class InkOdds {
    /** Share of the folds in what tissue may look like. */
    private static final double FOLDED = 0.05;

    /** Share of ink that lies over a gap in the tissue. */
    private static final double BARE = 0.1;

    /** What no model explains is judged even; a probability in each bin. */
    private static final double UNKNOWN = 2e-7;

    /** A colour of less than this share plays no part in a convolution, which bounds its cost. */
    private static final double RARE = 1e-4;

    private InkOdds() {}

    /**
     * Natural logarithm of the odds by bin of {@link DensityBins}.
     *
     * @param tissue how many pixels of tissue have the colour
     * @param ink how many pixels of ink on glass have it
     */
    static float[] of(final int[] tissue, final int[] ink) {
        final double[] stained = shares(tissue);
        final double[] film = shares(ink);
        final double[] inked = over(stained, film);
        final double[] folded = over(stained, stained);
        for (int i = 0; i < inked.length; i++) {
            inked[i] = (1 - BARE) * inked[i] + BARE * film[i];
            folded[i] = (1 - FOLDED) * stained[i] + FOLDED * folded[i];
        }
        final double[] p = smooth(inked);
        final double[] q = smooth(folded);
        final float[] odds = new float[p.length];
        for (int i = 0; i < odds.length; i++) {
            odds[i] = (float) Math.log((p[i] + UNKNOWN) / (q[i] + UNKNOWN));
        }
        return odds;
    }

    private static double[] shares(final int[] counts) {
        final double total = Math.max(1, Arrays.stream(counts).asLongStream().sum());
        return Arrays.stream(counts).mapToDouble(n -> n / total).toArray();
    }

    /** The colours of one film over another. */
    private static double[] over(final double[] a, final double[] b) {
        final double[] out = new double[a.length];
        final int[] first = frequent(a);
        final int[] second = frequent(b);
        for (final int i : first) {
            for (final int j : second) {
                out[DensityBins.sum(i, j)] += a[i] * b[j];
            }
        }
        return out;
    }

    private static int[] frequent(final double[] shares) {
        int n = 0;
        final int[] out = new int[shares.length];
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] >= RARE) {
                out[n++] = i;
            }
        }
        return Arrays.copyOf(out, n);
    }

    /** Along each channel with 1 2 1: a colour at the border of a bin belongs to both. */
    private static double[] smooth(final double[] values) {
        double[] out = values;
        for (int step = 1; step < values.length; step *= DensityBins.SIDE) {
            final double[] before = out;
            out = new double[values.length];
            for (int i = 0; i < out.length; i++) {
                final int at = i / step % DensityBins.SIDE;
                final double below = at == 0 ? before[i] : before[i - step];
                final double above = at == DensityBins.SIDE - 1 ? before[i] : before[i + step];
                out[i] = (below + 2 * before[i] + above) / 4;
            }
        }
        return out;
    }
}
