package org.selfdiff.imaging.tiff.write;

/** How a block is compressed, and the number of tag 259 for it. */
public enum Compression {
    /** Not at all. */
    NONE(1),
    /** Lempel, Ziv and Welch (TIFF 6.0, section 13). */
    LZW(5),
    /** JPEG (TIFF Technical Note 2): lossy, 8 bits only. */
    JPEG(7),
    /** Deflate in the form of zlib (TIFF Technical Note 3 on Adobe Photoshop tags). */
    DEFLATE(8),
    /** Runs of bytes (TIFF 6.0, section 9). */
    PACKBITS(32773);

    private final int code;

    Compression(final int code) {
        this.code = code;
    }

    /** The value of tag 259. */
    public int code() {
        return code;
    }
}
