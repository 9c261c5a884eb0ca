package org.selfdiff.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.selfdiff.run.RunFailed;

/**
 * A mask as its file holds it, before anyone decides what its values mean.
 *
 * @param values grey samples, palette indices or {@code 0xRRGGBB}, row by row
 * @param palette {@code 0xRRGGBB} by index, empty if the values are not indices
 * @param colour whether the values are {@code 0xRRGGBB}
 */
record RawMask(int width, int height, int[] values, int[] palette, boolean colour) {

    static RawMask read(final Path file, final DecodeLimits limits) throws RunFailed {
        return Pictures.decode(file, limits, header -> switch (header.format()) {
            case PNG -> png(file);
            case JPEG, TIFF_OF_JPEG -> throw new RunFailed(
                    "The mask is compressed with JPEG, which changes the labels at every edge",
                    file.toString(),
                    "Save the mask as PNG or TIFF without loss.");
            default -> raster(Rasters.byJdk(file, header.format()));
        });
    }

    /**
     * Reads the bytes of a PNG file, such as those of a table's cell.
     *
     * @param where the cell, for messages
     */
    static RawMask ofPng(final byte[] bytes, final String where, final DecodeLimits limits) throws RunFailed {
        try {
            final PngDecoder decoder = new PngDecoder(new ByteArrayInputStream(bytes));
            limits.check(where, decoder.layout().width(), decoder.layout().height());
            return png(decoder);
        } catch (final IOException e) {
            throw new RunFailed(
                    "The mask is no whole PNG picture: " + e.getMessage(),
                    where,
                    "Execute the node that makes it again.",
                    e);
        }
    }

    private static RawMask png(final Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return png(new PngDecoder(in));
        }
    }

    private static RawMask png(final PngDecoder decoder) throws IOException {
        final PngDecoder.Layout layout = decoder.layout();
        final boolean colour = layout.channels() >= 3;
        final int channels = layout.channels();
        final int[] values = new int[Math.multiplyExact(layout.width(), layout.height())];
        decoder.decode((y, x0, step, count, samples) -> {
            for (int i = 0; i < count; i++) {
                final int s = i * channels;
                values[y * layout.width() + x0 + i * step] = colour ? rgb(samples, s, layout.depth() - 8) : samples[s];
            }
        });
        return new RawMask(layout.width(), layout.height(), values, layout.palette(), colour)
                .withoutUnusedPalette(layout.colourType() == 3);
    }

    private static int rgb(final int[] samples, final int at, final int shift) {
        return samples[at] >> shift << 16 | samples[at + 1] >> shift << 8 | samples[at + 2] >> shift;
    }

    private RawMask withoutUnusedPalette(final boolean indexed) {
        return indexed ? this : new RawMask(width, height, values, new int[0], colour); // an RGB PNG may suggest one
    }

    private static RawMask raster(final BufferedImage image) {
        final int width = image.getWidth();
        final int height = image.getHeight();
        final boolean single = image.getRaster().getNumBands() <= 2;
        final int[] values = single
                ? image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null)
                : image.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; !single && i < values.length; i++) {
            values[i] &= 0xffffff;
        }
        int[] palette = {};
        if (image.getColorModel() instanceof IndexColorModel indexed) {
            palette = new int[indexed.getMapSize()];
            indexed.getRGBs(palette);
            for (int i = 0; i < palette.length; i++) {
                palette[i] &= 0xffffff;
            }
        }
        return new RawMask(width, height, values, palette, !single);
    }

    /** Whether the values are indices into a palette that has colours other than greys. */
    boolean colouredPalette() {
        for (final int entry : palette) {
            if (!isGrey(entry)) {
                return true;
            }
        }
        return false;
    }

    /** The colour of a pixel as {@code 0xRRGGBB}. */
    int colourAt(final int pixel) {
        if (palette.length > 0) {
            return palette[Math.min(values[pixel], palette.length - 1)];
        }
        return colour ? values[pixel] : Math.min(values[pixel], 255) * 0x010101;
    }

    static boolean isGrey(final int rgb) {
        return (rgb >> 16 & 0xff) == (rgb >> 8 & 0xff) && (rgb & 0xff) == (rgb >> 8 & 0xff);
    }
}
