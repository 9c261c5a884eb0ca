package org.selfdiff.imaging.stain;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.selfdiff.run.RunFailed;

/**
 * A fit as one line: the method, the glass, and either hematoxylin, eosin and their amounts or mean and deviation, such
 * as {@code macenko;240,240,240;0.5626,0.7201,0.4062;0.2159,0.8012,0.5581;1.9705,1.0308}.
 */
final class FitText {
    static final int LONGEST = 200;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,6})?");

    private FitText() {}

    static String write(final StainFit fit) {
        final StringJoiner parts = new StringJoiner(";");
        parts.add(fit.method().name().toLowerCase(Locale.ROOT));
        for (final double[] numbers : numbers(fit)) {
            final StringJoiner list = new StringJoiner(",");
            for (final double number : numbers) {
                list.add(Digits.text(number));
            }
            parts.add(list.toString());
        }
        return parts.toString();
    }

    /** The numbers in the order of the text. */
    static double[][] numbers(final StainFit fit) {
        if (fit instanceof StainVectors v) {
            return new double[][] {v.white(), v.hematoxylin(), v.eosin(), v.most()};
        }
        final ColourStatistics s = (ColourStatistics) fit;
        return new double[][] {s.white(), s.mean(), s.deviation()};
    }

    /** The inverse of {@link #numbers}. */
    static StainFit fit(final StainMethod method, final double[][] n) {
        if (n.length != (method == StainMethod.REINHARD ? 3 : 4)) {
            throw new IllegalArgumentException("a list of numbers is missing or too many");
        }
        return method == StainMethod.REINHARD
                ? new ColourStatistics(n[0], n[1], n[2])
                : new StainVectors(method, n[0], n[1], n[2], n[3]);
    }

    static StainFit read(final String text, final String where) throws RunFailed {
        try {
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException(text.length() + " characters");
            }
            final String[] parts = text.split(";", -1);
            final double[][] numbers = new double[parts.length - 1][];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = list(parts[i + 1]);
            }
            return fit(method(parts[0]), numbers);
        } catch (final IllegalArgumentException e) {
            throw new RunFailed(
                    "This is no description of stains: " + shorten(text) + " (" + shorten(e.getMessage()) + ")",
                    where,
                    "Use the text as it was written, or fit the stains again.",
                    e);
        }
    }

    /** By its name in small letters. */
    static StainMethod method(final String name) {
        for (final StainMethod method : StainMethod.values()) {
            if (method.name().toLowerCase(Locale.ROOT).equals(name)) {
                return method;
            }
        }
        throw new IllegalArgumentException("unknown method " + shorten(name));
    }

    private static double[] list(final String text) {
        final String[] numbers = text.split(",", -1);
        final double[] out = new double[numbers.length];
        for (int i = 0; i < out.length; i++) {
            if (!NUMBER.matcher(numbers[i]).matches()) {
                throw new IllegalArgumentException("no number: " + shorten(numbers[i]));
            }
            out[i] = Double.parseDouble(numbers[i]);
        }
        return out;
    }

    static String shorten(final String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
