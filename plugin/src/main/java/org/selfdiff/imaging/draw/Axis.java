package org.selfdiff.imaging.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a chart: which values it spans, where its ticks are and what they say.
 *
 * @param low value at its beginning
 * @param high value at its end, greater than {@code low}
 * @param logarithmic whether equal distances are equal ratios; {@code low} is positive then
 * @param ticks values with a label, ascending
 * @param minor values with a small tick
 */
record Axis(double low, double high, boolean logarithmic, List<Double> ticks, List<Double> minor) {
    private static final int WANTED = 5;

    /** An axis for some values; those that it cannot show (not finite, or not positive if logarithmic) do not count. */
    static Axis of(final double[] values, final boolean logarithmic) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (final double v : values) {
            if (Double.isFinite(v) && (!logarithmic || v > 0)) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        if (low > high) {
            low = logarithmic ? 0.1 : 0;
            high = 1;
        }
        return logarithmic ? logarithmic(low, high) : linear(low, high);
    }

    private static Axis linear(final double lowest, final double highest) {
        final double high = highest > lowest ? highest : lowest + Math.max(1e-9, Math.abs(lowest) * 0.1);
        final double step = step((high - lowest) / WANTED);
        final double margin = 0.02 * (high - lowest);
        final double from = lowest >= 0 && lowest < 0.3 * high ? 0 : lowest - margin;
        final double to = high + margin;
        final List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to; i++) {
            ticks.add(i * step);
        }
        return new Axis(from, to, false, ticks, List.of());
    }

    /** The smallest of 1, 2 and 5 times a power of ten that is not less. */
    static double step(final double least) {
        final double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (final int digit : new int[] {1, 2, 5}) {
            if (digit * power >= least * (1 - 1e-9)) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    private static Axis logarithmic(final double lowest, final double highest) {
        final double from = lowest / 1.15;
        final double to = highest * 1.15;
        final List<Double> ticks = new ArrayList<>();
        final List<Double> minor = new ArrayList<>();
        final int first = (int) Math.floor(Math.log10(from));
        final int last = (int) Math.ceil(Math.log10(to));
        final int every = Math.max(1, (last - first) / 6);
        final boolean few = last - first <= 3; // few decades: 2 and 5 get labels too
        for (int e = first; e <= last; e++) {
            for (int digit = 1; digit <= 9; digit++) {
                final double v = digit * Math.pow(10, e);
                if (v >= from && v <= to) {
                    final boolean label = digit == 1 ? (e - first) % every == 0 : few && (digit == 2 || digit == 5);
                    (label ? ticks : minor).add(v);
                }
            }
        }
        return new Axis(from, to, true, ticks, minor);
    }

    /** Where a value lies, 0 at the beginning and 1 at the end; {@code NaN} if it cannot be shown. */
    double position(final double value) {
        if (!logarithmic) {
            return (value - low) / (high - low);
        }
        return value > 0 ? Math.log(value / low) / Math.log(high / low) : Double.NaN;
    }

    /** What a tick says: no more digits than tell it from its neighbours. */
    String label(final double tick) {
        final double size = Math.abs(tick);
        if (tick == 0) {
            return "0";
        } else if (size >= 1e5 || size < 1e-3) {
            return String.format(Locale.ROOT, "%.1e", tick).replace(".0e", "e").replaceAll("e\\+0?|e(-)0?", "e$1");
        }
        final double apart = logarithmic || ticks.size() < 2 ? size : ticks.get(1) - ticks.get(0);
        final int digits = (int) Math.max(0, Math.ceil(-Math.log10(apart) - 1e-9));
        return String.format(Locale.ROOT, "%." + digits + "f", tick);
    }
}
