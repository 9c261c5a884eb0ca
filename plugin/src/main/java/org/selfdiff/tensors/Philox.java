package org.selfdiff.tensors;

/**
 * Random numbers as a function of (seed, stream, index), by the counter-based generator Philox4x32-10 (Salmon et al.,
 * "Parallel random numbers: as easy as 1, 2, 3", SC 2011). There is no state: a run that resumes at a step, or fills an
 * array in other pieces or on other threads, gets the same numbers.
 *
 * <p>The block with number {@code b} of a stream is Philox under the key (low, high word of the seed) of the counter
 * (low word of b, high word of b, low word of the stream, high word of the stream). Its four words w0 to w3 belong to
 * the indices 4b to 4b+3:
 *
 * <ul>
 *   <li>uniform: u(w) = (w + 0.5) / 2^32, w unsigned, rounded to the nearest float below 1; so 0 &lt; u &lt; 1;
 *   <li>Gaussian (Box and Muller 1958): r = sqrt(-2 ln u(w0)), then r cos(2 pi w1 / 2^32) and r sin(2 pi w1 / 2^32) for
 *       indices 4b and 4b+1; w2 and w3 likewise for 4b+2 and 4b+3. No value is beyond 6.77.
 * </ul>
 *
 * All arithmetic is in Java's own operations ({@link BoxMuller}), so the numbers are the same bits on every machine.
 */
public final class Philox {
    private static final int M0 = 0xD2511F53;

    private static final int M1 = 0xCD9E8D57;

    private static final int W0 = 0x9E3779B9;

    private static final int W1 = 0xBB67AE85;

    private static final long WORD = 0xFFFFFFFFL;

    private static final int ROUNDS = 10;

    /** Blocks that are worked on together. */
    private static final int CHUNK = 256;

    private static final float BELOW_ONE = Math.nextDown(1f);

    private Philox() {}

    /** Fills an array with standard Gaussians, indices 0 to its length. */
    public static void gaussians(final long seed, final long stream, final float[] out) {
        gaussians(seed, stream, 0, out, 0, out.length);
    }

    /**
     * Fills a part of an array with standard Gaussians.
     *
     * @param seed the run's seed
     * @param stream which sequence of the seed, for instance the step
     * @param first index of the first number, 0 or more
     * @param out the array
     * @param from position in the array of the first number
     * @param count how many
     */
    public static void gaussians(
            final long seed, final long stream, final long first, final float[] out, final int from, final int count) {
        final BoxMuller pairs = new BoxMuller(Math.max(1, Math.min(CHUNK, count / 4)));
        fill(seed, stream, first, out, from, count, pairs.words(), pairs::convert);
    }

    /** Fills an array with uniform numbers between 0 and 1, both excluded; indices 0 to its length. */
    public static void uniforms(final long seed, final long stream, final float[] out) {
        uniforms(seed, stream, 0, out, 0, out.length);
    }

    /** Fills a part of an array with uniform numbers, see {@link #gaussians(long, long, long, float[], int, int)}. */
    public static void uniforms(
            final long seed, final long stream, final long first, final float[] out, final int from, final int count) {
        final int[] words = new int[4 * Math.max(1, Math.min(CHUNK, count / 4))];
        fill(seed, stream, first, out, from, count, words, (blocks, to, at) -> uniforms(words, blocks, to, at));
    }

    /**
     * One whole number, evenly distributed.
     *
     * @param index index of the number; takes block {@code index} of the stream, so whole numbers need streams of
     *     their own
     * @param bound one more than the greatest, at least 1
     */
    public static int below(final long seed, final long stream, final long index, final int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound " + bound);
        }
        final int[] w = block(
                new int[4], 0, (int) index, (int) (index >>> 32), (int) stream, (int) (stream >>> 32), (int) seed, (int)
                        (seed >>> 32));
        // 32 random bits scaled to 0..bound; a second word takes the bias below 2^-32
        final long scaled = (w[0] & WORD) * bound + ((w[1] & WORD) * bound >>> 32);
        return (int) (scaled >>> 32);
    }

    /** Turns the words of some blocks into numbers, four a block. */
    private interface Conversion {
        void convert(int blocks, float[] out, int at);
    }

    /**
     * Fills a part of an array, in chunks of whole blocks where it can.
     *
     * @param words gets the words of a chunk, those of a block one after the other
     */
    private static void fill(
            final long seed,
            final long stream,
            final long first,
            final float[] out,
            final int from,
            final int count,
            final int[] words,
            final Conversion conversion) {
        if (first < 0) {
            throw new IllegalArgumentException("index " + first);
        }
        java.util.Objects.checkFromIndexSize(from, count, out.length);
        final float[] four = new float[4];
        long index = first;
        int at = from;
        final int end = from + count;
        while (at < end) {
            final int skip = (int) (index & 3);
            final int whole = skip == 0 ? Math.min((end - at) / 4, words.length / 4) : 0;
            blocks(words, Math.max(1, whole), index >>> 2, stream, seed);
            if (whole > 0) {
                conversion.convert(whole, out, at);
                at += 4 * whole;
                index += 4L * whole;
            } else {
                conversion.convert(1, four, 0);
                final int n = Math.min(4 - skip, end - at);
                System.arraycopy(four, skip, out, at, n);
                at += n;
                index += n;
            }
        }
    }

    private static void blocks(
            final int[] words, final int count, final long first, final long stream, final long seed) {
        for (int i = 0; i < count; i++) {
            final long block = first + i;
            block(
                    words,
                    4 * i,
                    (int) block,
                    (int) (block >>> 32),
                    (int) stream,
                    (int) (stream >>> 32),
                    (int) seed,
                    (int) (seed >>> 32));
        }
    }

    private static void uniforms(final int[] words, final int blocks, final float[] out, final int at) {
        for (int i = 0; i < 4 * blocks; i++) {
            final double u = ((words[i] & WORD) + 0.5) * 0x1p-32;
            out[at + i] = Math.min((float) u, BELOW_ONE);
        }
    }

    /** Philox4x32-10 of one counter; fills four words of {@code out} and returns it. */
    static int[] block(
            final int[] out,
            final int at,
            final int c0,
            final int c1,
            final int c2,
            final int c3,
            final int k0,
            final int k1) {
        int a = c0;
        int b = c1;
        int c = c2;
        int d = c3;
        int key0 = k0;
        int key1 = k1;
        for (int round = 0; round < ROUNDS; round++) {
            final long p0 = (M0 & WORD) * (a & WORD);
            final long p1 = (M1 & WORD) * (c & WORD);
            a = (int) (p1 >>> 32) ^ b ^ key0;
            b = (int) p1;
            c = (int) (p0 >>> 32) ^ d ^ key1;
            d = (int) p0;
            key0 += W0;
            key1 += W1;
        }
        out[at] = a;
        out[at + 1] = b;
        out[at + 2] = c;
        out[at + 3] = d;
        return out;
    }
}
