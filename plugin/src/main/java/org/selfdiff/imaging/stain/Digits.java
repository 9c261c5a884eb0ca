package org.selfdiff.imaging.stain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/** Numbers of a fit: six digits behind the point, in text and in memory alike. */
final class Digits {
    /** The smallest positive number. */
    static final double LEAST = 1e-6;

    private static final int DIGITS = 6;

    private Digits() {}

    static double[] round(final double[] values) {
        final double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Double.parseDouble(text(values[i]));
        }
        return out;
    }

    /** Rounds three numbers after checking that they lie in a range, its ends included. */
    static double[] range(final double[] values, final double least, final double most, final String name) {
        boolean within = values.length == 3;
        for (final double v : values) {
            within &= v >= least && v <= most;
        }
        if (!within) {
            throw new IllegalArgumentException(
                    name + ": three numbers of " + least + " to " + most + ", not " + Arrays.toString(values));
        }
        return round(values);
    }

    /** Without an exponent and without trailing zeros. */
    static String text(final double value) {
        final BigDecimal rounded = BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
