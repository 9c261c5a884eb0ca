package org.selfdiff.imaging;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongPredicate;

/**
 * Size and compression of the first picture in a TIFF or BigTIFF file, read from its first directory (TIFF 6.0, 2). Strips
 * that claim to be longer than the file, and samples of odd numbers of bits, for which some decoders make tables, are
 * refused.
 */
final class TiffHeader {
    private static final int WIDTH = 256;

    private static final int HEIGHT = 257;

    private static final int BITS_PER_SAMPLE = 258;

    private static final int COMPRESSION = 259;

    private static final int TILE_WIDTH = 322;

    private static final int TILE_HEIGHT = 323;

    private static final int ROWS_PER_STRIP = 278;

    private static final long SINGLE_STRIP = 0xffffffffL;

    private static final int STRIP_BYTES = 279;

    private static final int TILE_BYTES = 325;

    private static final int MAX_ENTRIES = 4096;

    private static final int BUFFER = 1 << 16;

    private final RandomAccessFile in;

    private final boolean little;

    private TiffHeader(final RandomAccessFile in, final boolean little) {
        this.in = in;
        this.little = little;
    }

    static PictureHeader read(final RandomAccessFile in) throws IOException {
        in.seek(0);
        return new TiffHeader(in, in.readUnsignedShort() == 0x4949).first();
    }

    private PictureHeader first() throws IOException {
        final int version = u16();
        final boolean big = version == 43;
        if (version != 42 && !big) {
            throw new IOException("not a TIFF version: " + version);
        }
        if (big) {
            in.seek(in.getFilePointer() + 4);
        }
        final long directory = big ? u64() : u32();
        if (directory <= 0 || directory >= in.length()) {
            throw new EOFException("the first directory lies past the end");
        }
        in.seek(directory);
        final long entries = big ? u64() : u16();
        if (entries < 0 || entries > MAX_ENTRIES) {
            throw new IOException(entries + " entries in the first directory");
        }
        final long[] values = new long[512];
        for (long e = 0; e < entries; e++) {
            in.seek(directory + (big ? 8 + 20 * e : 2 + 12 * e));
            final int tag = u16();
            final int type = u16();
            final long count = big ? u64() : u32();
            if (tag == STRIP_BYTES || tag == TILE_BYTES) {
                final long most = in.length();
                if (!all(type, count, big, length -> length >= 0 && length <= most)) {
                    throw new EOFException("a strip of more bytes than the file's " + most);
                }
            } else if (tag == BITS_PER_SAMPLE) {
                if (!all(type, count, big, bits -> bits >= 0 && bits <= 16 || bits == 32 || bits == 64)) {
                    throw new IOException("samples of more than 16 bits, and not 32 or 64");
                }
            } else if (tag < values.length) {
                values[tag] = type == 3 ? u16() : type == 16 ? u64() : u32();
            }
        }
        // a tile or strip is decoded whole, so that one larger than the picture counts; all ones mean a single strip
        final long strip = values[ROWS_PER_STRIP] >= SINGLE_STRIP ? 0 : values[ROWS_PER_STRIP];
        final long width = Math.max(values[WIDTH], values[TILE_WIDTH]);
        final long height = Math.max(Math.max(values[HEIGHT], values[TILE_HEIGHT]), strip);
        final boolean jpeg = values[COMPRESSION] == 6 || values[COMPRESSION] == 7;
        return new PictureHeader(jpeg ? PictureHeader.Format.TIFF_OF_JPEG : PictureHeader.Format.TIFF, width, height);
    }

    /** Whether all of a list of numbers are sound that decoders take memory by, before they see what is there. */
    private boolean all(final int type, final long count, final boolean big, final LongPredicate sound)
            throws IOException {
        final int size =
                switch (type) {
                    case 1 -> Byte.BYTES;
                    case 3 -> Short.BYTES;
                    case 16 -> Long.BYTES;
                    default -> Integer.BYTES;
                };
        if (count < 0 || count > in.length() / size) {
            throw new EOFException("a list of " + count + " values, more than the file has bytes");
        }
        if (count * size > (big ? 8 : 4)) {
            in.seek(big ? u64() : u32());
        }
        final ByteBuffer values =
                ByteBuffer.allocate(BUFFER).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        for (long left = count * size; left > 0; left -= values.limit()) {
            values.clear().limit((int) Math.min(left, BUFFER));
            in.readFully(values.array(), 0, values.limit());
            while (values.hasRemaining()) {
                final long value =
                        switch (size) {
                            case Byte.BYTES -> values.get() & 0xff;
                            case Short.BYTES -> values.getShort() & 0xffff;
                            case Integer.BYTES -> values.getInt() & 0xffffffffL;
                            default -> values.getLong();
                        };
                if (!sound.test(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private int u16() throws IOException {
        final short v = in.readShort();
        return (little ? Short.reverseBytes(v) : v) & 0xffff;
    }

    private long u32() throws IOException {
        final int v = in.readInt();
        return (little ? Integer.reverseBytes(v) : v) & 0xffffffffL;
    }

    private long u64() throws IOException {
        final long v = in.readLong();
        return little ? Long.reverseBytes(v) : v;
    }
}
