package org.selfdiff.metrics.statistics;

/**
 * Corrections of p values for the number of tests. The adjusted values may be compared with the level as if there were
 * one test.
 */
public enum MultipleTesting {
    /** n p; the chance of any false finding, under any dependence. */
    BONFERRONI {
        @Override
        double adjust(final double p, final int rank, final int n) {
            return n * p;
        }

        @Override
        Direction direction() {
            return Direction.NONE;
        }
    },
    /** Holm 1979: like Bonferroni and never weaker. */
    HOLM {
        @Override
        double adjust(final double p, final int rank, final int n) {
            return (n - rank) * p;
        }

        @Override
        Direction direction() {
            return Direction.RISING;
        }
    },
    /** Holm's steps with Šidák's 1 - (1 - p)^m, for independent tests. */
    HOLM_SIDAK {
        @Override
        double adjust(final double p, final int rank, final int n) {
            return -Math.expm1((n - rank) * Math.log1p(-p));
        }

        @Override
        Direction direction() {
            return Direction.RISING;
        }
    },
    /** Hochberg 1988: stronger than Holm, for tests that do not depend on each other negatively. */
    HOCHBERG {
        @Override
        double adjust(final double p, final int rank, final int n) {
            return (n - rank) * p;
        }

        @Override
        Direction direction() {
            return Direction.FALLING;
        }
    },
    /** Benjamini and Hochberg 1995: the expected share of false findings among the findings. */
    BENJAMINI_HOCHBERG {
        @Override
        double adjust(final double p, final int rank, final int n) {
            return p * n / (rank + 1);
        }

        @Override
        Direction direction() {
            return Direction.FALLING;
        }
    },
    /** Benjamini and Yekutieli 2001: the same under any dependence. */
    BENJAMINI_YEKUTIELI {
        @Override
        double adjust(final double p, final int rank, final int n) {
            double harmonic = 0;
            for (int i = 1; i <= n; i++) {
                harmonic += 1.0 / i;
            }
            return p * n * harmonic / (rank + 1);
        }

        @Override
        Direction direction() {
            return Direction.FALLING;
        }
    };

    /** How a step carries on to the next p value. */
    enum Direction {
        NONE,
        /** No adjusted value is less than that of a smaller p. */
        RISING,
        /** No adjusted value is more than that of a greater p. */
        FALLING
    }

    abstract double adjust(double p, int rank, int n);

    abstract Direction direction();

    /** The adjusted p values, 0 to 1, in the order of the given ones. */
    public double[] adjusted(final double[] p) {
        final int n = p.length;
        final int[] order = Ranks.order(p);
        final double[] adjusted = new double[n];
        for (int rank = 0; rank < n; rank++) {
            adjusted[order[rank]] = Math.min(1, adjust(p[order[rank]], rank, n));
        }
        if (direction() == Direction.RISING) {
            for (int rank = 1; rank < n; rank++) {
                adjusted[order[rank]] = Math.max(adjusted[order[rank]], adjusted[order[rank - 1]]);
            }
        } else if (direction() == Direction.FALLING) {
            for (int rank = n - 2; rank >= 0; rank--) {
                adjusted[order[rank]] = Math.min(adjusted[order[rank]], adjusted[order[rank + 1]]);
            }
        }
        return adjusted;
    }
}
