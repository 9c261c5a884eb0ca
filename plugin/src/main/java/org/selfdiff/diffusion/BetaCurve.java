package org.selfdiff.diffusion;

/** How the share of noise grows from one time-step to the next. */
public enum BetaCurve {
    /** Ho et al. (arXiv 2006.11239): beta from 1e-4 to 0.02. */
    LINEAR,

    /** Square roots of beta from sqrt(1e-4) to sqrt(0.02), squared: that of GenSelfDiff-HIS. */
    QUADRATIC,

    /** Nichol and Dhariwal (arXiv 2102.09672): the remaining signal falls as a squared cosine, offset 0.008. */
    COSINE,

    /** A logistic curve over [-6, 6] between 1e-4 and 0.02. */
    SIGMOID,

    /** Square roots of beta from sqrt(0.00085) to sqrt(0.012), squared: that of Stable Diffusion. */
    SCALED_LINEAR;

    /** Largest beta that any curve may have: the last step of the cosine would otherwise keep nothing at all. */
    static final double LARGEST = 0.999;

    /**
     * Betas in double precision. The constants hold for 1000 steps; with another number they grow or shrink so that
     * about as much noise is added in all (as in Nichol and Dhariwal's code).
     */
    double[] betas(final int steps) {
        final double[] betas = new double[steps];
        final double scale = 1000.0 / steps;
        for (int i = 0; i < steps; i++) {
            final double at = steps == 1 ? 0 : (double) i / (steps - 1);
            betas[i] = Math.min(LARGEST, beta(at, i, steps, scale));
        }
        return betas;
    }

    private double beta(final double at, final int i, final int steps, final double scale) {
        return switch (this) {
            case LINEAR -> scale * between(1e-4, 0.02, at);
            case QUADRATIC -> scale * square(between(Math.sqrt(1e-4), Math.sqrt(0.02), at));
            case SCALED_LINEAR -> scale * square(between(Math.sqrt(0.00085), Math.sqrt(0.012), at));
            case SIGMOID -> scale * between(1e-4, 0.02, 1 / (1 + Math.exp(6 - 12 * at)));
            case COSINE -> 1 - cosine((i + 1.0) / steps) / cosine((double) i / steps);
        };
    }

    private static double cosine(final double at) {
        return square(Math.cos((at + 0.008) / 1.008 * Math.PI / 2));
    }

    private static double between(final double from, final double to, final double at) {
        return from + (to - from) * at;
    }

    private static double square(final double value) {
        return value * value;
    }
}
