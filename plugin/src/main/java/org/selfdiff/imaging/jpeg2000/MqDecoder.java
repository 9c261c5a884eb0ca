package org.selfdiff.imaging.jpeg2000;

/**
 * The arithmetic decoder of T.800 Annex C. Its state is kept so that the frequent case, a more probable symbol without
 * renormalisation, costs one subtraction and one comparison (Taubman and Marcellin, JPEG2000, 12.1.2): with the
 * interval A and the code register C, {@code d = min(A - 0x8000, C >> 16)} shrinks by Qe with each symbol, and as long as
 * it is not negative the symbol is the more probable one. The caller keeps {@code d} in a local variable:
 *
 * <pre>
 * int s = contexts[i];
 * d -= s >>> QE;
 * int bit = s &amp; 1;
 * if (d &lt; 0) {
 *     d = mq.exchange(i, d);
 *     bit = d &amp; 1;
 *     d >>= 1;
 * }
 * </pre>
 */
final class MqDecoder {
    /** A context holds its Qe from this bit on, below it the index of its state, and its more probable symbol lowest. */
    static final int QE = 8;

    /** C has 32 bits; more would come up in damaged codewords only. */
    private static final long REGISTER = 0xffffffffL;

    /** Qe, next state after a more probable and after a less probable symbol, and whether symbols switch (table C.2). */
    private static final int[][] STATES = {
        {0x5601, 1, 1, 1}, {0x3401, 2, 6, 0}, {0x1801, 3, 9, 0}, {0x0ac1, 4, 12, 0}, {0x0521, 5, 29, 0},
        {0x0221, 38, 33, 0}, {0x5601, 7, 6, 1}, {0x5401, 8, 14, 0}, {0x4801, 9, 14, 0}, {0x3801, 10, 14, 0},
        {0x3001, 11, 17, 0}, {0x2401, 12, 18, 0}, {0x1c01, 13, 20, 0}, {0x1601, 29, 21, 0}, {0x5601, 15, 14, 1},
        {0x5401, 16, 14, 0}, {0x5101, 17, 15, 0}, {0x4801, 18, 16, 0}, {0x3801, 19, 17, 0}, {0x3401, 20, 18, 0},
        {0x3001, 21, 19, 0}, {0x2801, 22, 19, 0}, {0x2401, 23, 20, 0}, {0x2201, 24, 21, 0}, {0x1c01, 25, 22, 0},
        {0x1801, 26, 23, 0}, {0x1601, 27, 24, 0}, {0x1401, 28, 25, 0}, {0x1201, 29, 26, 0}, {0x1101, 30, 27, 0},
        {0x0ac1, 31, 28, 0}, {0x09c1, 32, 29, 0}, {0x08a1, 33, 30, 0}, {0x0521, 34, 31, 0}, {0x0441, 35, 32, 0},
        {0x02a1, 36, 33, 0}, {0x0221, 37, 34, 0}, {0x0141, 38, 35, 0}, {0x0111, 39, 36, 0}, {0x0085, 40, 37, 0},
        {0x0049, 41, 38, 0}, {0x0025, 42, 39, 0}, {0x0015, 43, 40, 0}, {0x0009, 44, 41, 0}, {0x0005, 45, 42, 0},
        {0x0001, 45, 43, 0}, {0x5601, 46, 46, 0}
    };

    /** The next context, by the low eight bits of the present one and whether the less probable symbol came. */
    private static final int[] AFTER = new int[512];

    static {
        for (int i = 0; i < 2 * STATES.length; i++) {
            final int[] state = STATES[i >> 1];
            AFTER[2 * i] = context(state[1], i & 1);
            AFTER[2 * i + 1] = context(state[2], i & 1 ^ state[3]);
        }
    }

    /** The contexts that are decoded with. */
    final int[] contexts;

    private byte[] data;

    private int at;

    private int shifts;

    /** A and C as they are where {@code d} is zero. */
    private int interval;

    private long code;

    MqDecoder(final int contexts) {
        this.contexts = new int[contexts];
    }

    /** A context of a state of table C.2 and a more probable symbol. */
    static int context(final int state, final int more) {
        return STATES[state][0] << QE | state << 1 | more;
    }

    /**
     * Begins a codeword (INITDEC) and returns the first {@code d}.
     *
     * @param bytes holds the codeword and two bytes 0xff behind it
     * @param from where it begins
     */
    int start(final byte[] bytes, final int from) {
        data = bytes;
        at = from;
        final long c = nextByte((bytes[from] & 0xffL) << 16);
        shifts -= 7;
        return keep(0x8000, c << 7);
    }

    /** BYTEIN: C with the next byte. */
    private long nextByte(final long c) {
        final int next = data[at + 1] & 0xff;
        shifts = 8;
        if (data[at] != (byte) 0xff) {
            at++;
            return c + (next << 8);
        } else if (next > 0x8f) {
            return c + 0xff00; // the codeword is over: ones without end
        }
        at++;
        shifts = 7;
        return c + (next << 9);
    }

    /** Ends a step: returns {@code d} and keeps A and C without it. */
    private int keep(final int a, final long c) {
        final int d = Math.min(a - 0x8000, (int) (c >> 16));
        interval = a - d;
        code = c - ((long) d << 16);
        return d;
    }

    /** Where {@code d} became negative: returns twice the new {@code d} plus the symbol. */
    int exchange(final int i, final int d) {
        final int context = contexts[i];
        final int qe = context >>> QE;
        final int rest = interval + d;
        final long under = code + ((long) d << 16);
        final int lower = (int) (under >> 63); // all ones if C lies in the lower part of the interval, else zero
        int a = rest ^ (rest ^ qe) & lower; // without a branch, which nobody could foretell
        long c = under + ((long) (qe & lower) << 16);
        final int less = rest - qe >>> 31 ^ lower & 1;
        contexts[i] = AFTER[(context & 0xff) << 1 | less];
        int n = Integer.numberOfLeadingZeros(a) - 16;
        a <<= n;
        while (n > shifts) {
            n -= shifts;
            c = nextByte(c << shifts);
        }
        shifts -= n;
        return keep(a, c << n & REGISTER) << 1 | context & 1 ^ less;
    }

    /** Decodes one symbol; as above, for where speed does not matter. */
    int decode(final int i, final int d) {
        final int s = contexts[i];
        final int next = d - (s >>> QE);
        return next < 0 ? exchange(i, next) : next << 1 | s & 1;
    }
}
