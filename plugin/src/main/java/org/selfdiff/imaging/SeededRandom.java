package org.selfdiff.imaging;

/**
 * Random numbers as a pure function of a key: the same key gives the same numbers on every machine and in every thread.
 * SplitMix64 (Steele, Lea, Flood 2014), started at a mix of the key's parts, such as (seed, picture) or (seed, step,
 * tile). For choices and synthetic pictures, not for the noise of a diffusion model.
 */
public final class SeededRandom {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    private double spare = Double.NaN;

    /**
     * Starts a sequence.
     *
     * @param key parts of the key; their order matters
     */
    public SeededRandom(final long... key) {
        state = mix(key);
    }

    /** A 64-bit hash of some numbers in their order. */
    public static long mix(final long... key) {
        long hash = 0;
        for (final long part : key) {
            hash = finish(hash + GAMMA ^ finish(part + GAMMA));
        }
        return hash;
    }

    /** A 64-bit hash of a text: its characters by FNV-1a, then mixed. */
    public static long mix(final String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return finish(hash);
    }

    private static long finish(final long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** 64 random bits. */
    public long nextLong() {
        state += GAMMA;
        return finish(state);
    }

    /** A number of at least 0 and less than 1, a multiple of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** A number between two others. */
    public double between(final double low, final double high) {
        return low + (high - low) * nextDouble();
    }

    /** A whole number of 0 to {@code bound - 1}, each as likely to within {@code bound / 2^32}. */
    public int nextInt(final int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be positive, not " + bound);
        }
        return (int) ((nextLong() >>> 32) * bound >>> 32);
    }

    /** True with the given probability. */
    public boolean chance(final double probability) {
        return nextDouble() < probability;
    }

    /** A number from the normal distribution of mean 0 and variance 1 (Box and Muller 1958). */
    public double gaussian() {
        if (!Double.isNaN(spare)) {
            final double second = spare;
            spare = Double.NaN;
            return second;
        }
        final double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        final double angle = 2 * Math.PI * nextDouble();
        spare = radius * StrictMath.sin(angle);
        return radius * StrictMath.cos(angle);
    }

    /** A random order of {@code 0..n-1}, all orders equally likely (Fisher and Yates). */
    public int[] permutation(final int n) {
        final int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            final int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
