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
 * A mask as its file holds it, before anyone decides what its values mean. Black is 0 in every format. Instances share the
 * arrays that they are given and nobody writes to them afterwards.
 *
 * @param width in pixels
 * @param height in pixels
 * @param values grey samples, palette indices or {@code 0xRRGGBB}, row by row
 * @param palette {@code 0xRRGGBB} by index, empty if the values are not indices
 * @param colour whether the values are {@code 0xRRGGBB}
 * @param hidden the first pixel that is transparent and not black, so that what it looks like and what it holds differ; -1
 *     if there is none
 */
public record RawMask(int width, int height, int[] values, int[] palette, boolean colour, int hidden) {

    /**
     * Reads PNG, BMP and GIF; TIFF is read by {@link org.selfdiff.imaging.tiff.Masks}, which is the door to all.
     *
     * @throws RunFailed naming the file, if it cannot be read (see {@link Pictures}), is a JPEG or holds several pictures
     */
    public static RawMask read(final Path file, final DecodeLimits limits) throws RunFailed {
        return Pictures.decode(file, limits, header -> switch (header.format()) {
            case PNG -> png(file);
            case JPEG -> throw new RunFailed(
                    "The mask is compressed with JPEG, which changes the labels at every edge",
                    file.toString(),
                    "Save the mask as PNG or TIFF without loss.");
            case GIF -> single(file);
            case BMP -> raster(Rasters.byJdk(file, header.format()));
            default -> throw new IllegalArgumentException(header.format() + " is read elsewhere");
        });
    }

    private static RawMask single(final Path file) throws IOException, RunFailed {
        final int images = Rasters.images(file);
        if (images > 1) {
            throw severalPictures(file.toString(), images);
        }
        return raster(Rasters.byJdk(file, PictureHeader.Format.GIF));
    }

    /** An error about a mask of which nobody knows which part belongs to the picture. */
    public static RunFailed severalPictures(final String file, final long count) {
        return new RunFailed(
                "The mask holds " + count + " pictures, and nothing says which one is meant",
                file,
                "Save the one that belongs to the picture as a file of its own.");
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

    private static RawMask png(final Path file) throws IOException, RunFailed {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            final PngDecoder decoder = new PngDecoder(in);
            if (decoder.pictures() > 1) {
                throw severalPictures(file.toString(), decoder.pictures());
            }
            return png(decoder);
        }
    }

    private static RawMask png(final PngDecoder decoder) throws IOException {
        final PngDecoder.Layout layout = decoder.layout();
        final boolean colour = layout.channels() >= 3;
        final boolean indexed = layout.colourType() == 3;
        final int channels = layout.channels();
        final int[] values = new int[Math.multiplyExact(layout.width(), layout.height())];
        final int[] hidden = {-1};
        final boolean[] deep = {colour && layout.depth() == 16};
        final int[] greys = deep[0] ? new int[values.length] : values;
        decoder.decode((y, x0, step, count, samples) -> {
            for (int i = 0; i < count; i++) {
                final int s = i * channels;
                final int at = y * layout.width() + x0 + i * step;
                greys[at] = samples[s];
                values[at] = colour ? rgb(samples, s, layout.depth() - 8) : samples[s];
                deep[0] &= !colour || samples[s] == samples[s + 1] && samples[s] == samples[s + 2];
                final boolean black = indexed ? entry(layout.palette(), samples[s]) == 0 : black(samples, s, colour);
                if (!black && layout.transparent(samples, s) && (hidden[0] < 0 || at < hidden[0])) {
                    hidden[0] = at;
                }
            }
        });
        return new RawMask(
                layout.width(),
                layout.height(),
                deep[0] ? greys : values, // grey of 16 bits in three channels
                indexed ? layout.palette() : new int[0], // an RGB PNG may suggest one
                colour && !deep[0],
                hidden[0]);
    }

    private static boolean black(final int[] samples, final int at, final boolean colour) {
        return samples[at] == 0 && (!colour || samples[at + 1] == 0 && samples[at + 2] == 0);
    }

    private static int entry(final int[] palette, final int index) throws IOException {
        if (index >= palette.length) {
            throw new IOException("a pixel of colour " + index + " in a palette of " + palette.length);
        }
        return palette[index];
    }

    private static int rgb(final int[] samples, final int at, final int shift) {
        return samples[at] >> shift << 16 | samples[at + 1] >> shift << 8 | samples[at + 2] >> shift;
    }

    private static RawMask raster(final BufferedImage image) {
        final int width = image.getWidth();
        final int height = image.getHeight();
        final int[] colours = image.getRGB(0, 0, width, height, null, 0, width);
        int hidden = -1;
        for (int i = colours.length - 1; i >= 0; i--) {
            hidden = colours[i] >>> 24 == 0 && (colours[i] & 0xffffff) != 0 ? i : hidden;
            colours[i] &= 0xffffff;
        }
        if (image.getColorModel() instanceof IndexColorModel indexed) {
            final int[] palette = new int[indexed.getMapSize()];
            indexed.getRGBs(palette);
            for (int i = 0; i < palette.length; i++) {
                palette[i] &= 0xffffff;
            }
            final int[] values = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
            return indexed(width, height, values, palette, indexed.getPixelSize() == 1, hidden);
        }
        if (image.getRaster().getNumBands() > 2) {
            return new RawMask(width, height, colours, new int[0], true, hidden);
        }
        final int[] values = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
        return new RawMask(width, height, values, new int[0], false, hidden);
    }

    /**
     * A mask with a palette; of a black and white one with a bit for every pixel white is 1, as in formats that have no
     * palette for it.
     *
     * @param bilevel whether a pixel has one bit
     */
    public static RawMask indexed(
            final int width,
            final int height,
            final int[] values,
            final int[] palette,
            final boolean bilevel,
            final int hidden) {
        final RawMask mask = new RawMask(width, height, values, palette, false, hidden);
        if (!bilevel || mask.colouredPalette()) {
            return mask;
        }
        final int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = mask.colourAt(i) == 0 ? 0 : 1;
        }
        return new RawMask(width, height, bits, new int[0], false, hidden);
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
