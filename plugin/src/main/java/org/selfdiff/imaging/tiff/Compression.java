package org.selfdiff.imaging.tiff;

import java.util.List;

/** Values of the tag Compression (259). */
public final class Compression {
    public static final int NONE = 1;

    public static final int LZW = 5;

    public static final int OLD_JPEG = 6;

    public static final int JPEG = 7;

    public static final int DEFLATE = 8;

    public static final int PACK_BITS = 32773;

    public static final int OLD_DEFLATE = 32946;

    /** JPEG 2000 whose components are YCbCr, by Aperio. */
    public static final int APERIO_YCBCR = 33003;

    /** JPEG 2000 whose components are RGB, by Aperio. */
    public static final int APERIO_RGB = 33005;

    /** JPEG 2000 in the colours of the directory. */
    public static final int JPEG_2000 = 34712;

    /** The three kinds of CCITT fax: modified Huffman, T.4, T.6. */
    static final List<Integer> FAX = List.of(2, 3, 4);

    private Compression() {}

    /** Number and name for messages. */
    static String name(final long compression) {
        final String name =
                switch ((int) Math.min(compression, Integer.MAX_VALUE)) {
                    case NONE -> "none";
                    case 2 -> "CCITT modified Huffman";
                    case 3 -> "CCITT T.4";
                    case 4 -> "CCITT T.6";
                    case LZW -> "LZW";
                    case OLD_JPEG -> "JPEG of TIFF 6.0, which was withdrawn";
                    case JPEG -> "JPEG";
                    case DEFLATE, OLD_DEFLATE -> "deflate";
                    case PACK_BITS -> "PackBits";
                    case APERIO_YCBCR, APERIO_RGB, JPEG_2000 -> "JPEG 2000";
                    case 22610, 34892, 50002 -> "JPEG XR or XL";
                    case 50000 -> "Zstandard";
                    case 50001 -> "WebP";
                    default -> "";
                };
        return name.isEmpty() ? Long.toString(compression) : compression + " (" + name + ")";
    }
}
