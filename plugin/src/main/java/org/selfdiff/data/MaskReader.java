package org.selfdiff.data;

import java.nio.file.Path;
import java.util.Optional;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.PictureHeader;
import org.selfdiff.imaging.tiff.BlockCache;
import org.selfdiff.imaging.tiff.LabelSource;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.run.RunFailed;

/**
 * The labels of a mask that is a picture: decoded as a whole where it is small, read in blocks where it is a large TIFF,
 * such as the masks that ASAP exports for whole slides.
 */
public final class MaskReader implements AutoCloseable {
    /** Larger TIFFs are read in blocks. */
    private static final long WHOLE_PIXELS = 16L << 20;

    private final long width;

    private final long height;

    /** One of the two is {@code null}. */
    private final LabelMap whole;

    private final LabelSource blocks;

    private final MaskCoding coding;

    private MaskReader(
            final long width,
            final long height,
            final LabelMap whole,
            final LabelSource blocks,
            final MaskCoding coding) {
        this.width = width;
        this.height = height;
        this.whole = whole;
        this.blocks = blocks;
        this.coding = coding;
    }

    /**
     * Opens a mask.
     *
     * @param coding what its values mean
     * @param cache for blocks of a large one
     * @throws RunFailed naming the file, if it cannot be read, see {@link Masks#read}
     */
    public static MaskReader open(
            final Path file, final MaskCoding coding, final DecodeLimits limits, final BlockCache cache)
            throws RunFailed {
        final PictureHeader header = PictureHeader.read(file);
        if (!Masks.inBlocks(header) || small(header)) {
            final LabelMap map = Masks.read(file, coding, limits);
            return new MaskReader(map.width(), map.height(), map, null, coding);
        }
        final TiffFile tiff = TiffFile.open(file);
        try {
            final LabelSource source = LabelSource.of(tiff, limits, cache);
            return new MaskReader(source.width(), source.height(), null, source, coding);
        } catch (final RunFailed e) {
            tiff.close();
            throw e;
        }
    }

    private static boolean small(final PictureHeader header) {
        return header.width() < 1 || header.height() <= WHOLE_PIXELS / header.width();
    }

    /** What there is to say about all its labels, empty if nothing; those of a large mask are not looked at. */
    public Optional<String> remark() {
        if (whole == null) {
            return Optional.empty();
        }
        final int first = whole.labels()[0];
        for (final int label : whole.labels()) {
            if (label != first) {
                return Optional.empty();
            }
        }
        return Optional.of(
                first == 0
                        ? "the mask is empty: all of it is background"
                        : "the mask has no background: all is " + first);
    }

    /** Width in pixels. */
    public long width() {
        return width;
    }

    /** Height in pixels. */
    public long height() {
        return height;
    }

    /** Memory that it holds for as long as it is open, in bytes. */
    long bytes() {
        return whole == null ? 0 : 4L * whole.labels().length;
    }

    /**
     * The labels at the centres of a tile's pixels; what lies outside of the mask is its reflection, as in the picture.
     *
     * @throws RunFailed if the file cannot be read there
     */
    public LabelMap labels(final Tile.Area area) throws RunFailed {
        if (whole != null) {
            return whole.region(area.x(), area.y(), area.width(), area.height(), area.downsample());
        }
        final Side across = Side.of(area.x(), area.width(), width, area.downsample());
        final Side down = Side.of(area.y(), area.height(), height, area.downsample());
        final double step = area.downsample();
        final LabelMap labels = coding.labels(
                blocks.sampled(across.from, down.from, step, across.count, down.count),
                (column, row) -> blocks.place(
                        (long) (across.from + (column + 0.5) * step), (long) (down.from + (row + 0.5) * step)));
        return across.shift == 0 && down.shift == 0 && across.count == area.width() && down.count == area.height()
                ? labels
                : labels.region(across.shift, down.shift, area.width(), area.height());
    }

    /**
     * The pixels of one side of a tile that lie in the mask, and as many before them as are mirrored beyond its end.
     *
     * @param from where they begin, in pixels of the mask
     * @param count how many there are
     * @param shift where the tile begins among them
     */
    private record Side(double from, int count, int shift) {
        static Side of(final int start, final int length, final long limit, final double downsample) {
            final int skipped = start < 0 ? (int) Math.round(-start / downsample) : 0;
            final double first = start + skipped * downsample;
            final int room = (int) Math.max(1, Math.floor((limit - first) / downsample + 1e-6));
            final int beyond = Math.max(0, length - skipped - room);
            final int before = (int) Math.min(beyond, Math.floor(first / downsample));
            return new Side(first - before * downsample, before + Math.min(length, room), before - skipped);
        }
    }

    @Override
    public void close() {
        if (blocks != null) {
            blocks.close();
        }
    }
}
