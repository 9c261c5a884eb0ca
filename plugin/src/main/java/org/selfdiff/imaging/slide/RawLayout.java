package org.selfdiff.imaging.slide;

/**
 * Where the pixels of a picture lie in a raw file: bands of rows, in each band tiles from the left, in each tile rows
 * of 3 bytes a pixel. Nothing is padded, so that the file has exactly {@code 3 * width * height} bytes.
 *
 * @param width of the picture, at least 1
 * @param height of the picture, at least 1
 * @param bandHeight rows of a band; the last one may have fewer
 */
record RawLayout(int width, int height, int bandHeight) {
    static final int TILE_WIDTH = 256;

    private static final int MAX_BAND_HEIGHT = 256;

    private static final int MAX_BAND_BYTES = 1 << 25;

    /** Bands that are as high as 32 MiB allow, at most 256 rows. */
    static RawLayout of(final int width, final int height) {
        return new RawLayout(
                width, height, (int) Math.max(1, Math.min(MAX_BAND_HEIGHT, MAX_BAND_BYTES / (3L * width))));
    }

    /** Bytes of the file. */
    long bytes() {
        return 3L * width * height;
    }

    /** How many tiles a band has. */
    int columns() {
        return (width + TILE_WIDTH - 1) / TILE_WIDTH;
    }

    /** Rows of a band. */
    int rows(final int band) {
        return Math.min(bandHeight, height - band * bandHeight);
    }

    /** Columns of a tile. */
    int columns(final int tile) {
        return Math.min(TILE_WIDTH, width - tile * TILE_WIDTH);
    }

    /** First byte of a band in the file. */
    long start(final int band) {
        return 3L * width * band * bandHeight;
    }

    /** First byte of a row of a tile, counted from the start of the band. */
    int offset(final int band, final int tile, final int row) {
        return 3 * (tile * TILE_WIDTH * rows(band) + row * columns(tile));
    }
}
