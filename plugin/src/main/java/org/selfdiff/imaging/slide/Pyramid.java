package org.selfdiff.imaging.slide;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffLevel;
import org.selfdiff.run.RunFailed;

/** Levels from directories: each smaller than the one before and of the aspect ratio of the first. */
final class Pyramid {
    private static final int MAX_LEVELS = 64;

    private Pyramid() {}

    /** Which directories may be levels beside their size. */
    @FunctionalInterface
    interface Rule {
        boolean allows(TiffDirectory directory) throws RunFailed;
    }

    /**
     * The levels of a pyramid.
     *
     * @param first the finest level
     * @param others what may be a smaller level, in the order of the file
     * @param rule which of them are asked at all
     * @param mpp micrometres of a pixel of the finest level, {@code NaN} if unknown
     */
    static List<TiffLevel> of(
            final TiffDirectory first,
            final List<TiffDirectory> others,
            final Rule rule,
            final double mpp,
            final TiffDialect.Means means)
            throws RunFailed {
        final long width = TiffDialect.width(first);
        final long height = TiffDialect.height(first);
        final List<TiffLevel> levels = new ArrayList<>();
        levels.add(means.level(first, 1, mpp));
        long last = width;
        for (final TiffDirectory directory : others) {
            if (levels.size() == MAX_LEVELS || !rule.allows(directory)) {
                continue;
            }
            final long w = TiffDialect.width(directory);
            final long h = TiffDialect.height(directory);
            if (w < last && means.codecs().supports(directory) && Downsample.isLevel(width, height, w, h)) {
                final double downsample = Downsample.of(width, height, w, h);
                levels.add(means.level(directory, downsample, mpp * downsample));
                last = w;
            }
        }
        return List.copyOf(levels);
    }
}
