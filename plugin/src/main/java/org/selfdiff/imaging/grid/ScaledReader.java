package org.selfdiff.imaging.grid;

import org.selfdiff.imaging.PassingArrays;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Reads a slide as if it had a level of any downsample: from the coarsest level that is not coarser, the rest by
 * {@link AreaAverage}. Large areas are read in bands, so that the overview of a slide with a single level of a gigapixel
 * takes little memory.
 *
 * @param source the slide
 * @param downsample pixels of level 0 that one pixel covers along a side, at least 1
 * @param spare where finer pixels pass through
 */
public record ScaledReader(PictureSource source, double downsample, PassingArrays spare) {
    /** Pixels of the finer level that are held at once, where a row of the result leaves the choice. */
    private static final long BAND = 16L << 20;

    /** A level is taken as it is if it differs by less: a hundredth of a pixel over a large tile. */
    private static final double EQUAL = 1e-5;

    /** Checks the range. */
    public ScaledReader {
        if (!(downsample >= 1)) {
            throw new IllegalArgumentException("downsample " + downsample);
        }
    }

    /** A slide read at a downsample. */
    public ScaledReader(final PictureSource source, final double downsample) {
        this(source, downsample, new PassingArrays());
    }

    /** A slide read at a scale. */
    public static ScaledReader of(final PictureSource source, final Scale scale) {
        return new ScaledReader(source, scale.downsample());
    }

    /**
     * Reads a tile.
     *
     * @param x left column in pixels of level 0
     * @param y upper row in pixels of level 0
     * @param width in pixels of the result
     * @param height in pixels of the result
     * @throws RunFailed if the file cannot be read there, or no array holds the result or the finer pixels of one of its
     *     pixels
     */
    public Picture read(final long x, final long y, final int width, final int height) throws RunFailed {
        try {
            return read(x, y, width, height, RunControl.silent());
        } catch (final RunCancelled e) {
            throw new IllegalStateException(e); // a silent control never cancels
        }
    }

    /**
     * Reads an area that may be large.
     *
     * @param x left column in pixels of level 0
     * @param y upper row in pixels of level 0
     * @param width in pixels of the result
     * @param height in pixels of the result
     * @param control asked between bands
     * @throws RunFailed if the file cannot be read there, or no array holds the result or the finer pixels of one of its
     *     pixels
     */
    public Picture read(final long x, final long y, final int width, final int height, final RunControl control)
            throws RunFailed, RunCancelled {
        final int level = Scale.level(source, downsample * (1 + EQUAL));
        final double finer = source.level(level).downsample();
        final double factor = downsample / finer;
        if (Math.abs(factor - 1) < EQUAL) {
            return source.region(level, Math.round(x / finer), Math.round(y / finer), width, height);
        }
        final byte[] out = new byte[source.samples(width, height)];
        final int columns = (int) Math.max(1, Math.min(width, BAND / factor / factor));
        final int rows = (int) Math.max(1, Math.min(height, BAND / (columns * factor * factor)));
        for (int j = 0; j < height; j += rows) {
            for (int i = 0; i < width; i += columns) {
                control.checkCancelled();
                final double left = x / finer + i * factor;
                final double top = y / finer + j * factor;
                final int w = Math.min(columns, width - i);
                final int h = Math.min(rows, height - j);
                final long firstColumn = (long) Math.floor(left + 1e-9);
                final long firstRow = (long) Math.floor(top + 1e-9);
                final long fineWidth = (long) Math.ceil(left + w * factor - 1e-9) - firstColumn;
                final long fineHeight = (long) Math.ceil(top + h * factor - 1e-9) - firstRow;
                final byte[] fine = spare.take(source.samples(fineWidth, fineHeight));
                source.read(level, firstColumn, firstRow, (int) fineWidth, (int) fineHeight, fine);
                new AreaAverage(Math.max(0, left - firstColumn), Math.max(0, top - firstRow), factor)
                        .into(fine, (int) fineWidth, (int) fineHeight, w, h, out, 3 * (j * width + i), 3 * width);
                spare.put(fine);
            }
        }
        return new Picture(width, height, out);
    }

    /**
     * The whole slide at about this scale: the result's sides are rounded down, at least 1, and may leave out less than
     * one of its pixels at the right and below.
     *
     * @param control asked between bands
     */
    public Picture whole(final RunControl control) throws RunFailed, RunCancelled {
        final Scale scale = new Scale(0, downsample, Double.NaN);
        return read(0, 0, scale.width(source), scale.height(source), control);
    }
}
