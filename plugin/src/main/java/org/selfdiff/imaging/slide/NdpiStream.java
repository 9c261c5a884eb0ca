package org.selfdiff.imaging.slide;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.selfdiff.imaging.JpegHeader;
import org.selfdiff.imaging.tiff.BlockGrid;
import org.selfdiff.imaging.tiff.BlockTable;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * The JPEG stream of an NDPI level. Between two restart markers lies a row of minimum coded units, or a part of one,
 * that decodes on its own under the stream's header with another size in it (ITU T.81, E.1.4). Sizes beyond 65535,
 * which the header cannot hold, are those of the directory.
 *
 * @param directory of the level
 * @param offset of the stream in the file
 * @param length of the stream in bytes
 * @param header its segments
 * @param width of the level in pixels
 * @param height of the level in pixels
 */
record NdpiStream(TiffDirectory directory, long offset, long length, JpegHeader header, int width, int height) {
    private static final int FIRST_READ = 1 << 16;

    private static final int LARGEST_HEADER = 1 << 24;

    private static final int MAX_PIECES = 1 << 22;

    private static final int MAX_SIDE = 65_535;

    /** Reads the header. */
    static NdpiStream of(final TiffDirectory directory) throws RunFailed, IOException {
        final long offset = directory.number(TiffTag.STRIP_OFFSETS);
        final long length = directory.number(TiffTag.STRIP_BYTE_COUNTS);
        if (length < 4 || offset < 0 || offset > directory.file().length() - length) {
            throw new EOFException("its " + length + " bytes at " + offset + " lie past the end of the file");
        }
        JpegHeader header;
        try {
            header = header(directory, offset, Math.min(length, FIRST_READ));
        } catch (final EOFException e) {
            header = header(directory, offset, Math.min(length, LARGEST_HEADER));
        }
        final int width = (int) TiffDialect.width(directory);
        final int height = (int) TiffDialect.height(directory);
        if (header.restartInterval() > 0 || header.width() == 0 || header.height() == 0) {
            return new NdpiStream(directory, offset, length, header, width, height);
        }
        // without restart markers the stream's own size counts; the directory's may be rounded otherwise
        return new NdpiStream(
                directory, offset, length, header, Math.min(width, header.width()), Math.min(height, header.height()));
    }

    private static JpegHeader header(final TiffDirectory directory, final long offset, final long count)
            throws IOException {
        final byte[] bytes = directory.file().bytes(offset, (int) count);
        return JpegHeader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    /** Minimum coded units in a row. */
    private int unitsAcross() {
        return (int) (((long) width + header.blockWidth() - 1) / header.blockWidth());
    }

    private int unitsDown() {
        return (int) (((long) height + header.blockHeight() - 1) / header.blockHeight());
    }

    /** Whether the pieces between restart markers are rectangles: whole rows of units or equal parts of a row. */
    boolean isCut() {
        final int interval = header.restartInterval();
        return interval > 0
                && header.streams()
                && (unitsAcross() % interval == 0 || interval % unitsAcross() == 0)
                && pieceWidth() <= MAX_SIDE
                && pieceHeight() <= MAX_SIDE;
    }

    private int pieceWidth() {
        return Math.min(unitsAcross(), header.restartInterval()) * header.blockWidth();
    }

    private long pieceHeight() {
        return Math.max(1, (long) header.restartInterval() / unitsAcross()) * header.blockHeight();
    }

    /**
     * The table of blocks: the pieces if the stream is cut, else the stream as a whole.
     *
     * @throws IOException if a marker is missing
     */
    BlockTable blocks(final RunControl control) throws RunFailed, RunCancelled, IOException {
        if (!isCut()) {
            if (header.width() == 0 || header.height() == 0) {
                throw new IOException("it declares no size and has no restart markers");
            }
            final BlockGrid whole = new BlockGrid(width, height, header.width(), header.height(), false);
            return new BlockTable(whole, 1, new long[] {offset}, new long[] {length}, new byte[0]);
        }
        final int rows = (int) Math.min((long) unitsDown() * header.blockHeight(), pieceHeight());
        final BlockGrid grid = new BlockGrid(width, height, pieceWidth(), rows, false);
        if (grid.count() > MAX_PIECES) {
            throw new IOException("it has " + grid.count() + " pieces");
        }
        final long[] starts =
                new RestartMarkers(directory, offset, length, header.length()).starts(grid.count(), control);
        final long[] lengths = new long[starts.length];
        for (int i = 0; i < starts.length; i++) {
            // the marker before the next piece belongs to neither
            final long end = i + 1 < starts.length ? starts[i + 1] - 2 : offset + length;
            lengths[i] = Math.max(1, end - starts[i]);
        }
        return new BlockTable(grid, 1, starts, lengths, prefix(grid));
    }

    /** The stream's header with the size of a piece and without a restart interval. */
    private byte[] prefix(final BlockGrid grid) throws IOException {
        final byte[] bytes = directory.file().bytes(offset, header.length());
        final byte[] prefix = Arrays.copyOf(bytes, bytes.length);
        put(prefix, header.sizeAt(), grid.blockHeight());
        put(prefix, header.sizeAt() + 2, grid.blockWidth());
        put(prefix, header.restartAt(), 0);
        return prefix;
    }

    private static void put(final byte[] bytes, final int at, final int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }
}
