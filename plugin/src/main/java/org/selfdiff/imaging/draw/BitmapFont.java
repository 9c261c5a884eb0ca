package org.selfdiff.imaging.draw;

/**
 * A small font of our own for charts, because servers have no fonts: printable ASCII in a cell of 5 x 9 dots, 7 above
 * the base line and 2 below. The dots are joined by round strokes, so that the letters are smooth at every size.
 */
final class BitmapFont {
    /** Dots from the top of a capital to the lowest tail. */
    static final int HEIGHT = 9;

    /** Dots from the top of a capital to the base line. */
    static final int ASCENT = 7;

    private static final int COLUMNS = 5;

    /** One glyph a word, from the blank to the tilde; two hexadecimal digits a row, the highest of five bits left. */
    private static final String[] GLYPHS =
            """
            000000000000000000 040404040000040000 0A0A0A000000000000 0A0A1F0A1F0A0A0000 040F140E051E040000
            181902040813030000 0C12140815120D0000 040400000000000000 020408080804020000 080402020204080000
            0004150E1504000000 0004041F0404000000 000000000000040408 0000000E0000000000 000000000000040000
            010102040810100000 0E11111111110E0000 040C040404040E0000 0E11010204081F0000 0E11010601110E0000
            02060A121F02020000 1F101E0101110E0000 0608101E11110E0000 1F0102040808080000 0E11110E11110E0000
            0E11110F01020C0000 000004000000040000 000004000000040408 020408100804020000 00001F001F00000000
            080402010204080000 0E1101020400040000 0E11171517100E0000 0E11111F1111110000 1E11111E11111E0000
            0E11101010110E0000 1E11111111111E0000 1F10101E10101F0000 1F10101E1010100000 0E11101711110F0000
            1111111F1111110000 0E04040404040E0000 0702020202120C0000 111214181412110000 1010101010101F0000
            111B15151111110000 111119151311110000 0E11111111110E0000 1E11111E1010100000 0E11111115120D0000
            1E11111E1412110000 0F10100E01011E0000 1F0404040404040000 1111111111110E0000 11111111110A040000
            1111111515150A0000 11110A040A11110000 1111110A0404040000 1F01020408101F0000 0E08080808080E0000
            101008040201010000 0E02020202020E0000 040A11000000000000 000000000000001F00 080402000000000000
            00000E010F110F0000 1010161911111E0000 00000E1110110E0000 01010D1311110F0000 00000E111F100E0000
            0609081C0808080000 00000F1111110F010E 101016191111110000 04000C0404040E0000 02000602020202120C
            101012141814120000 0C04040404040E0000 00001A151515150000 000016191111110000 00000E1111110E0000
            00001E1111111E1010 00000F1111110F0101 000016191010100000 00000F100E011E0000 08081C080809060000
            0000111111130D0000 00001111110A040000 0000111115150A0000 0000110A040A110000 0000111111110F010E
            00001F0204081F0000 020404080404020000 040404040404040000 080404020404080000 000008150200000000
            """
                    .strip()
                    .split("\\s+");

    private BitmapFont() {}

    private static boolean dot(final String glyph, final int x, final int y) {
        return x >= 0
                && x < COLUMNS
                && y >= 0
                && y < HEIGHT
                && (Integer.parseInt(glyph, 2 * y, 2 * y + 2, 16) >> COLUMNS - 1 - x & 1) != 0;
    }

    private static String glyph(final char c) {
        return GLYPHS[c >= ' ' && c <= '~' ? c - ' ' : '?' - ' '];
    }

    private static int first(final String glyph) {
        for (int x = 0; x < COLUMNS; x++) {
            for (int y = 0; y < HEIGHT; y++) {
                if (dot(glyph, x, y)) {
                    return x;
                }
            }
        }
        return 0;
    }

    /** Dots that a character takes, the gap after it included; digits are all as wide. */
    private static int advance(final char c) {
        if (c == ' ') {
            return 4;
        } else if (c >= '0' && c <= '9') {
            return COLUMNS + 1;
        }
        final String glyph = glyph(c);
        for (int x = COLUMNS - 1; x >= 0; x--) {
            for (int y = 0; y < HEIGHT; y++) {
                if (dot(glyph, x, y)) {
                    return x - first(glyph) + 2;
                }
            }
        }
        throw new IllegalStateException("a glyph without dots");
    }

    /** Width of a text in pixels. */
    static double width(final String text, final double size) {
        return Math.max(0, text.chars().map(c -> advance((char) c)).sum() - 1) * size;
    }

    /** Takes strokes. */
    interface Pen {
        /** A round stroke from one point to another, in pixels right of and below the upper left of the text. */
        void stroke(double x0, double y0, double x1, double y1);
    }

    /**
     * Writes a text.
     *
     * @param size pixels between dots
     */
    static void write(final String text, final double size, final Pen pen) {
        int left = 0;
        for (final char c : text.toCharArray()) {
            final String glyph = glyph(c);
            final int shift = left - (c >= '0' && c <= '9' ? 0 : first(glyph));
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < COLUMNS; x++) {
                    if (dot(glyph, x, y)) {
                        join(glyph, x, y, shift, size, pen);
                    }
                }
            }
            left += advance(c);
        }
    }

    /** Joins a dot to its right, lower and diagonal neighbours; a diagonal only where no corner leads there anyway. */
    private static void join(
            final String glyph, final int x, final int y, final int shift, final double size, final Pen pen) {
        final double cx = (shift + x + 0.5) * size;
        final double cy = (y + 0.5) * size;
        pen.stroke(cx, cy, cx, cy);
        final boolean right = dot(glyph, x + 1, y);
        final boolean down = dot(glyph, x, y + 1);
        if (right) {
            pen.stroke(cx, cy, cx + size, cy);
        }
        if (down) {
            pen.stroke(cx, cy, cx, cy + size);
        }
        if (!right && !down && dot(glyph, x + 1, y + 1)) {
            pen.stroke(cx, cy, cx + size, cy + size);
        }
        if (!dot(glyph, x - 1, y) && !down && dot(glyph, x - 1, y + 1)) {
            pen.stroke(cx, cy, cx - size, cy + size);
        }
    }
}
