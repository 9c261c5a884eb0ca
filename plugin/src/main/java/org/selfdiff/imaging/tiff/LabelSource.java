package org.selfdiff.imaging.tiff;

import java.io.IOException;
import java.util.List;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.run.RunFailed;

/**
 * A mask in a TIFF file of any size, such as ASAP exports: one whole number of 1 to 32 bits for every pixel, in a lossless
 * compression. Labels are those of the finest level, whatever the scale: the smaller levels of many writers are averages,
 * which are labels of nothing. Several threads may read at once.
 */
public final class LabelSource implements AutoCloseable {
    private final TiffFile file;

    private final List<PictureSource.Level> levels;

    private final String label;

    private final BlockTable table;

    private final RawBlocks raw;

    private final BlockReader reader;

    private LabelSource(
            final TiffFile file,
            final List<PictureSource.Level> levels,
            final String label,
            final BlockTable table,
            final RawBlocks raw,
            final BlockCache cache) {
        this.file = file;
        this.levels = List.copyOf(levels);
        this.label = label;
        this.table = table;
        this.raw = raw;
        this.reader = new BlockReader(file, cache);
    }

    /**
     * A source of the labels of a directory.
     *
     * @param directory the finest level, whose file the source closes
     * @param levels sizes in which the labels are asked for, finest first; the first one is that of the directory
     * @throws RunFailed if the directory is damaged, of several samples a pixel or in a compression that changes labels
     */
    public static LabelSource of(
            final TiffDirectory directory,
            final List<PictureSource.Level> levels,
            final DecodeLimits limits,
            final BlockCache cache)
            throws RunFailed {
        final long compression = directory.number(TiffTag.COMPRESSION, Compression.NONE);
        final Unpacking unpacking = Unpacking.of(compression);
        if (unpacking == null) {
            throw directory.unread(
                    TiffTag.COMPRESSION,
                    "Masks in compression " + Compression.name(compression)
                            + ", which may change labels, are not read");
        }
        final SampleLayout layout = SampleLayout.of(directory);
        if (layout.samples() != 1) {
            throw directory.unread(
                    TiffTag.SAMPLES_PER_PIXEL, "Masks of " + layout.samples() + " samples a pixel are not read");
        }
        final BlockTable table = DirectoryBlocks.of(directory, limits);
        final RawBlocks raw = new RawBlocks(layout, unpacking, limits.maxPixels());
        return new LabelSource(directory.file(), levels, directory.label(), table, raw, cache);
    }

    /** What messages call it: the path of the file. */
    public String name() {
        return file.name();
    }

    /** How many levels there are, at least 1. */
    public int levels() {
        return levels.size();
    }

    /** A level, 0 to {@code levels() - 1}. */
    public PictureSource.Level level(final int index) {
        return levels.get(index);
    }

    /** Labels of a rectangle of a level, with coordinates as {@link PictureSource#region} has them; 0 outside. */
    public LabelMap region(final int level, final long x, final long y, final int width, final int height)
            throws RunFailed {
        final double step = levels.get(level).downsample();
        return sampled(x * step, y * step, step, width, height);
    }

    /**
     * Labels at the centres of a grid of squares; 0 outside of the mask.
     *
     * @param left of the grid in pixels of the finest level
     * @param top of the grid in pixels of the finest level
     * @param step side of a square in pixels of the finest level, larger than 0
     * @param width squares in a row
     * @param height rows of squares
     */
    public LabelMap sampled(final double left, final double top, final double step, final int width, final int height)
            throws RunFailed {
        final int[] labels = new int[Math.multiplyExact(width, height)];
        final long[] columns = centres(left, step, width);
        final long[] rows = centres(top, step, height);
        final BlockGrid grid = table.grid();
        int j = 0;
        while (j < height) {
            final int rowEnd = end(rows, j, grid.blockHeight());
            if (rows[j] >= 0 && rows[j] < grid.height()) {
                row(columns, rows, j, rowEnd, labels);
            }
            j = rowEnd;
        }
        return new LabelMap(width, height, labels);
    }

    /** Fills the squares of one row of blocks. */
    private void row(final long[] columns, final long[] rows, final int j, final int rowEnd, final int[] labels)
            throws RunFailed {
        final BlockGrid grid = table.grid();
        int i = 0;
        while (i < columns.length) {
            final int columnEnd = end(columns, i, grid.blockWidth());
            if (columns[i] >= 0 && columns[i] < grid.width()) {
                final int block =
                        (int) (rows[j] / grid.blockHeight() * grid.columns() + columns[i] / grid.blockWidth());
                try (BlockCache.Use use = reader.block(0, label, table, block, this::unpack)) {
                    for (int y = j; y < rowEnd && use != null && rows[y] < grid.height(); y++) {
                        for (int x = i; x < columnEnd && columns[x] < grid.width(); x++) {
                            labels[y * columns.length + x] = sample(use.pixels(), columns[x], rows[y]);
                        }
                    }
                }
            }
            i = columnEnd;
        }
    }

    private int sample(final byte[] plane, final long x, final long y) throws RunFailed {
        final BlockGrid grid = table.grid();
        final int value =
                raw.sample(plane, grid.blockWidth(), (int) (x % grid.blockWidth()), (int) (y % grid.blockHeight()));
        if (value < 0) {
            throw new RunFailed(
                    "The mask holds a label of 2^31 or more",
                    file.name() + ", " + label + ", column " + x + ", row " + y,
                    "Number the objects from 1 up.");
        }
        return value;
    }

    private byte[] unpack(final byte[][] parts, final int width, final int height, final BlockRoom room)
            throws IOException {
        return raw.unpack(parts, width, height, room)[0];
    }

    private static long[] centres(final double from, final double step, final int count) {
        final long[] centres = new long[count];
        for (int i = 0; i < count; i++) {
            centres[i] = (long) Math.floor(from + (i + 0.5) * step);
        }
        return centres;
    }

    /** The first index whose pixel lies in another block than that of {@code from}. */
    private static int end(final long[] pixels, final int from, final int block) {
        int end = from + 1;
        while (end < pixels.length && Math.floorDiv(pixels[end], block) == Math.floorDiv(pixels[from], block)) {
            end++;
        }
        return end;
    }

    @Override
    public void close() {
        reader.forget();
        file.close();
    }
}
