package org.selfdiff.imaging;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG stream and checks their CRC; the concatenated IDAT chunks read as one stream. Only what
 * shapes the pixels is kept, so that no text or profile, however it is compressed, costs anything.
 */
final class PngChunks extends InputStream {
    static final int IHDR = 0x49484452;

    static final int PLTE = 0x504c5445;

    static final int TRNS = 0x74524e53;

    /** Of an animation: the number of its pictures. */
    static final int ACTL = 0x6163544c;

    static final int EXIF = 0x65584966;

    static final int IDAT = 0x49444154;

    static final int IEND = 0x49454e44;

    private static final long SIGNATURE = 0x89504e470d0a1a0aL;

    private final DataInputStream in;

    private final CRC32 crc = new CRC32();

    private final byte[] buffer = new byte[8192];

    private int type;

    private int left;

    PngChunks(final InputStream stream) throws IOException {
        in = new DataInputStream(stream);
        if (in.readLong() != SIGNATURE) {
            throw new IOException("not a PNG signature");
        }
    }

    /** Finishes the present chunk, opens the next one and returns its type. */
    int next() throws IOException {
        if (type != 0) {
            finish();
        }
        left = in.readInt();
        if (left < 0) {
            throw new IOException("a chunk of negative length");
        }
        type = in.readInt();
        crc.reset();
        crc.update(new byte[] {(byte) (type >> 24), (byte) (type >> 16), (byte) (type >> 8), (byte) type});
        return type;
    }

    /** The whole content of the present chunk. */
    byte[] content(final int maxLength) throws IOException {
        if (left > maxLength) {
            throw new IOException("a chunk of " + left + " bytes where " + maxLength + " is the most");
        }
        final byte[] content = new byte[left];
        in.readFully(content);
        crc.update(content);
        left = 0;
        return content;
    }

    /** Goes on to the end of the file, so that a file that stops early is noticed. */
    void toEnd() throws IOException {
        while (type != IEND) {
            next();
        }
        finish();
    }

    private void finish() throws IOException {
        while (left > 0) {
            take(buffer, 0, buffer.length);
        }
        if (in.readInt() != (int) crc.getValue()) {
            throw new IOException("the checksum of a chunk is wrong");
        }
    }

    private int take(final byte[] to, final int offset, final int length) throws IOException {
        final int n = in.read(to, offset, Math.min(length, left));
        if (n < 0) {
            throw new EOFException();
        }
        crc.update(to, offset, n);
        left -= n;
        return n;
    }

    @Override
    public int read() throws IOException {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Bytes of the IDAT chunks; -1 when another chunk begins. */
    @Override
    public int read(final byte[] to, final int offset, final int length) throws IOException {
        while (left == 0) {
            if (type != IDAT || next() != IDAT) {
                return -1;
            }
        }
        return type == IDAT ? take(to, offset, length) : -1;
    }
}
