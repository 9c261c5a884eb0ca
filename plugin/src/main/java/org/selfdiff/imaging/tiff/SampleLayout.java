package org.selfdiff.imaging.tiff;

import java.nio.ByteOrder;
import org.selfdiff.run.RunFailed;

/**
 * How the samples of a block lie in its unpacked bytes.
 *
 * @param samples of a pixel, 1 to 8
 * @param bits of a sample: 1, 2, 4, 8, 16 or 32
 * @param planar whether every sample has a plane of its own
 * @param differences whether a sample is the difference to that of the pixel on its left (Predictor 2)
 * @param order of the bytes of a sample
 * @param reversed whether the lowest bit of a byte comes first (FillOrder 2)
 */
record SampleLayout(int samples, int bits, boolean planar, boolean differences, ByteOrder order, boolean reversed) {
    static final int WHITE_IS_ZERO = 0;

    static final int BLACK_IS_ZERO = 1;

    static final int RGB = 2;

    static final int PALETTE = 3;

    static final int CMYK = 5;

    static final int YCBCR = 6;

    static final int CIE_LAB = 8;

    /** Values of SampleFormat. */
    static final int UNSIGNED = 1;

    static final int SIGNED = 2;

    static final int FLOAT = 3;

    static final int UNDEFINED = 4;

    private static final int MAX_SAMPLES = 8;

    /** The layout of a directory's blocks, whose samples are unsigned whole numbers. */
    static SampleLayout of(final TiffDirectory directory) throws RunFailed {
        final long format = directory.number(TiffTag.SAMPLE_FORMAT, UNSIGNED);
        if (format != UNSIGNED && format != UNDEFINED) {
            throw directory.unread(TiffTag.SAMPLE_FORMAT, "Samples that are not unsigned whole numbers are not read");
        }
        return ofAny(directory);
    }

    /** The layout of a directory's blocks, whatever their bits mean. */
    static SampleLayout ofAny(final TiffDirectory directory) throws RunFailed {
        final int samples = samples(directory);
        final int bits = bits(directory);
        final long predictor = directory.number(TiffTag.PREDICTOR, 1);
        if (predictor != 1 && (predictor != 2 || bits < 8)) {
            throw directory.unread(TiffTag.PREDICTOR, "Predictor " + predictor + " of " + bits + " bits is not read");
        }
        final boolean planar = directory.number(TiffTag.PLANAR_CONFIGURATION, 1) == 2 && samples > 1;
        final boolean reversed = directory.number(TiffTag.FILL_ORDER, 1) == 2;
        return new SampleLayout(
                samples, bits, planar, predictor == 2, directory.file().order(), reversed);
    }

    /** SamplesPerPixel, checked. */
    static int samples(final TiffDirectory directory) throws RunFailed {
        final long samples = directory.number(TiffTag.SAMPLES_PER_PIXEL, 1);
        if (samples < 1 || samples > MAX_SAMPLES) {
            throw directory.unread(TiffTag.SAMPLES_PER_PIXEL, samples + " samples per pixel are not read");
        }
        return (int) samples;
    }

    /** BitsPerSample, checked and the same for all samples. */
    static int bits(final TiffDirectory directory) throws RunFailed {
        if (!directory.has(TiffTag.BITS_PER_SAMPLE)) {
            return 1;
        }
        final long[] all = directory.numbers(TiffTag.BITS_PER_SAMPLE);
        final long bits = all.length == 0 ? 0 : all[0];
        boolean read = bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 32;
        for (final long other : all) {
            read &= other == bits;
        }
        if (!read) {
            throw directory.unread(
                    TiffTag.BITS_PER_SAMPLE, "Samples of " + java.util.Arrays.toString(all) + " bits are not read");
        }
        return (int) bits;
    }

    /** Samples of a pixel in one part of a block. */
    int samplesOfPart() {
        return planar ? 1 : samples;
    }

    /** Bytes of a row of one part. */
    long rowBytes(final int width) {
        return ((long) width * samplesOfPart() * bits + 7) / 8;
    }
}
