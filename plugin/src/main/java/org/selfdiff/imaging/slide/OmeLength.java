package org.selfdiff.imaging.slide;

import java.util.Map;

/** Lengths of the OME data model, whose unit is the micrometre when none is given. */
final class OmeLength {
    private static final Map<String, Double> MICROMETRES = Map.of(
            "m", 1e6, "dm", 1e5, "cm", 1e4, "mm", 1e3, "nm", 1e-3, "pm", 1e-6, "\u00c5", 1e-4, "in", 25400.0, "um",
            1.0);

    private OmeLength() {}

    /**
     * A length in micrometres.
     *
     * @param value may be {@code null}
     * @param unit symbol, may be {@code null}; a micro sign that lost its encoding is recognised
     * @return {@code NaN} if there is no value above 0 or if the unit is no length, such as {@code pixel}
     */
    static double micrometres(final String value, final String unit) {
        final double number = Numbers.positive(value);
        if (unit == null || unit.isBlank()) {
            return number;
        }
        final String symbol = unit.strip();
        final Double factor = MICROMETRES.get(symbol);
        if (factor != null) {
            return number * factor;
        }
        // U+00B5 and U+03BC are both in use; U+FFFD is what is left of either where the bytes were not UTF-8
        return symbol.matches("(\u00b5|\u03bc|\ufffd|\u00c2\u00b5|&#181;)+m") ? number : Double.NaN;
    }
}
