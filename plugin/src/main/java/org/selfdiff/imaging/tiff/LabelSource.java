package org.selfdiff.imaging.tiff;

import java.util.List;
import java.util.Locale;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.RawMask;
import org.selfdiff.run.RunFailed;

/**
 * A mask in a TIFF file of any size, such as ASAP exports, in a lossless compression: a number of 1 to 32 bits, an entry of
 * a palette or a colour for every pixel. Values are those of the finest level, whatever the scale: the smaller levels of
 * many writers are averages, which are labels of nothing. Several threads may read at once.
 */
public final class LabelSource implements AutoCloseable {
    private static final int REDUCED = 1;

    private static final int TRANSPARENCY = 4;

    private final TiffFile file;

    private final String label;

    private final BlockTable table;

    private final MaskSamples samples;

    private final BlockReader.Decoding decoding;

    /** Whether values are black and white, and count as 0 and 1. */
    private final boolean bilevel;

    private final BlockReader reader;

    private LabelSource(
            final TiffDirectory directory,
            final BlockTable table,
            final MaskSamples samples,
            final BlockReader.Decoding decoding,
            final boolean bilevel,
            final BlockCache cache) {
        this.file = directory.file();
        this.label = directory.label();
        this.table = table;
        this.samples = samples;
        this.decoding = decoding;
        this.bilevel = bilevel;
        this.reader = new BlockReader(file, cache);
    }

    /**
     * A source of the labels of a file, which it closes.
     *
     * @throws RunFailed if the file is damaged, holds several pictures, several numbers a pixel or a compression that
     *     changes labels
     */
    public static LabelSource of(final TiffFile file, final DecodeLimits limits, final BlockCache cache)
            throws RunFailed {
        final TiffDirectory finest = file.directories().get(0);
        requireSingle(file.name(), file.directories());
        final long compression = finest.number(TiffTag.COMPRESSION, Compression.NONE);
        final Unpacking unpacking = Unpacking.of(compression);
        if (unpacking == null && !Compression.FAX.contains((int) compression)) {
            throw MaskSamples.refused(
                    finest,
                    TiffTag.COMPRESSION,
                    "Masks in compression " + Compression.name(compression)
                            + ", which may change labels, are not read");
        }
        final BlockTable table = DirectoryBlocks.of(finest, limits);
        if (unpacking == null) {
            final MaskSamples samples = MaskSamples.rgb(finest, limits);
            return new LabelSource(finest, table, samples, CommonsCodec.of(finest)::decode, true, cache);
        }
        final MaskSamples samples = MaskSamples.of(finest, unpacking, limits);
        final BlockReader.Decoding planes = (parts, width, height, room) ->
                MaskSamples.joined(samples.raw().unpack(parts, width, height, parts.length == 1 ? room : byte[]::new));
        return new LabelSource(finest, table, samples, planes, samples.bilevel(), cache);
    }

    /** Refuses pages beside the first; smaller levels of it and a transparency mask are none. */
    private static void requireSingle(final String name, final List<TiffDirectory> directories) throws RunFailed {
        final TiffDirectory first = directories.get(0);
        long pages = 1;
        for (final TiffDirectory other : directories.subList(1, directories.size())) {
            final long kind = other.number(TiffTag.NEW_SUBFILE_TYPE, 0);
            final boolean smaller = other.number(TiffTag.IMAGE_WIDTH) < first.number(TiffTag.IMAGE_WIDTH)
                    || other.number(TiffTag.IMAGE_LENGTH) < first.number(TiffTag.IMAGE_LENGTH);
            pages += (kind & (REDUCED | TRANSPARENCY)) == 0 && !smaller ? 1 : 0;
        }
        if (pages > 1) {
            throw RawMask.severalPictures(name, pages);
        }
    }

    /** What messages call it: the path of the file. */
    public String name() {
        return file.name();
    }

    /** Columns. */
    public long width() {
        return table.grid().width();
    }

