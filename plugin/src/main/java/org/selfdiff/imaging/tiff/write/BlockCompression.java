package org.selfdiff.imaging.tiff.write;

import org.selfdiff.imaging.tiff.Compression;

/** The compressions that are written, and the number of tag 259 for each. */
public enum BlockCompression {
    /** Not at all. */
    NONE(Compression.NONE),
    /** Lempel, Ziv and Welch (TIFF 6.0, section 13). */
    LZW(Compression.LZW),
    /** JPEG (TIFF Technical Note 2): lossy, 8 bits only. */
    JPEG(Compression.JPEG),
    /** Deflate in the form of zlib (TIFF Technical Note 3 on Adobe Photoshop tags). */
    DEFLATE(Compression.DEFLATE),
    /** Runs of bytes (TIFF 6.0, section 9). */
    PACKBITS(Compression.PACK_BITS);

    private final int code;

    BlockCompression(final int code) {
        this.code = code;
    }

    /** The value of tag 259. */
    public int code() {
        return code;
    }
}
