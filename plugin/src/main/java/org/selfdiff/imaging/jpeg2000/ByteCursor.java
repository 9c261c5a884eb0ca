package org.selfdiff.imaging.jpeg2000;

import java.io.EOFException;
import java.io.IOException;

/** Reads big-endian numbers of a part of an array and never beyond it. */
final class ByteCursor {
    private final byte[] data;

    private final int end;

    private final String what;

    private int at;

    /**
     * A cursor on {@code data[from..to)}.
     *
     * @param what what is read, for the message when it ends too early
     */
    ByteCursor(final byte[] data, final int from, final int to, final String what) {
        this.data = data;
        this.at = from;
        this.end = to;
        this.what = what;
    }

    byte[] data() {
        return data;
    }

    int at() {
        return at;
    }

    int end() {
        return end;
    }

    int left() {
        return end - at;
    }

    int u8() throws IOException {
        need(1);
        return data[at++] & 0xff;
    }

    int u16() throws IOException {
        need(2);
        at += 2;
        return (data[at - 2] & 0xff) << 8 | data[at - 1] & 0xff;
    }

    long u32() throws IOException {
        return (long) u16() << 16 | u16();
    }

    /** The next {@code length} bytes as a cursor of their own; this one goes on behind them. */
    ByteCursor part(final int length, final String part) throws IOException {
        need(length);
        at += length;
        return new ByteCursor(data, at - length, at, part);
    }

    /** A second cursor at the same place. */
    ByteCursor ahead() {
        return new ByteCursor(data, at, end, what);
    }

    /** Goes to a position that is not behind the end. */
    void moveTo(final int position) {
        at = Math.min(position, end);
    }

    private void need(final int bytes) throws IOException {
        if (bytes < 0 || bytes > end - at) {
            throw new EOFException(what + " ends early: " + bytes + " bytes are needed, " + (end - at) + " are left");
        }
    }
}