    /** Rows. */
    public long height() {
        return table.grid().height();
    }

    /** What messages call a pixel. */
    public String place(final long column, final long row) {
        return file.name() + ", " + label + ", column " + column + ", row " + row;
    }

    /**
     * What the centres of a grid of squares hold; 0 outside of the mask.
     *
     * @param left of the grid in pixels
     * @param top of the grid in pixels
     * @param step side of a square in pixels, larger than 0
     * @param width squares in a row
     * @param height rows of squares
     * @throws RunFailed if the file cannot be read there, or a value is no label: below 0, of 2^31 or more, a fraction
     */
    public RawMask sampled(final double left, final double top, final double step, final int width, final int height)
            throws RunFailed {
        final int[] values = new int[Math.multiplyExact(width, height)];
        final Filling filling = new Filling(centres(left, step, width), centres(top, step, height), values);
        final BlockGrid grid = table.grid();
        int j = 0;
        while (j < height) {
            final int rowEnd = end(filling.rows, j, grid.blockHeight());
            if (filling.rows[j] >= 0 && filling.rows[j] < grid.height()) {
                row(filling, j, rowEnd);
            }
            j = rowEnd;
        }
        return raw(width, height, filling);
    }

    private RawMask raw(final int width, final int height, final Filling filling) {
        final int[] values = filling.values;
        if (bilevel && samples.colour()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] == 0 ? 0 : 1;
            }
            return new RawMask(width, height, values, new int[0], false, -1);
        }
        return samples.palette().length > 0
                ? RawMask.indexed(width, height, values, samples.palette(), bilevel, filling.hidden)
                : new RawMask(width, height, values, new int[0], samples.colour(), filling.hidden);
    }

    /** A grid in the making. */
    private static final class Filling {
        private final long[] columns;

        private final long[] rows;

        private final int[] values;

        private int hidden = -1;

        Filling(final long[] columns, final long[] rows, final int[] values) {
            this.columns = columns;
            this.rows = rows;
            this.values = values;
        }
    }

    /** Fills the squares of one row of blocks. */
    private void row(final Filling filling, final int j, final int rowEnd) throws RunFailed {
        final BlockGrid grid = table.grid();
        final long[] columns = filling.columns;
        final long[] rows = filling.rows;
        int i = 0;
        while (i < columns.length) {
            final int columnEnd = end(columns, i, grid.blockWidth());
            if (columns[i] >= 0 && columns[i] < grid.width()) {
                final int block =
                        (int) (rows[j] / grid.blockHeight() * grid.columns() + columns[i] / grid.blockWidth());
                try (BlockCache.Use use = reader.block(0, label, table, block, decoding)) {
                    for (int y = j; y < rowEnd && use != null && rows[y] < grid.height(); y++) {
                        for (int x = i; x < columnEnd && columns[x] < grid.width(); x++) {
                            put(filling, use.pixels(), block, x, y);
                        }
                    }
                }
            }
            i = columnEnd;
        }
    }

    private void put(final Filling filling, final byte[] pixels, final int block, final int x, final int y)
            throws RunFailed {
        final BlockGrid grid = table.grid();
        final int width = grid.blockWidth();
        final int height = grid.heightOf(block);
        final int column = (int) (filling.columns[x] % width);
        final int row = (int) (filling.rows[y] % grid.blockHeight());
        final double value = samples.value(pixels, width, height, column, row);
        if (!(value >= 0) || value > Integer.MAX_VALUE || value != (int) value) {
            throw new RunFailed(
                    "The mask holds " + text(value) + ", which is no label",
                    place(filling.columns[x], filling.rows[y]),
                    "Labels are whole numbers from 0 to 2147483647, such as 0 and 1; save probabilities as classes first.");
        }
        final int at = y * filling.columns.length + x;
        filling.values[at] = (int) value;
        if (filling.hidden < 0 && value != 0 && samples.transparent(pixels, width, height, column, row)) {
            filling.hidden = at;
        }
    }

    private static String text(final double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
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
