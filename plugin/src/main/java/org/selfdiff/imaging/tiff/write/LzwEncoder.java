package org.selfdiff.imaging.tiff.write;

import java.util.Arrays;

/**
 * Packs by LZW as TIFF has it (TIFF 6.0, section 13): codes of 9 to 12 bits, high bit first, one bit longer from the entry before
 * the table's power of two on.
 */
final class LzwEncoder {
    private static final int CLEAR = 256;

    private static final int END = 257;

    private static final int FIRST = 258;

    private static final int FULL = 4094;

    private static final int SLOTS = 1 << 14;

    private final int[] keys = new int[SLOTS];

    private final short[] codes = new short[SLOTS];

    private byte[] out;

    private int length;

    private int bits;

    private int held;

    private int width;

    private int next;

    private LzwEncoder() {}

    static byte[] encode(final byte[] content) {
        return new LzwEncoder().run(content);
    }

    private byte[] run(final byte[] content) {
        out = new byte[content.length / 2 + 64];
        clear();
        int prefix = content[0] & 0xff;
        for (int i = 1; i < content.length; i++) {
            final int symbol = content[i] & 0xff;
            final int key = prefix << 8 | symbol;
            final int slot = slot(key);
            if (keys[slot] == key) {
                prefix = codes[slot];
                continue;
            }
            put(prefix);
            keys[slot] = key;
            codes[slot] = (short) next;
            grow();
            prefix = symbol;
        }
        put(prefix);
        grow(); // the reader adds an entry after this code, too
        put(END);
        if (held > 0) {
            append((byte) (bits << 8 - held));
        }
        return Arrays.copyOf(out, length);
    }

    private void grow() {
        next++;
        if (next == FULL) {
            put(CLEAR);
            reset();
        } else if (next == 1 << width) {
            width++;
        }
    }

    private void clear() {
        width = 9;
        put(CLEAR);
        reset();
    }

    private void reset() {
        Arrays.fill(keys, -1);
        width = 9;
        next = FIRST;
    }

    private int slot(final int key) {
        int slot = (key * 0x9e3779b1) >>> 18;
        while (keys[slot] != -1 && keys[slot] != key) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    private void put(final int code) {
        bits = bits << width | code;
        held += width;
        while (held >= 8) {
            held -= 8;
            append((byte) (bits >> held));
        }
        bits &= (1 << held) - 1;
    }

    private void append(final byte value) {
        if (length == out.length) {
            out = Arrays.copyOf(out, 2 * length);
        }
        out[length++] = value;
    }
}
