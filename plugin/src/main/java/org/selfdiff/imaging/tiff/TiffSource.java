package org.selfdiff.imaging.tiff;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.imaging.Mirror;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.run.RunFailed;

/**
 * Levels of a TIFF file as a source of pictures. A rectangle decodes the blocks that it touches and no others; blocks
 * that the file leaves out are white, the colour of an empty slide.
 */
public final class TiffSource implements PictureSource {
    private final TiffFile file;

    private final About about;

    private final List<TiffLevel> levels;

    private final BlockReader reader;

    /**
     * A source of levels.
     *
     * @param file which this source closes
     * @param about what the file says of itself
     * @param levels finest first, at least one
     * @param cache of decoded blocks, which sources may share
     */
    public TiffSource(final TiffFile file, final About about, final List<TiffLevel> levels, final BlockCache cache) {
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("no levels");
        }
        this.file = file;
        this.about = about;
        this.levels = List.copyOf(levels);
        this.reader = new BlockReader(file, cache);
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public About about() {
        return about;
    }

    @Override
    public int levels() {
        return levels.size();
    }

    @Override
    public Level level(final int index) {
        return levels.get(index).level();
    }

    @Override
    public Picture region(final int level, final long x, final long y, final int width, final int height)
            throws RunFailed {
        final Level size = levels.get(level).level();
        if (width < 1 || height < 1 || 3L * width * height > Integer.MAX_VALUE - 8) {
            throw new RunFailed(
                    "A rectangle of " + width + " x " + height + " pixels does not fit the memory of one picture",
                    file.name(),
                    "Choose smaller tiles.");
        }
        if (x >= 0 && y >= 0 && x + width <= size.width() && y + height <= size.height()) {
            return inside(level, x, y, width, height);
        }
        return mirrored(level, x, y, width, height);
    }

    /** Reads the part of the level that the rectangle and its reflections touch, and shows it where it belongs. */
    private Picture mirrored(final int level, final long x, final long y, final int width, final int height)
            throws RunFailed {
        final Level size = levels.get(level).level();
        final long[] columns = indices(x, width, size.width());
        final long[] rows = indices(y, height, size.height());
        final long left = Arrays.stream(columns).min().orElseThrow();
        final long top = Arrays.stream(rows).min().orElseThrow();
        final int w = (int) (Arrays.stream(columns).max().orElseThrow() - left + 1);
        final int h = (int) (Arrays.stream(rows).max().orElseThrow() - top + 1);
        final byte[] part = inside(level, left, top, w, h).rgb();
        final byte[] out = new byte[3 * width * height];
        for (int j = 0; j < height; j++) {
            final int from = 3 * w * (int) (rows[j] - top);
            for (int i = 0; i < width; i++) {
                System.arraycopy(part, from + 3 * (int) (columns[i] - left), out, 3 * (width * j + i), 3);
            }
        }
        return new Picture(width, height, out);
    }

    private static long[] indices(final long from, final int count, final long size) {
        final long[] indices = new long[count];
        for (int i = 0; i < count; i++) {
            indices[i] = Mirror.index(from + i, size);
        }
        return indices;
    }

    private Picture inside(final int index, final long x, final long y, final int width, final int height)
            throws RunFailed {
        final TiffLevel level = levels.get(index);
        final byte[] out = new byte[3 * width * height];
        for (final BlockPart part : BlockPart.of(level.blocks().grid(), x, y, width, height)) {
            try (BlockCache.Use use = reader.top(index, level, part.block(), part.fromY() + part.height())) {
                copy(use == null ? null : use.pixels(), level.blocks().grid().blockWidth(), part, out, width);
            }
        }
        return new Picture(width, height, out);
    }

    private static void copy(
            final byte[] block, final int blockWidth, final BlockPart part, final byte[] out, final int width) {
        for (int row = 0; row < part.height(); row++) {
            final int to = 3 * (width * (part.toY() + row) + part.toX());
            if (block == null) {
                Arrays.fill(out, to, to + 3 * part.width(), (byte) 255);
            } else {
                final int from = 3 * (blockWidth * (part.fromY() + row) + part.fromX());
                System.arraycopy(block, from, out, to, 3 * part.width());
            }
        }
    }

    @Override
    public void close() {
        reader.forget();
        for (final TiffLevel level : levels) {
            level.codec().close();
        }
        file.close();
    }
}
