package org.selfdiff.imaging.slide;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The ImageDescription of an Aperio SVS file: free lines about the size, then {@code key = value} parts between vertical
 * lines, for instance {@code Aperio Image Library v11.2.1 ...|AppMag = 20|MPP = 0.4990}. Where a key comes twice, the
 * last one counts, because a cropped slide appends the description of its source.
 *
 * @param values by key, in the order of the text
 */
record AperioText(Map<String, String> values) {
    private static final String MARK = "Aperio";

    /** Whether a description is one of Aperio's. */
    static boolean isAperio(final String description) {
        return description.stripLeading().startsWith(MARK);
    }

    /** Reads the parts; a part without an equals sign is passed over. */
    static AperioText parse(final String description) {
        final Map<String, String> values = new LinkedHashMap<>();
        final String[] parts = description.split("\\|", -1);
        for (int i = 1; i < parts.length; i++) {
            final int equals = parts[i].indexOf('=');
            if (equals > 0) {
                values.put(
                        parts[i].substring(0, equals).strip(),
                        parts[i].substring(equals + 1).strip());
            }
        }
        return new AperioText(values);
    }

    /** Micrometres of a pixel of level 0, {@code NaN} if the text does not say. */
    double mpp() {
        return positive("MPP");
    }

    /** Magnification of the objective, {@code NaN} if the text does not say. */
    double magnification() {
        return positive("AppMag");
    }

    private double positive(final String key) {
        return Numbers.positive(values.get(key));
    }

    /** Whether a directory's description says that it is the picture of the label or of the whole glass. */
    static boolean isAssociated(final String description) {
        final String[] lines = description.split("\\R", 3);
        final String second = lines.length > 1 ? lines[1].strip().toLowerCase(Locale.ROOT) : "";
        return second.startsWith("label ") || second.startsWith("macro ");
    }
}
