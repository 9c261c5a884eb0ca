package org.selfdiff.imaging.tiff;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.Reflected;
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
    public Absent absent(final int index) {
        final Level size = levels.get(index).level();
        final BlockTable table = levels.get(index).blocks();
        final long columns = (size.width() - 1) / table.grid().blockWidth() + 1; // without those of padding
        final long rows = (size.height() - 1) / table.grid().blockHeight() + 1;
        long absent = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                absent += table.isAbsent(row * table.grid().columns() + column) ? 1 : 0;
            }
        }
        return new Absent(absent, rows * columns);
    }

    @Override
    public void read(final int level, final long x, final long y, final int width, final int height, final byte[] rgb)
            throws RunFailed {
        final Level size = levels.get(level).level();
        Reflected.read(
                size.width(),
                size.height(),
                x,
                y,
                width,
                height,
                rgb,
                (left, top, w, h, part) -> inside(level, left, top, w, h, part));
    }

    private void inside(
            final int index, final long x, final long y, final int width, final int height, final byte[] out)
            throws RunFailed {
        final TiffLevel level = levels.get(index);
        for (final BlockPart part : BlockPart.of(level.blocks().grid(), x, y, width, height)) {
            try (BlockCache.Use use = reader.part(index, level, part.block(), part.window())) {
                copy(use == null ? null : use.pixels(), level.blocks().grid().blockWidth(), part, out, width);
            }
        }
    }

    private static void copy(
            final byte[] block, final int blockWidth, final BlockPart part, final byte[] out, final int width) {
        final BlockWindow window = part.window();
        for (int row = 0; row < window.height(); row++) {
            final int to = 3 * (width * (part.toY() + row) + part.toX());
            if (block == null) {
                Arrays.fill(out, to, to + 3 * window.width(), (byte) 255);
            } else {
                final int from = 3 * (blockWidth * (window.y() + row) + window.x());
                System.arraycopy(block, from, out, to, 3 * window.width());
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
