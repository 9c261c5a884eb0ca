package org.selfdiff.data;

import java.nio.file.Path;
import java.util.List;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.PictureHeader;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.tiff.BlockCache;
import org.selfdiff.imaging.tiff.LabelSource;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.imaging.tiff.TiffTag;
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

    private final boolean foreground;

    private MaskReader(
            final long width,
            final long height,
            final LabelMap whole,
            final LabelSource blocks,
            final boolean foreground) {
        this.width = width;
        this.height = height;
        this.whole = whole;
        this.blocks = blocks;
        this.foreground = foreground;
    }

    /**
     * Opens a mask.
     *
     * @param coding what its values mean
     * @param cache for blocks of a large one
     * @throws RunFailed naming the file, if it cannot be read, see {@link MaskCoding#read}
     */
    public static MaskReader open(
            final Path file, final MaskCoding coding, final DecodeLimits limits, final BlockCache cache)
            throws RunFailed {
        final PictureHeader header = PictureHeader.read(file);
        final boolean large = header.width() > 0
                && header.height() > WHOLE_PIXELS / header.width()
                && header.format() == PictureHeader.Format.TIFF
                && coding.kind() != MaskCoding.Kind.COLOURS;
        if (!large) {
            final LabelMap map = coding.read(file, limits);
            return new MaskReader(map.width(), map.height(), map, null, false);
        }
        final TiffFile tiff = TiffFile.open(file);
        try {
            final TiffDirectory finest = tiff.directories().get(0);
            final long width = finest.number(TiffTag.IMAGE_WIDTH);
            final long height = finest.number(TiffTag.IMAGE_LENGTH);
            final PictureSource.Level level = new PictureSource.Level(width, height, 1, Double.NaN);
            final LabelSource source = LabelSource.of(finest, List.of(level), limits, cache);
            return new MaskReader(width, height, null, source, coding.kind() == MaskCoding.Kind.FOREGROUND);
        } catch (final RunFailed e) {
            tiff.close();
            throw e;
        }
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
        final LabelMap read = blocks.sampled(across.from, down.from, area.downsample(), across.count, down.count);
        final LabelMap labels = foreground ? read.foreground() : read;
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
