package org.selfdiff.imaging.jpeg2000;

import java.io.EOFException;
import java.io.IOException;

/** The bits of packet headers: after a byte of ones a bit is stuffed (T.800 B.10.1). */
final class PacketBits {
    private final byte[] data;

    private final int end;

    private int at;

    private int current;

    private int left;

    PacketBits(final byte[] data, final int from, final int end) {
        this.data = data;
        this.at = from;
        this.end = end;
    }

    int bit() throws IOException {
        if (left == 0) {
            left = current == 0xff ? 7 : 8;
            current = next();
        }
        left--;
        return current >> left & 1;
    }

    int bits(final int count) throws IOException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** Ends a header: the rest of its byte is dropped, and the byte that follows a byte of ones. */
    void align() throws IOException {
        if (current == 0xff) {
            next();
        }
        current = 0;
        left = 0;
    }

    private int next() throws IOException {
        if (at >= end) {
            throw new EOFException("the data end within a packet's header");
        }
        return data[at++] & 0xff;
    }

    /** Position of the next byte, after {@link #align()}. */
    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    /** Leaves out bytes, of which there are {@link #left()} at most. */
    void skip(final int bytes) {
        at += bytes;
    }

    /** Whether a marker comes next. */
    boolean atMarker(final int marker) {
        return left() >= 2 && (data[at] & 0xff) == marker >> 8 && (data[at + 1] & 0xff) == (marker & 0xff);
    }
}
