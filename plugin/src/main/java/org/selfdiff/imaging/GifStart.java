package org.selfdiff.imaging;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The part of a GIF that holds its first image (GIF89a, 18 to 23). A decoder that reads all images would allocate for
 * those whose size nobody has checked.
 */
final class GifStart {
    private static final int IMAGE = 0x2c;

    private static final int EXTENSION = 0x21;

    private static final byte TRAILER = 0x3b;

    private final byte[] file;

    private int at;

    private GifStart(final byte[] file) {
        this.file = file;
    }

    /**
     * A GIF of the first image alone.
     *
     * @param file the whole file
     * @throws IOException if there is no image, or the file ends within it
     */
    static byte[] of(final byte[] file) throws IOException {
        final GifStart start = new GifStart(file);
        start.skip(10);
        start.skipColours(start.next(), 2);
        int block = start.next();
        while (block == EXTENSION) {
            start.skip(1);
            start.skipData();
            block = start.next();
        }
        if (block != IMAGE) {
            throw new IOException("no image in this GIF");
        }
        start.skip(8);
        start.skipColours(start.next(), 1); // and the smallest code of the data
        start.skipData();
        final byte[] first = Arrays.copyOf(file, start.at + 1);
        first[start.at] = TRAILER;
        return first;
    }

    private int next() throws IOException {
        skip(1);
        return file[at - 1] & 0xff;
    }

    private void skip(final int bytes) throws IOException {
        if (bytes > file.length - at) {
            throw new EOFException();
        }
        at += bytes;
    }

    /** Skips a colour table if the flags announce one, and some more bytes. */
    private void skipColours(final int flags, final int more) throws IOException {
        skip(((flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1) + more);
    }

    private void skipData() throws IOException {
        for (int size = next(); size != 0; size = next()) {
            skip(size);
        }
    }
}
