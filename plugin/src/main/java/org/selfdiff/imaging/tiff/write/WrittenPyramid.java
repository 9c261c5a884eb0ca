package org.selfdiff.imaging.tiff.write;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.Picture;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Writes an image and its smaller levels in one pass: every pixel of level 0 is asked for once, and of every level only
 * one row of blocks is held.
 *
 * @param levels directories of the levels, the finest first
 * @param overview the coarsest level
 */
public record WrittenPyramid(List<DirectoryDraft> levels, Picture overview) {

    /** Copies the list. */
    public WrittenPyramid {
        levels = List.copyOf(levels);
    }

    /**
     * Sizes of the levels: each the larger one divided by the factor, rounded down, until one fits a square.
     *
     * @param image level 0
     * @param factor 2 or 4
     * @param largestOverview longest side that the coarsest level may have
     */
    public static List<TiffImage> sizes(final TiffImage image, final int factor, final int largestOverview) {
        final List<TiffImage> sizes = new ArrayList<>(List.of(image));
        TiffImage last = image;
        while (Math.max(last.width(), last.height()) > largestOverview
                && Math.min(last.width(), last.height()) >= 2 * factor) {
            last = last.sized(last.width() / factor, last.height() / factor);
            sizes.add(last);
        }
        return sizes;
    }

    /**
     * Writes the blocks of all levels.
     *
     * @param images the levels of {@link #sizes}, 8-bit RGB
     * @param factor of {@link #sizes}, a divisor of the blocks' sides
     * @param source of level 0
     * @param control told of progress by rows of blocks, and asked for a cancel
     */
    public static WrittenPyramid write(
            final TiffWriter writer,
            final List<TiffImage> images,
            final int factor,
            final BlockSource source,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final PyramidPass pass = new PyramidPass(writer, images, factor, source);
        final TiffImage finest = images.get(0);
        final Pace pace = new Pace("rows of blocks", 0, finest.rows());
        for (int row = 1; row <= finest.rows(); row++) {
            pass.row(workers, control);
            control.progress((double) row / finest.rows(), pace.line(row));
        }
        return new WrittenPyramid(pass.directories(), pass.overview());
    }
}
