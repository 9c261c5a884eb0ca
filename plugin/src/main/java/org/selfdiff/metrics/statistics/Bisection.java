package org.selfdiff.metrics.statistics;

import java.util.function.DoubleUnaryOperator;

/** The zero of a rising function, to the last digit. */
public final class Bisection {
    private static final int ENOUGH = 2000;

    private Bisection() {}

    /** Where the function changes from below zero to zero or more, between two ends. */
    public static double of(final DoubleUnaryOperator rising, final double from, final double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < ENOUGH; i++) {
            final double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (rising.applyAsDouble(middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
