package org.selfdiff.imaging.draw;

/**
 * Colours of numbers from 0 to 1 that the colour-blind can read: each grows steadily in lightness, so that it stays a scale
 * in grey, too.
 */
public enum ColourMap {
    /** From violet over green to yellow (van der Walt and Smith 2015). */
    VIRIDIS(0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725),
    /** From blue over grey to yellow, near to the same for all kinds of colour vision (Nunez et al. 2018). */
    CIVIDIS(0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55, 0xfee838),
    /** From black over red to pale yellow (van der Walt and Smith 2015). */
    INFERNO(0x000004, 0x1b0c41, 0x4a0c6b, 0x781c6d, 0xa52c60, 0xcf4446, 0xed6925, 0xfb9b06, 0xf7d13d, 0xfcffa4);

    private final int[] stops;

    ColourMap(final int... stops) {
        this.stops = stops;
    }

    /** The colour of a number, {@code 0xRRGGBB}; below 0 and above 1 it is that of the end. */
    public int at(final double value) {
        final double place = Math.max(0, Math.min(1, value)) * (stops.length - 1);
        final int low = Math.min(stops.length - 2, (int) place);
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            final int from = stops[low] >> shift & 0xff;
            final int to = stops[low + 1] >> shift & 0xff;
            colour |= (int) Math.round(from + (place - low) * (to - from)) << shift;
        }
        return colour;
    }
}
