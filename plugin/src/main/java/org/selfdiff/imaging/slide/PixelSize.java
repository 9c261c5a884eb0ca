package org.selfdiff.imaging.slide;

import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunFailed;

/** Micrometres along the side of a pixel, from the resolution tags of a directory (TIFF 6.0, section 8). */
final class PixelSize {
    private static final int CENTIMETRE = 3;

    private static final double FINEST = 0.05;

    private static final double COARSEST = 20;

    private static final double MICROMETRES = 10_000;

    private PixelSize() {}

    /**
     * Micrometres along the side of a pixel. Only a resolution per centimetre counts, and only if it makes a pixel of
     * 0.05 to 20 micrometres, as every slide scanner does: 72 or 300 dots per inch are what programs write that know
     * nothing, and mean paper.
     *
     * @return {@code NaN} if the tags say nothing about a slide; the mean if the sides differ
     */
    static double mpp(final TiffDirectory directory) throws RunFailed {
        final double[] sides = sides(directory);
        return mean(sides[0], sides[1]);
    }

    /** Micrometres of a pixel's width and height as in {@link #mpp}, each {@code NaN} if unknown. */
    static double[] sides(final TiffDirectory directory) throws RunFailed {
        if (directory.number(TiffTag.RESOLUTION_UNIT, 2) != CENTIMETRE) {
            return new double[] {Double.NaN, Double.NaN};
        }
        final double x = MICROMETRES / first(directory, TiffTag.X_RESOLUTION);
        final double y = MICROMETRES / first(directory, TiffTag.Y_RESOLUTION);
        return new double[] {plausible(x), plausible(y)};
    }

    private static double first(final TiffDirectory directory, final int tag) throws RunFailed {
        return directory.count(tag) == 0 ? Double.NaN : directory.rational(tag);
    }

    private static double plausible(final double mpp) {
        return mpp >= FINEST && mpp <= COARSEST ? mpp : Double.NaN;
    }

    /** The mean of both sides, or the one that is known. */
    static double mean(final double x, final double y) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.isNaN(x) ? y : x;
        }
        return x == y ? x : (x + y) / 2;
    }
}
