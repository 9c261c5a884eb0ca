package org.selfdiff.diffusion;

/**
 * What the network learns to predict: {@code p x_0 + q eps}, with p and q given by the signal's amplitude
 * {@code a = sqrt(abar)} and the noise's {@code b = sqrt(1 - abar)}.
 */
public enum Objective {
    /** The noise (Ho et al., arXiv 2006.11239). */
    EPSILON {
        @Override
        public double cleanShare(final double a, final double b) {
            return 0;
        }

        @Override
        public double noiseShare(final double a, final double b) {
            return 1;
        }
    },

    /** The clean picture. */
    X0 {
        @Override
        public double cleanShare(final double a, final double b) {
            return 1;
        }

        @Override
        public double noiseShare(final double a, final double b) {
            return 0;
        }
    },

    /** The velocity {@code a eps - b x_0} (Salimans and Ho, arXiv 2202.00512). */
    V {
        @Override
        public double cleanShare(final double a, final double b) {
            return -b;
        }

        @Override
        public double noiseShare(final double a, final double b) {
            return a;
        }
    };

    /** p, the factor of the clean picture in the target. */
    public abstract double cleanShare(double a, double b);

    /** q, the factor of the noise in the target. */
    public abstract double noiseShare(double a, double b);

    /**
     * The clean picture that a prediction means.
     *
     * @return factors c and d of {@code x_0 = c x_t + d prediction}
     */
    public double[] toClean(final double a, final double b) {
        final double determinant = a * noiseShare(a, b) - b * cleanShare(a, b);
        return new double[] {noiseShare(a, b) / determinant, -b / determinant};
    }

    /**
     * The noise that a prediction means.
     *
     * @return factors c and d of {@code eps = c x_t + d prediction}
     */
    public double[] toNoise(final double a, final double b) {
        final double determinant = a * noiseShare(a, b) - b * cleanShare(a, b);
        return new double[] {-cleanShare(a, b) / determinant, a / determinant};
    }

    /** Squared error of this prediction for a squared error of 1 of the noise, at a signal-to-noise ratio. */
    double errorPerNoiseError(final double signalToNoise) {
        return switch (this) {
            case EPSILON -> 1;
            case X0 -> 1 / signalToNoise;
            case V -> (1 + signalToNoise) / signalToNoise;
        };
    }

    /** Squared error of this prediction for a squared error of 1 of the clean picture, at a signal-to-noise ratio. */
    double errorPerCleanError(final double signalToNoise) {
        return switch (this) {
            case EPSILON -> signalToNoise;
            case X0 -> 1;
            case V -> 1 + signalToNoise;
        };
    }
}
