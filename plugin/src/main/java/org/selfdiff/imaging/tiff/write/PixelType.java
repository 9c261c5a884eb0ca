package org.selfdiff.imaging.tiff.write;

/**
 * What a pixel is made of. Samples are interleaved; those of 16 bits have their high byte first wherever pixels are
 * handed over, whatever the order of the file.
 */
public enum PixelType {
    /** Red, green, blue. */
    RGB8(3, 8),
    /** Red, green, blue of 16 bits. */
    RGB16(3, 16),
    /** One grey value, or a label of 0 to 255. */
    GREY8(1, 8),
    /** One grey value, or a label of 0 to 65,535. */
    GREY16(1, 16);

    private final int bands;

    private final int bits;

    PixelType(final int bands, final int bits) {
        this.bands = bands;
        this.bits = bits;
    }

    /** Samples of a pixel: 1 or 3. */
    public int bands() {
        return bands;
    }

    /** Bits of a sample: 8 or 16. */
    public int bits() {
        return bits;
    }

    /** Bytes of a pixel. */
    public int bytes() {
        return bands * bits / 8;
    }
}
