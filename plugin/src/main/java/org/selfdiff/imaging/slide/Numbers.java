package org.selfdiff.imaging.slide;

/** Numbers in the texts that scanners write. */
final class Numbers {
    private static final int LONGEST = 64;

    private static final long MILLION = 1_000_000;

    private Numbers() {}

    /**
     * A number above 0. A decimal comma is read as well, because some scanners write numbers as their locale does.
     *
     * @param text may be {@code null}
     * @return {@code NaN} if the text is no finite number above 0
     */
    static double positive(final String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            return Double.NaN;
        }
        final String plain = text.strip();
        final boolean comma = plain.indexOf(',') >= 0 && plain.indexOf('.') < 0;
        try {
            final double value = Double.parseDouble(comma ? plain.replace(',', '.') : plain);
            return value > 0 && value < Double.POSITIVE_INFINITY ? value : Double.NaN;
        } catch (final NumberFormatException e) {
            return Double.NaN;
        }
    }

    /**
     * A whole number of 0 to a million; what is more counts as a million, so that products of a few do not overflow.
     *
     * @param text may be {@code null}
     * @param otherwise what holds if the text is none
     */
    static int whole(final String text, final int otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return (int) Math.max(0, Math.min(MILLION, Long.parseLong(text.strip())));
        } catch (final NumberFormatException e) {
            return otherwise;
        }
    }
}
