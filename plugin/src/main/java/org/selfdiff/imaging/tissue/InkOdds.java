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

    /** Ink that was taken for tissue can lie on glass as well; how much of it does is not known, so the better counts. */
    private static final double BARE = 0.5;

    /** The film is thinner and thicker elsewhere than where it was seen: a pen runs dry, and what is sure is thick. */
    private static final double[] THICKNESS = {0.15, 0.25, 0.4, 0.6, 0.8, 1, 1.25};

    /** What no model explains is judged even; a probability in each bin. */
    private static final double UNKNOWN = 2e-7;

    /** A colour of less than this share plays no part in a convolution, which bounds its cost. */
    private static final double RARE = 2e-4;

    /** Share of ink in tissue before anything is known. */
    private static final double FIRST_SHARE = 0.2;

    /** No more of what looks like tissue is put down to ink. */
    private static final double LARGEST_SHARE = 0.9;

    private static final int STEPS = 5;

    /** What ink shows on this slide: probabilities by bin, with its colours on glass in several thicknesses. */
    private final double[] film;

    /**
     * Odds for one ink.
     *
     * @param ink how many pixels of ink on glass have the colour, by bin of {@link DensityBins}
     */
    InkOdds(final int[] ink) {
        final double[] seen = shares(ink);
        film = new double[seen.length];
        for (int i = 0; i < film.length; i++) {
            for (final double thickness : THICKNESS) {
                film[DensityBins.times(i, thickness)] += seen[i] / THICKNESS.length;
            }
        }
    }

    /** Probabilities by bin, of ink over tissue and of tissue. */
    private record Models(double[] inked, double[] clean) {

        float[] odds() {
            final float[] odds = new float[inked.length];
            for (int i = 0; i < odds.length; i++) {
                odds[i] = (float) Math.log((inked[i] + UNKNOWN) / (clean[i] + UNKNOWN));
            }
            return odds;
        }
    }

    /**
     * Natural logarithm of the odds by bin. Ink hides in what looks like tissue: how much there is, and the colours of
     * the tissue alone, are found by expectation and maximisation (Dempster, Laird and Rubin 1977), in a fixed number of
     * steps.
     *
     * @param mixed how many pixels that look like tissue have the colour, ink among them
     * @param clean the same where no ink is near, to start with; nothing, if there is no such tissue
     */
    float[] within(final int[] mixed, final int[] clean) {
        final double[] all = shares(mixed);
        double[] stained = shares(clean);
        double ink = FIRST_SHARE;
        for (int step = 0; step < STEPS; step++) {
            final Models models = models(stained);
            stained = new double[all.length];
            double sum = 0;
            for (int i = 0; i < all.length; i++) {
                final double p = ink * (models.inked[i] + UNKNOWN);
                final double q = (1 - ink) * (models.clean[i] + UNKNOWN);
                stained[i] = all[i] * q / (p + q);
                sum += stained[i];
            }
            ink = Math.max(0, Math.min(LARGEST_SHARE, 1 - sum));
            for (int i = 0; sum > 0 && i < all.length; i++) {
                stained[i] /= sum;
            }
        }
        return models(stained).odds();
    }

    private Models models(final double[] stained) {
        final double[] inked = over(stained, film);
        final double[] clean = over(stained, stained);
        for (int i = 0; i < inked.length; i++) {
            inked[i] = Math.max(inked[i], BARE * film[i]);
            clean[i] = (1 - FOLDED) * stained[i] + FOLDED * clean[i];
        }
        return new Models(smooth(inked), smooth(clean));
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
