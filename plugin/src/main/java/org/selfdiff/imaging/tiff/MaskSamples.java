package org.selfdiff.imaging.tiff;

import java.util.Arrays;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.run.RunFailed;

/**
 * What a pixel of a mask in a TIFF file holds: a number, an entry of a palette or a colour, by PhotometricInterpretation
 * and SampleFormat (TIFF 6.0, sections 4 to 6 and 19). Black is 0, also where the file counts from white.
 *
 * @param raw how the samples are packed
 * @param kind PhotometricInterpretation
 * @param format SampleFormat
 * @param alpha index of the sample that is an opacity, -1 if there is none
 * @param palette {@code 0xRRGGBB} by index, empty without
 */
record MaskSamples(RawBlocks raw, int kind, int format, int alpha, int[] palette) {
    /** What to do about a mask that cannot be read; JPEG would ruin it. */
    private static final String REMEDY =
            "Save the mask as PNG, or as tiled TIFF of one unsigned number a pixel with deflate or LZW compression.";

    private static final int RGB_SAMPLES = 3;

    /**
     * Reads the tags.
     *
     * @throws RunFailed if a pixel holds more than one number or colour, in a compression that changes labels, or if the
     *     directory is damaged
     */
    static MaskSamples of(final TiffDirectory directory, final Unpacking unpacking, final DecodeLimits limits)
            throws RunFailed {
        final SampleLayout layout = layout(directory);
        final int kind = (int) directory.number(TiffTag.PHOTOMETRIC, SampleLayout.BLACK_IS_ZERO);
        final int format = (int) directory.number(TiffTag.SAMPLE_FORMAT, SampleLayout.UNSIGNED);
        if (kind < 0 || kind > SampleLayout.PALETTE) {
            throw refused(directory, TiffTag.PHOTOMETRIC, "Masks in colours of kind " + kind + " are not read");
        }
        final boolean grey = kind == SampleLayout.BLACK_IS_ZERO;
        final boolean number = format == SampleLayout.UNSIGNED || format == SampleLayout.UNDEFINED;
        final boolean read = number
                || grey && (format == SampleLayout.SIGNED && layout.bits() >= 8)
                || grey && format == SampleLayout.FLOAT && layout.bits() == 32;
        if (!read || kind == SampleLayout.RGB && layout.bits() != 8) {
            throw refused(
                    directory,
                    TiffTag.SAMPLE_FORMAT,
                    "Masks of " + layout.bits() + " bits in format " + format + " are not read");
        }
        final int own = kind == SampleLayout.RGB ? RGB_SAMPLES : 1;
        final int alpha = alpha(directory, own, layout.samples());
        final int[] palette = kind == SampleLayout.PALETTE ? palette(directory, layout.bits()) : new int[0];
        return new MaskSamples(new RawBlocks(layout, unpacking, limits.maxPixels()), kind, format, alpha, palette);
    }

    private static SampleLayout layout(final TiffDirectory directory) throws RunFailed {
        try {
            return SampleLayout.ofAny(directory);
        } catch (final RunFailed e) {
            throw new RunFailed(e.what(), e.where(), REMEDY, e);
        }
    }

    /** Blocks that are unpacked to RGB of 8 bits already. */
    static MaskSamples rgb(final TiffDirectory directory, final DecodeLimits limits) {
        final SampleLayout layout =
                new SampleLayout(RGB_SAMPLES, 8, false, false, directory.file().order(), false);
        final RawBlocks raw = new RawBlocks(layout, Unpacking.NONE, limits.maxPixels());
        return new MaskSamples(raw, SampleLayout.RGB, SampleLayout.UNSIGNED, -1, new int[0]);
    }

    private static int alpha(final TiffDirectory directory, final int own, final int samples) throws RunFailed {
        if (samples == own) {
            return -1;
        }
        final long extra = directory.count(TiffTag.EXTRA_SAMPLES) == 0 ? 0 : directory.number(TiffTag.EXTRA_SAMPLES);
        if (samples != own + 1 || extra != 1 && extra != 2) {
            throw refused(
                    directory,
                    TiffTag.SAMPLES_PER_PIXEL,
                    "A pixel of the mask has " + samples + " samples, and nothing says which one is meant");
        }
        return own;
    }

    private static int[] palette(final TiffDirectory directory, final int bits) throws RunFailed {
        if (bits > 16) {
            throw refused(directory, TiffTag.BITS_PER_SAMPLE, "A palette of 2^" + bits + " colours is not read");
        }
        final byte[] colours = Colouring.palette(directory, bits);
        final int count = 1 << bits;
        final int[] palette = new int[count];
        Arrays.setAll(
                palette,
                i -> (colours[i] & 0xff) << 16 | (colours[i + count] & 0xff) << 8 | colours[i + 2 * count] & 0xff);
        return palette;
    }

    /** An error about a mask that cannot be read as it is. */
    static RunFailed refused(final TiffDirectory directory, final int tag, final String what) {
        return new RunFailed(
                what, directory.file().name() + ", " + directory.label() + ", " + TiffTag.name(tag), REMEDY);
    }

    /** Whether the values are colours. */
    boolean colour() {
        return kind == SampleLayout.RGB;
    }

    /** Whether there are no values but 0 and 1, black and white. */
    boolean bilevel() {
        return raw.layout().bits() == 1;
    }

    /** The planes of a block, one after the other. */
    static byte[] joined(final byte[][] planes) {
        if (planes.length == 1) {
            return planes[0];
        }
        final byte[] all = Arrays.copyOf(planes[0], planes.length * planes[0].length);
        for (int p = 1; p < planes.length; p++) {
            System.arraycopy(planes[p], 0, all, p * planes[0].length, planes[0].length);
        }
        return all;
    }

    /**
     * What a pixel holds: a number of any sign, or {@code 0xRRGGBB}.
     *
     * @param block its planes, joined
     * @param width of the block
     * @param height of the block
     */
    double value(final byte[] block, final int width, final int height, final int x, final int y) {
        final int first = sample(block, width, height, x, y, 0);
        if (colour()) {
            return first << 16 | sample(block, width, height, x, y, 1) << 8 | sample(block, width, height, x, y, 2);
        }
        final int bits = raw.layout().bits();
        if (format == SampleLayout.FLOAT) {
            return Float.intBitsToFloat(first);
        } else if (format == SampleLayout.SIGNED) {
            return first << 32 - bits >> 32 - bits;
        }
        final long most = (1L << bits) - 1;
        final long number = first & most;
        return kind == SampleLayout.WHITE_IS_ZERO ? most - number : number;
    }

    /** Whether a pixel is wholly transparent. */
    boolean transparent(final byte[] block, final int width, final int height, final int x, final int y) {
        return alpha >= 0 && sample(block, width, height, x, y, alpha) == 0;
    }

    private int sample(
            final byte[] block, final int width, final int height, final int x, final int y, final int sample) {
        if (!raw.layout().planar()) {
            return raw.sample(block, width, x, y, sample);
        }
        return raw.sample(block, width, x, y + sample * height, 0); // planes lie one below the other
    }
}
