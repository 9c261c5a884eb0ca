package org.selfdiff.imaging.tiff.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * From the samples of a block to its bytes in the file. Used by several threads at once.
 *
 * @param image what the block is a part of
 * @param order of the file
 */
record BlockEncoder(TiffImage image, ByteOrder order) {
    private static final int LEVEL = 6;

    /**
     * Encodes a block.
     *
     * @param samples of {@code width x height} pixels, the part of the block that lies in the image; not changed
     */
    byte[] encode(final byte[] samples, final int width, final int height) {
        final PixelType pixel = image.pixel();
        final int blockWidth = image.blockWidth();
        final int blockHeight = image.isTiled() ? image.blockHeight() : height;
        final byte[] block = padded(samples, width, height, blockWidth, blockHeight);
        if (image.compression() == BlockCompression.JPEG) {
            final byte[] jpeg = JpegBlocks.encode(block, blockWidth, blockHeight, pixel.bands(), image.jpeg());
            return image.jpeg().sharedTables() ? JpegBlocks.withoutTables(jpeg) : jpeg;
        }
        if (image.predictor()) {
            Predictor.subtract(block, pixel, blockWidth);
        }
        Predictor.order(block, pixel, order);
        return switch (image.compression()) {
            case LZW -> LzwEncoder.encode(block);
            case DEFLATE -> deflate(block);
            case PACKBITS -> PackBits.encode(block, blockWidth * pixel.bytes());
            default -> block;
        };
    }

    /** The tables that all JPEG blocks of the image share. */
    byte[] tables() {
        final int bands = image.pixel().bands();
        return JpegBlocks.tables(JpegBlocks.encode(new byte[16 * 16 * bands], 16, 16, bands, image.jpeg()));
    }

    /** A copy in the size of the block; beyond the image its last column and row go on. */
    private byte[] padded(
            final byte[] samples, final int width, final int height, final int blockWidth, final int blockHeight) {
        final int bytes = image.pixel().bytes();
        if (samples.length != (long) width * height * bytes) {
            throw new IllegalArgumentException(samples.length + " bytes for " + width + " x " + height);
        }
        final byte[] block = new byte[blockWidth * blockHeight * bytes];
        final int stride = blockWidth * bytes;
        for (int y = 0; y < blockHeight; y++) {
            if (y >= height) {
                System.arraycopy(block, (height - 1) * stride, block, y * stride, stride);
                continue;
            }
            System.arraycopy(samples, y * width * bytes, block, y * stride, width * bytes);
            for (int i = width * bytes; i < stride; i++) {
                block[y * stride + i] = block[y * stride + i - bytes];
            }
        }
        return block;
    }

    private static byte[] deflate(final byte[] block) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(block.length / 2 + 64);
        final Deflater deflater = new Deflater(LEVEL);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater, 1 << 14)) {
            out.write(block);
        } catch (final IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }
}
