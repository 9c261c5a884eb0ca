package org.selfdiff.metrics.statistics;

/** How close predicted numbers are to true ones. */
public enum Closeness {
    /** Coefficient of determination, 1 - sum of squared errors / sum of squares about the true mean; at most 1. */
    R2("R2") {
        @Override
        public double of(final double[] truth, final double[] predicted) {
            double mean = 0;
            for (final double value : truth) {
                mean += value / truth.length;
            }
            double errors = 0;
            double all = 0;
            for (int i = 0; i < truth.length; i++) {
                errors += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
                all += (truth[i] - mean) * (truth[i] - mean);
            }
            return all > 0 ? 1 - errors / all : Double.NaN;
        }
    },
    /** Mean absolute error, in the unit of the numbers. */
    MEAN_ABSOLUTE_ERROR("mean absolute error") {
        @Override
        public double of(final double[] truth, final double[] predicted) {
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                sum += Math.abs(truth[i] - predicted[i]);
            }
            return sum / truth.length;
        }
    },
    /** Root of the mean squared error, in the unit of the numbers. */
    ROOT_MEAN_SQUARED_ERROR("root mean squared error") {
        @Override
        public double of(final double[] truth, final double[] predicted) {
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                sum += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
            }
            return Math.sqrt(sum / truth.length);
        }
    },
    /** Pearson's r; not a number where either side is constant. */
    PEARSON("Pearson's r") {
        @Override
        public double of(final double[] truth, final double[] predicted) {
            return Correlation.pearson(truth, predicted).statistic();
        }
    },
    /** Spearman's rho. */
    SPEARMAN("Spearman's rho") {
        @Override
        public double of(final double[] truth, final double[] predicted) {
            return Correlation.spearman(truth, predicted).statistic();
        }
    };

    private final String title;

    Closeness(final String title) {
        this.title = title;
    }

    /** Name in tables. */
    public String title() {
        return title;
    }

    /**
     * Of some cases.
     *
     * @param truth at least one number
     * @param predicted as many
     * @return not a number where it is undefined
     */
    public abstract double of(double[] truth, double[] predicted);
}
