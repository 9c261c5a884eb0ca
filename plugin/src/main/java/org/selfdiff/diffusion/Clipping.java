package org.selfdiff.diffusion;

/** How the clean picture that a step sees is kept in the value range. */
public sealed interface Clipping {

    /** Not at all, as for latents. */
    record None() implements Clipping {}

    /**
     * Cut to {@code [-limit, limit]} ({@code clip_sample}, {@code clip_sample_range}).
     *
     * @param limit above 0
     */
    record Range(double limit) implements Clipping {
        /** Checks the limit. */
        public Range {
            if (!(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the limit must be above 0, not " + limit);
            }
        }
    }

    /**
     * Dynamic thresholding (Saharia et al., arXiv 2205.11487; {@code thresholding}): cut to the picture's own quantile
     * s of absolute values where that is above 1, and divided by it.
     *
     * @param ratio the quantile, 0 to 1 ({@code dynamic_thresholding_ratio}, usually 0.995)
     * @param largest s is no larger ({@code sample_max_value}, at least 1)
     */
    record Dynamic(double ratio, double largest) implements Clipping {
        /** Checks the numbers. */
        public Dynamic {
            if (!(ratio >= 0 && ratio <= 1 && largest >= 1 && largest < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("ratio 0 to 1 and largest from 1 on, not " + ratio + ", " + largest);
            }
        }
    }
}
