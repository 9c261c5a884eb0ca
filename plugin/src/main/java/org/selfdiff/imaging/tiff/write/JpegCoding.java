package org.selfdiff.imaging.tiff.write;

/**
 * How JPEG blocks are coded.
 *
 * @param quality 1 (smallest) to 100 (nearest to the pixels), on the scale of the Independent JPEG Group
 * @param colours colour space and resolution of the colours
 * @param sharedTables whether the tables lie once in tag 347 (JPEGTables), or in every block, so that each is a whole JPEG
 */
public record JpegCoding(int quality, Colours colours, boolean sharedTables) {

    /** Colour space and resolution of the colours of a three-band block; grey blocks have no choice. */
    public enum Colours {
        /** YCbCr, one colour for four pixels: what scanners write mostly. */
        YCBCR_420,
        /** YCbCr, every pixel its colour. */
        YCBCR_444,
        /** Red, green, blue as they are, photometric interpretation 2. */
        RGB
    }

    /** Checks the range. */
    public JpegCoding {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality must be 1 to 100, not " + quality);
        }
    }

    /** YCbCr with one colour for four pixels, and shared tables. */
    public static JpegCoding quality(final int quality) {
        return new JpegCoding(quality, Colours.YCBCR_420, true);
    }
}
