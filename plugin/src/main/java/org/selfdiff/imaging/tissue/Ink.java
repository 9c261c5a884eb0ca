package org.selfdiff.imaging.tissue;

/**
 * Colours that stained tissue does not have. Every rule works on a pixel after the glass was made white, 0 to 255, and
 * says no more than "could be ink": marks are the large connected areas of it.
 */
final class Ink {
    static final byte NONE = 0;

    /** Green or blue ink. */
    static final byte COLOURED = 1;

    /** Black or dark grey without colour: black ink, or what lies outside of the glass. */
    static final byte BLACK = 2;

    /** Red ink. */
    static final byte RED = 3;

    /** Below this range of the channels no colour is looked for. */
    static final int LEAST_RANGE = 25;

    /** Dark at most. */
    static final int DARK = 90;

    /** A density of 1.7 and more in every channel. */
    private static final int DEEP = 47;

    /** So dark that a colour is noise. */
    private static final int NIGHT = 20;

    /** Red and dark blue ink are sure from this density of green on, in thousandths. */
    private static final int DENSE = 900;

    /** Optical densities in thousandths, natural logarithm, by value of a channel. */
    private static final int[] DENSITY = new int[256];

    static {
        for (int v = 0; v < DENSITY.length; v++) {
            DENSITY[v] = (int) Math.round(1000 * Math.log(255 / Math.max(0.5, v)));
        }
    }

    private Ink() {}

    /**
     * Judges a colour.
     *
     * @param max largest of the channels
     * @param min smallest of the channels
     * @param saturation HSV, 0 to 255
     */
    static byte of(final int r, final int g, final int b, final int max, final int min, final int saturation) {
        if (max <= NIGHT || max <= DARK && saturation <= 64) {
            // hematoxylin and DAB keep a saturation of a third and more when they are as dark as that
            return BLACK;
        }
        if (max <= DEEP && 4 * b >= 3 * r && 5 * min >= 2 * max) {
            // black ink over tissue, which shows through: no stain is so dense in red and in blue alike
            return BLACK;
        }
        final int range = max - min;
        if (saturation > 50 && (isGreen(r, g, b, range) || isBlue(r, g, b, range, saturation)) || isDeepBlue(r, g, b)) {
            return COLOURED;
        }
        return isRed(r, g, b) ? RED : NONE;
    }

    /** Hue 75 to 200 degrees: neither hematoxylin (220 to 280), eosin (320 to 358) nor DAB (15 to 40) comes near. */
    private static boolean isGreen(final int r, final int g, final int b, final int range) {
        if (g >= b) {
            return g > r && 4 * (b - r) > -3 * range;
        }
        return b >= r && r <= g && 3 * (g - r) > 2 * range;
    }

    /**
     * Hue 200 to 240 degrees and far more saturated than hematoxylin is on an overview: from 215 degrees on, which is
     * the blue of a counterstain in immunohistochemistry, only at a saturation of 0.6, and from 231 on of 0.85.
     */
    private static boolean isBlue(final int r, final int g, final int b, final int range, final int saturation) {
        if (b < g || g < r) {
            return false;
        }
        if (20 * (g - r) <= 3 * range) {
            return saturation >= 217;
        }
        return saturation >= 153 || 12 * (g - r) > 5 * range && saturation >= 90;
    }

    /**
     * Dark blue ink over tissue: a density of red of 1.1 to 1.6 times that of green, measured on marked slides, against
     * 0.5 to 0.75 in hematoxylin and up to 1.1 where that is dense in immunohistochemistry.
     */
    private static boolean isDeepBlue(final int r, final int g, final int b) {
        final int green = DENSITY[g];
        return green >= DENSE && 10 * DENSITY[r] >= 12 * green && 100 * DENSITY[b] <= 45 * green;
    }

    /**
     * Red ink lets red through and dims green and blue nearly alike: densities of red and blue are 0.06 to 0.16 and 0.66
     * to 0.9 of that of green, measured on marked slides. Tissue that is stained strongly red has 0.19 and 0.73; pale
     * eosin can have 0.11 and 0.64; other tissue is farther off.
     */
    private static boolean isRed(final int r, final int g, final int b) {
        final int red = DENSITY[r];
        final int green = DENSITY[g];
        final int blue = DENSITY[b];
        return green >= DENSE
                && 100 * red <= 13 * green
                && 100 * blue >= 66 * green
                && 100 * (blue - red) >= 57 * green
                && 100 * blue <= 125 * green;
    }
}
