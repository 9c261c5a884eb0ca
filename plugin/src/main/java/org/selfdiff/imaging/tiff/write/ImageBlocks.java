package org.selfdiff.imaging.tiff.write;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** The blocks of one image while they are written, a row of them at a time. */
final class ImageBlocks {
    private record Place(long offset, long length) {
        static final Place NOWHERE = new Place(0, 0);
    }

    /** The pixels of a block that lie in the image. */
    private record Area(int x, int y, int width, int height) {}

    private final TiffWriter writer;

    private final TiffImage image;

    private final BlockEncoder encoder;

    private final long[] offsets;

    private final long[] lengths;

    private final Map<Long, Place> repeated = new HashMap<>();

    private int nextRow;

    ImageBlocks(final TiffWriter writer, final TiffImage image) {
        this.writer = writer;
        this.image = image;
        encoder = new BlockEncoder(image, writer.form().order());
        final int blocks = Math.multiplyExact(image.columns(), image.rows());
        offsets = new long[blocks];
        lengths = new long[blocks];
    }

    /** Whether all rows are written. */
    boolean ended() {
        return nextRow == image.rows();
    }

    /** How many rows of pixels are written. */
    long passed() {
        return Math.min(image.height(), (long) nextRow * image.blockHeight());
    }

    /** Draws, encodes and writes the next row of blocks. */
    void row(final BlockSource source, final Workers workers, final RunControl control) throws RunFailed, RunCancelled {
        final int y = nextRow * image.blockHeight();
        final int height = Math.min(image.blockHeight(), image.height() - y);
        final long[] keys = new long[image.columns()];
        // key of a block to its area: blocks of this row or of an earlier one are not made again
        final Map<Long, Integer> made = new LinkedHashMap<>();
        final List<Area> areas = new ArrayList<>();
        for (int column = 0; column < keys.length; column++) {
            final int x = column * image.blockWidth();
            final int width = Math.min(image.blockWidth(), image.width() - x);
            keys[column] = source.key(x, y, width, height);
            final boolean known =
                    keys[column] >= 0 && (repeated.containsKey(keys[column]) || made.containsKey(keys[column]));
            if (!known) {
                if (keys[column] < 0) {
                    keys[column] = -1L - column; // not shared with any other
                }
                made.put(keys[column], areas.size());
                areas.add(new Area(x, y, width, height));
            }
        }
        place(keys, made, workers.parts(areas.size(), (i, c) -> block(source, areas.get(i)), control));
        nextRow++;
    }

    private byte[] block(final BlockSource source, final Area area) throws RunFailed, RunCancelled {
        final byte[] samples = source.samples(area.x, area.y, area.width, area.height);
        return samples == null ? new byte[0] : encoder.encode(samples, area.width, area.height);
    }

    private void place(final long[] keys, final Map<Long, Integer> made, final List<byte[]> encoded) throws RunFailed {
        final Map<Long, Place> here = new HashMap<>();
        for (final Map.Entry<Long, Integer> entry : made.entrySet()) {
            final byte[] bytes = encoded.get(entry.getValue());
            final Place place = bytes.length == 0 ? Place.NOWHERE : new Place(writer.append(bytes), bytes.length);
            (entry.getKey() < 0 ? here : repeated).put(entry.getKey(), place);
        }
        for (int column = 0; column < keys.length; column++) {
            final Place place = (keys[column] < 0 ? here : repeated).get(keys[column]);
            offsets[nextRow * keys.length + column] = place.offset;
            lengths[nextRow * keys.length + column] = place.length;
        }
    }

    /** The directory, when all rows are written. */
    DirectoryDraft directory(final WrittenTag... more) {
        if (nextRow != image.rows()) {
            throw new IllegalStateException(nextRow + " of " + image.rows() + " rows of blocks");
        }
        final List<WrittenTag> tags = new ArrayList<>(ImageTags.of(image, writer.form(), offsets, lengths));
        if (image.compression() == BlockCompression.JPEG && image.jpeg().sharedTables()) {
            tags.add(WrittenTag.undefined(TiffTag.JPEG_TABLES, encoder.tables()));
        }
        return new DirectoryDraft(tags, List.of()).and(more);
    }
}
