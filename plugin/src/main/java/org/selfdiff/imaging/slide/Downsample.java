package org.selfdiff.imaging.slide;

/**
 * How much smaller a level is than level 0. Scanners halve sizes and round them, so that the ratio of the sizes is a
 * little off: 2967 rows become 185 after four halvings, a ratio of 16.04, while the pixels are 16 apart.
 */
final class Downsample {
    private static final double ROUNDING = 2;

    private Downsample() {}

    /**
     * The factor that the pixels are apart: the whole number that gives this size, rounded down or up, or else the mean
     * of the ratios of the sides.
     */
    static double of(final long width0, final long height0, final long width, final long height) {
        final double mean = ((double) width0 / width + (double) height0 / height) / 2;
        // a small level leaves a choice; powers of two are what scanners write, and then the nearest number
        final long power = Math.round(Math.pow(2, Math.round(Math.log(mean) / Math.log(2))));
        for (final long factor : new long[] {power, Math.round(mean), (long) mean}) {
            if (gives(width0, factor, width) && gives(height0, factor, height)) {
                return factor;
            }
        }
        return mean;
    }

    private static boolean gives(final long size0, final long factor, final long size) {
        return factor >= 1 && (size0 / factor == size || (size0 + factor - 1) / factor == size);
    }

    /** Whether a picture may be a smaller level of another: smaller, and of the same aspect ratio up to rounding. */
    static boolean isLevel(final long width0, final long height0, final long width, final long height) {
        if (width >= width0 || height >= height0 || width < 1 || height < 1) {
            return false;
        }
        final double factor = (double) Math.max(width0, height0) / (width0 >= height0 ? width : height);
        final double other = width0 >= height0 ? height - height0 / factor : width - width0 / factor;
        return Math.abs(other) <= ROUNDING;
    }
}
