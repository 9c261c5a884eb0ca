package org.selfdiff.imaging.tiff;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.RowSink;
import org.selfdiff.run.RunFailed;

/**
 * Decodes a picture in strips from its first row to its last, for strips that are too large to be decoded at once, such
 * as a whole picture in a single deflate strip. Memory depends on the width alone.
 */
public final class StripRows {
    /** Compressions that are undone from the first byte to the last. */
    private static final Set<Long> ROWS =
            Set.of((long) Compression.LZW, (long) Compression.DEFLATE, (long) Compression.OLD_DEFLATE, (long)
                    Compression.PACK_BITS);

    private static final long LARGE_STRIP = 1 << 22;

    private static final int GROUP_BYTES = 1 << 20;

    private static final int MAX_WIDTH = 2_000_000;

    private StripRows() {}

    /** Whether a directory has packed strips of more than 4 million pixels, which cost a decoding for any rectangle. */
    public static boolean isLarge(final TiffDirectory directory) throws RunFailed {
        if (directory.has(TiffTag.TILE_WIDTH)
                || directory.number(TiffTag.COMPRESSION, Compression.NONE) == Compression.NONE) {
            return false;
        }
        final long height = directory.number(TiffTag.IMAGE_LENGTH);
        final long rows = rowsOfStrip(directory, height);
        return (double) directory.number(TiffTag.IMAGE_WIDTH) * rows > LARGE_STRIP;
    }

    private static long rowsOfStrip(final TiffDirectory directory, final long height) throws RunFailed {
        final long rows = directory.number(TiffTag.ROWS_PER_STRIP, height);
        return rows < 1 ? height : Math.min(rows, height);
    }

    /** Whether a directory's strips can be decoded row by row: not those of fax, of separate planes, of raw YCbCr. */
    public static boolean canRead(final TiffDirectory directory) throws RunFailed {
        final long compression = directory.number(TiffTag.COMPRESSION, Compression.NONE);
        if (compression == Compression.JPEG) {
            return true;
        }
        final long photometric = directory.number(TiffTag.PHOTOMETRIC, SampleLayout.BLACK_IS_ZERO);
        return ROWS.contains(compression)
                && photometric <= SampleLayout.PALETTE
                && directory.number(TiffTag.FILL_ORDER, 1) != 2
                && (directory.number(TiffTag.PLANAR_CONFIGURATION, 1) != 2
                        || directory.number(TiffTag.SAMPLES_PER_PIXEL, 1) == 1);
    }

    /**
     * Decodes.
     *
     * @param limits what a strip of JPEG may cost, which has to be held as a whole
     * @param sink gets whole rows from the top
     * @throws RunFailed naming the strip, if it is damaged, or the tag whose value is not read
     */
    public static void decode(final TiffDirectory directory, final DecodeLimits limits, final RowSink sink)
            throws RunFailed {
        final long width = directory.number(TiffTag.IMAGE_WIDTH);
        final long height = directory.number(TiffTag.IMAGE_LENGTH);
        if (width < 1 || width > MAX_WIDTH || height < 1 || height > Integer.MAX_VALUE) {
            throw directory.broken(
                    TiffTag.IMAGE_WIDTH, "The picture declares " + width + " x " + height + " pixels", null);
        }
        final int rows = (int) rowsOfStrip(directory, height);
        final int strips = (int) ((height + rows - 1) / rows);
        final long[] offsets = directory.numbers(TiffTag.STRIP_OFFSETS, strips);
        final long[] lengths = directory.numbers(TiffTag.STRIP_BYTE_COUNTS, strips);
        final Strip strip = new Strip(directory, limits, (int) width, sink);
        for (int i = 0; i < strips; i++) {
            final int top = i * rows;
            try {
                strip.decode(offsets[i], lengths[i], top, (int) Math.min(rows, height - top));
            } catch (final IOException | ArithmeticException e) {
                throw new RunFailed(
                        "A strip cannot be decoded: " + e.getMessage(),
                        directory.file().name() + ", " + directory.label() + ", strip at row " + top,
                        UnreadCoding.remedy(e),
                        e);
            }
        }
    }

    /** Decodes strips of one directory. */
    private static final class Strip {
        private final TiffDirectory directory;

        private final int width;

        private final RowSink sink;

        private final boolean jpeg;

        private final DecodeLimits limits;

        private final BlockCodec codec;

        private final int rowBytes;

        Strip(final TiffDirectory directory, final DecodeLimits limits, final int width, final RowSink sink)
                throws RunFailed {
            this.directory = directory;
            this.width = width;
            this.sink = sink;
            this.limits = limits;
            jpeg = directory.number(TiffTag.COMPRESSION, Compression.NONE) == Compression.JPEG;
            if (jpeg) {
                codec = JpegCodec.of(directory, new JdkJpeg(), limits);
                rowBytes = 0;
                return;
            }
            final SampleLayout layout = SampleLayout.of(directory);
            final boolean ycc = directory.number(TiffTag.PHOTOMETRIC, 1) == SampleLayout.YCBCR;
            if (layout.planar() || layout.reversed() || ycc) {
                throw directory.unread(
                        layout.planar() ? TiffTag.PLANAR_CONFIGURATION : TiffTag.PHOTOMETRIC,
                        "A strip of this size is only read as interleaved grey, palette or RGB samples");
            }
            codec = SampleCodec.of(directory, Unpacking.NONE, limits);
            rowBytes = Math.toIntExact(layout.rowBytes(width));
        }

        void decode(final long offset, final long length, final int top, final int rows) throws IOException, RunFailed {
            if (jpeg) {
                if (length > 3 * limits.maxPixels()) {
                    throw new IOException("a JPEG strip of " + length + " bytes");
                }
                ((JpegCodec) codec).rows(directory.file().bytes(offset, (int) length), width, top, rows, sink);
                return;
            }
            final int group = Math.max(1, Math.min(rows, GROUP_BYTES / rowBytes));
            final InputStream packed =
                    new BufferedInputStream(new FileBytes(directory.file(), offset, length), 1 << 16);
            try (InputStream in = UnpackedStream.of(directory, packed)) {
                for (int done = 0; done < rows; done += group) {
                    final int n = Math.min(group, rows - done);
                    final byte[] samples = in.readNBytes(rowBytes * n);
                    if (samples.length < rowBytes * n) {
                        throw new EOFException("its data end after " + done + " of " + rows + " rows");
                    }
                    put(codec.decode(new byte[][] {samples}, width, n), top + done, n);
                }
            }
        }

        private void put(final byte[] rgb, final int top, final int rows) throws IOException {
            final byte[] row = new byte[3 * width];
            for (int y = 0; y < rows; y++) {
                System.arraycopy(rgb, 3 * width * y, row, 0, row.length);
                sink.row(top + y, 0, 1, width, row);
            }
        }
    }

    /** A stretch of the file. */
    private static final class FileBytes extends InputStream {
        private final TiffFile file;

        private long at;

        private long left;

        FileBytes(final TiffFile file, final long offset, final long length) {
            this.file = file;
            at = offset;
            left = length;
        }

        @Override
        public int read() throws IOException {
            final byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(final byte[] into, final int from, final int count) throws IOException {
            if (left <= 0) {
                return -1;
            }
            final int n = (int) Math.min(left, count);
            file.input().fill(at, into, from, n);
            at += n;
            left -= n;
            return n;
        }
    }
}
