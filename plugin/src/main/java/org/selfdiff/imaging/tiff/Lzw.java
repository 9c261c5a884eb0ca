package org.selfdiff.imaging.tiff;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * LZW as TIFF 6.0, section 13 has it: codes of 9 to 12 bits, highest bit first, which grow one code early; 256 clears the
 * table, 257 ends. A table entry is not copied: it is a stretch of what was already put out.
 */
final class Lzw {
    private static final int CLEAR = 256;

    private static final int END = 257;

    private static final int TABLE = 4096;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final byte[] packed;

    private final byte[] out;

    private final int[] starts = new int[TABLE];

    private final int[] lengths = new int[TABLE];

    private int at;

    private long bits;

    private int held;

    private int done;

    private Lzw(final byte[] packed, final byte[] out) {
        this.packed = packed;
        this.out = out;
    }

    static byte[] unpack(final byte[] packed, final int size, final BlockRoom room) throws IOException {
        if (packed.length > 1 && packed[0] == 0 && (packed[1] & 1) == 1) {
            throw new UnreadCoding("its LZW codes begin with the lowest bit, as before TIFF 5.0, which is not read");
        }
        final Lzw lzw = new Lzw(packed, room.of(size));
        lzw.run();
        return lzw.out;
    }

    private void run() throws IOException {
        int next = END + 1;
        int lastStart = -1;
        int lastLength = 0;
        while (done < out.length) {
            final int code = code(next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9);
            if (code == CLEAR) {
                next = END + 1;
                lastStart = -1;
                continue;
            }
            if (code == END) {
                throw Unpacking.ended(done, out.length);
            }
            if (code > END && (code > next || lastStart < 0)) {
                throw new IOException("its LZW data are damaged (code " + code + " of " + next + ")");
            }
            if (lastStart >= 0 && next < TABLE) {
                starts[next] = lastStart; // the last string and the byte that follows it
                lengths[next] = lastLength + 1;
                next++;
            }
            lastStart = done;
            lastLength = code < CLEAR ? 1 : lengths[code];
            if (code < CLEAR) {
                out[done++] = (byte) code;
            } else {
                copy(starts[code], lastLength);
            }
        }
    }

    private int code(final int width) throws IOException {
        if (held < width && at + Integer.BYTES <= packed.length) {
            bits = bits << Integer.SIZE | (int) INT.get(packed, at) & 0xffffffffL;
            at += Integer.BYTES;
            held += Integer.SIZE;
        }
        while (held < width) {
            if (at >= packed.length) {
                throw Unpacking.ended(done, out.length);
            }
            bits = bits << 8 | packed[at++] & 0xff;
            held += 8;
        }
        held -= width;
        return (int) (bits >>> held) & (1 << width) - 1;
    }

    /** Most strings are short: eight bytes at once are quicker than a call, and those too many are written over later. */
    private void copy(final int from, final int length) {
        final int count = Math.min(length, out.length - done);
        if (from + count > done) { // the newest entry reaches into what it makes
            for (int i = 0; i < count; i++) {
                out[done + i] = out[from + i];
            }
        } else if (count <= Long.BYTES && done + Long.BYTES <= out.length) {
            LONG.set(out, done, (long) LONG.get(out, from));
        } else {
            System.arraycopy(out, from, out, done, count);
        }
        done += count;
    }
}
