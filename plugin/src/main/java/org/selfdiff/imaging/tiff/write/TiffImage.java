package org.selfdiff.imaging.tiff.write;

/**
 * One image of a TIFF file: its size, its pixels and how they are cut into blocks and compressed.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param pixel what a pixel is
 * @param tileWidth width of a tile, a multiple of 16; 0 for strips, which are as wide as the image
 * @param blockHeight height of a tile, a multiple of 16, or rows of a strip
 * @param compression of every block
 * @param predictor whether neighbours are subtracted first (TIFF 6.0, section 14); for LZW and deflate only
 * @param jpeg how JPEG blocks are coded; does not matter for the others
 */
public record TiffImage(
        int width,
        int height,
        PixelType pixel,
        int tileWidth,
        int blockHeight,
        BlockCompression compression,
        boolean predictor,
        JpegCoding jpeg) {
    private static final int TILE_STEP = 16;

    private static final int QUALITY = 85;

    /** Checks that the parts fit each other. */
    public TiffImage {
        if (width < 1 || height < 1 || blockHeight < 1 || tileWidth < 0) {
            throw new IllegalArgumentException(width + " x " + height + " in " + tileWidth + " x " + blockHeight);
        }
        if (tileWidth % TILE_STEP != 0 || tileWidth > 0 && blockHeight % TILE_STEP != 0) {
            throw new IllegalArgumentException("tiles of " + tileWidth + " x " + blockHeight);
        }
        if (compression == BlockCompression.JPEG && pixel.bits() != 8) {
            throw new IllegalArgumentException("JPEG of " + pixel);
        }
        if (predictor && compression != BlockCompression.LZW && compression != BlockCompression.DEFLATE) {
            throw new IllegalArgumentException("a predictor with " + compression);
        }
        if ((long) (tileWidth == 0 ? width : tileWidth) * blockHeight > Integer.MAX_VALUE / pixel.bytes()) {
            throw new ArithmeticException("blocks of " + tileWidth + " x " + blockHeight + " pixels");
        }
    }

    /** Tiles of the same width and height. */
    public static TiffImage tiled(
            final int width,
            final int height,
            final PixelType pixel,
            final int side,
            final BlockCompression compression) {
        return new TiffImage(width, height, pixel, side, side, compression, false, JpegCoding.quality(QUALITY));
    }

    /** Strips over the whole width. */
    public static TiffImage stripped(
            final int width,
            final int height,
            final PixelType pixel,
            final int rows,
            final BlockCompression compression) {
        return new TiffImage(width, height, pixel, 0, rows, compression, false, JpegCoding.quality(QUALITY));
    }

    /** The same with neighbours subtracted first. */
    public TiffImage withPredictor() {
        return new TiffImage(width, height, pixel, tileWidth, blockHeight, compression, true, jpeg);
    }

    /** The same with another coding of its JPEG blocks. */
    public TiffImage withJpeg(final JpegCoding coding) {
        return new TiffImage(width, height, pixel, tileWidth, blockHeight, compression, predictor, coding);
    }

    /** The same in another size. */
    public TiffImage sized(final int w, final int h) {
        return new TiffImage(w, h, pixel, tileWidth, blockHeight, compression, predictor, jpeg);
    }

    /** Whether the blocks are tiles. */
    public boolean isTiled() {
        return tileWidth > 0;
    }

    /** Width of a block in pixels. */
    public int blockWidth() {
        return tileWidth > 0 ? tileWidth : width;
    }

    /** Blocks in a row. */
    public int columns() {
        return (int) (((long) width + blockWidth() - 1) / blockWidth());
    }

    /** Rows of blocks. */
    public int rows() {
        return (int) (((long) height + blockHeight - 1) / blockHeight);
    }

    /** Whether the samples of a pixel are coded as luminance and two colours. */
    boolean isYCbCr() {
        return compression == BlockCompression.JPEG && pixel.bands() == 3 && jpeg.colours() != JpegCoding.Colours.RGB;
    }
}
