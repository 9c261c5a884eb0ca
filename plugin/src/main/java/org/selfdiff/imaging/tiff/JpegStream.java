package org.selfdiff.imaging.tiff;

import java.io.EOFException;
import java.io.IOException;

/**
 * Makes a whole JPEG stream of the parts that a TIFF file keeps (TIFF Tech Note 2): start, Adobe marker, tables, the
 * block's own segments, pixels, end. Application segments of the block are left out, so that the Adobe marker alone tells
 * the colours and no profile is applied. The segments are walked once, and the frame is read on the way (ITU T.81, B).
 */
final class JpegStream {
    private static final int SOI = 0xd8;

    private static final int EOI = 0xd9;

    private static final int SOS = 0xda;

    private static final int MAX_SCANS = 256;

    private static final int ALL = Integer.MAX_VALUE;

    private final byte[] out;

    private int size;

    private JpegFrame frame;

    private boolean progressive;

    /** Place of the frame's height in the output. */
    private int heightAt;

    /** Most blocks of a component above each other in a unit. */
    private int unitRows = 1;

    private final JpegTableNames tables = new JpegTableNames();

    private JpegStream(final int room) {
        out = new byte[room];
    }

    /** The stream and what its frame says. */
    record Whole(byte[] bytes, JpegFrame frame) {}

    /**
     * Assembles a stream.
     *
     * @param tables segments as {@link #tables} returns them
     * @param block the block's bytes, with or without start and end marker
     * @param transform colours of three components: 0 RGB, 1 YCbCr
     */
    static Whole assemble(final byte[] tables, final byte[] block, final int transform) throws IOException {
        return assemble(tables, block, transform, ALL);
    }

    /**
     * Assembles a stream that ends early: its frame declares no more rows than are needed, so that a decoder stops there.
     * The rows are those of the whole picture, because one row of units more is kept, which the last ones are smoothed
     * with. A stream of several scans is left whole.
     *
     * @param rows how many are needed, at least 1
     */
    static Whole assemble(final byte[] tables, final byte[] block, final int transform, final int rows)
            throws IOException {
        final JpegStream stream = new JpegStream(18 + tables.length + block.length + 2);
        stream.put(0xff, SOI, 0xff, 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, transform);
        stream.segments(tables);
        final int pixels = stream.segments(block);
        if (pixels == block.length || stream.frame == null) {
            throw new IOException("its JPEG stream has no " + (stream.frame == null ? "frame" : "pixels"));
        }
        if (!stream.tables.scan(block, pixels, stream.frame.components()) || stream.progressive) {
            stream.checkScans(block, pixels);
        } else if (rows < stream.frame.height()) {
            stream.cut(rows);
        }
        stream.put(block, pixels, block.length - pixels);
        stream.put(0xff, EOI);
        return new Whole(java.util.Arrays.copyOf(stream.out, stream.size), stream.frame);
    }

    /** Declares fewer rows, whole units of them. */
    private void cut(final int rows) {
        final int unit = 8 * unitRows;
        final int height = (int) Math.min(frame.height(), (rows + 2L + unit - 1) / unit * unit);
        out[heightAt] = (byte) (height >> 8);
        out[heightAt + 1] = (byte) height;
        frame = new JpegFrame(frame.width(), height, frame.components());
    }

    /** The segments of the tag JPEGTables without start, end and application segments. */
    static byte[] tables(final byte[] tag) throws IOException {
        final JpegStream stream = new JpegStream(tag.length);
        if (stream.segments(tag) < tag.length || stream.frame != null) {
            throw new IOException("the tables hold pixels");
        }
        return java.util.Arrays.copyOf(stream.out, stream.size);
    }

    /** Copies segments up to the first scan or the end marker; returns where the scan begins, or the length. */
    private int segments(final byte[] in) throws IOException {
        int at = 0;
        while (at < in.length) {
            if ((in[at] & 0xff) != 0xff || at + 1 >= in.length) {
                throw new IOException("its JPEG stream has no marker where one is due");
            }
            final int marker = in[at + 1] & 0xff;
            if (marker == 0xff) {
                at++; // a fill byte
            } else if (marker == SOI) {
                at += 2;
            } else if (marker == EOI) {
                return in.length;
            } else if (marker == SOS) {
                return at;
            } else {
                at = segment(in, at, marker);
            }
        }
        return at;
    }

    private int segment(final byte[] in, final int at, final int marker) throws IOException {
        final int length = at + 4 > in.length ? 0 : u16(in, at + 2);
        if (length < 2 || at + 2 + length > in.length) {
            throw new EOFException("its JPEG stream ends within a segment");
        }
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
            frame(in, at + 4, length, marker);
        }
        tables.note(in, at, length, marker);
        if ((marker < 0xe0 || marker > 0xef) && marker != 0xfe) {
            put(in, at, 2 + length);
        }
        return at + 2 + length;
    }

    private void frame(final byte[] in, final int at, final int length, final int marker) throws IOException {
        if (frame != null || length < 8) {
            throw new IOException("its JPEG stream has a second or a damaged frame");
        }
        final int bits = in[at] & 0xff;
        final int height = u16(in, at + 1);
        final int width = u16(in, at + 3);
        final int components = in[at + 5] & 0xff;
        if (marker > 0xc2 || bits != 8 || components != 1 && components != 3) {
            throw new UnreadCoding("JPEG of process " + (marker - 0xc0) + " with " + components + " components of "
                    + bits + " bits is not read");
        }
        if (width == 0 || height == 0) {
            throw new IOException("its JPEG stream declares " + width + " x " + height + " pixels");
        }
        progressive = marker == 0xc2;
        heightAt = size + 5;
        for (int i = at + 7; i < Math.min(at + 6 + 3 * components, at + length - 2); i += 3) {
            unitRows = Math.max(unitRows, in[i] & 0xf);
        }
        frame = new JpegFrame(width, height, components);
    }

    /**
     * Looks at the scans behind the first one. A decoder visits the whole block once for each scan; a block that asks for
     * very many would never end.
     */
    private void checkScans(final byte[] in, final int from) throws IOException {
        int scans = 0;
        for (int i = from; i + 1 < in.length; i++) {
            final int marker = in[i] == (byte) 0xff ? in[i + 1] & 0xff : 0;
            if (marker == SOS) {
                scans++;
                tables.scan(in, i, frame.components());
            } else if (i + 4 <= in.length && i + 2 + u16(in, i + 2) <= in.length) {
                tables.note(in, i, u16(in, i + 2), marker);
            }
        }
        if (scans > MAX_SCANS) {
            throw new IOException("its JPEG stream has " + scans + " scans");
        }
    }

    private static int u16(final byte[] in, final int at) {
        return (in[at] & 0xff) << 8 | in[at + 1] & 0xff;
    }

    private void put(final byte[] in, final int from, final int count) {
        System.arraycopy(in, from, out, size, count);
        size += count;
    }

    private void put(final int... bytes) {
        for (final int b : bytes) {
            out[size++] = (byte) b;
        }
    }
}
