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

    private Lzw() {}

    static byte[] unpack(final byte[] packed, final int size) throws IOException {
        if (packed.length > 1 && packed[0] == 0 && (packed[1] & 1) == 1) {
            throw new IOException("its LZW codes begin with the lowest bit, as before TIFF 5.0, which is not read");
        }
        final byte[] out = new byte[size];
        final int[] starts = new int[TABLE];
        final int[] lengths = new int[TABLE];
        int next = END + 1;
        int width = 9;
        long bits = 0;
        int held = 0;
        int at = 0;
        int done = 0;
        int lastStart = -1;
        int lastLength = 0;
        while (done < size) {
            if (held < width && at + Integer.BYTES <= packed.length) {
                bits = bits << Integer.SIZE | (int) INT.get(packed, at) & 0xffffffffL;
                at += Integer.BYTES;
                held += Integer.SIZE;
            }
            while (held < width) {
                if (at >= packed.length) {
                    throw Unpacking.ended(done, size);
                }
                bits = bits << 8 | packed[at++] & 0xff;
                held += 8;
            }
            held -= width;
            final int code = (int) (bits >>> held) & (1 << width) - 1;
            if (code == END) {
                throw Unpacking.ended(done, size);
            }
            if (code == CLEAR) {
                next = END + 1;
                width = 9;
                lastStart = -1;
                continue;
            }
            if (code > next || code >= CLEAR && lastStart < 0 || code == next && next >= TABLE) {
                throw new IOException("its LZW data are damaged (code " + code + " of " + next + ")");
            }
            if (lastStart >= 0 && next < TABLE) {
                starts[next] = lastStart; // the last string and the byte that follows it
                lengths[next] = lastLength + 1;
                next++;
            }
            lastStart = done;
            if (code < CLEAR) {
                out[done++] = (byte) code;
                lastLength = 1;
            } else {
                lastLength = lengths[code];
                done = copy(out, starts[code], done, lastLength);
            }
            width = next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9;
        }
        return out;
    }

    /** Most strings are short: eight bytes at once are quicker than a call, and those too many are written over later. */
    private static int copy(final byte[] out, final int from, final int to, final int length) {
        final int count = Math.min(length, out.length - to);
        if (from + count > to) { // the newest entry reaches into what it makes
            for (int i = 0; i < count; i++) {
                out[to + i] = out[from + i];
            }
        } else if (count <= Long.BYTES && to + Long.BYTES <= out.length) {
            LONG.set(out, to, (long) LONG.get(out, from));
        } else {
            System.arraycopy(out, from, out, to, count);
        }
        return to + count;
    }
}
