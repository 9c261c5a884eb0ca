package org.selfdiff.fuzz.seed;

import java.util.List;

/** Numbers of the tags that seeds are made of (TIFF 6.0, appendix A), and those that decide about sizes and decoders. */
public final class Tags {
    static final int WIDTH = 256;

    static final int HEIGHT = 257;

    static final int BITS = 258;

    static final int COMPRESSION = 259;

    static final int PHOTOMETRIC = 262;

    static final int DESCRIPTION = 270;

    static final int STRIP_OFFSETS = 273;

    static final int SAMPLES = 277;

    static final int ROWS = 278;

    static final int STRIP_LENGTHS = 279;

    static final int PLANAR = 284;

    static final int PREDICTOR = 317;

    static final int COLOUR_MAP = 320;

    static final int TILE_WIDTH = 322;

    static final int TILE_HEIGHT = 323;

    static final int TILE_OFFSETS = 324;

    static final int TILE_LENGTHS = 325;

    static final int JPEG_TABLES = 347;

    static final int SUBSAMPLING = 530;

    static final int NDPI_FORMAT = 65420;

    static final int NDPI_LENS = 65421;

    private Tags() {}

    /** Tags and values for a dictionary, in both orders of bytes. */
    public static List<byte[]> words() {
        return Words.numbers(
                254, 256, 257, 258, 259, 262, 266, 270, 273, 274, 277, 278, 279, 282, 284, 292, 296, 317, 320, 322, 323,
                324, 325, 330, 332, 338, 339, 347, 512, 513, 514, 530, 531, 532, 700, 32773, 32946, 33003, 33005, 34675,
                34712, 65420, 65421, 65424, 65426);
    }
}
