package org.selfdiff.imaging;

/**
 * Continuation of a picture past its border by reflection about the border pixel, which is not repeated: {@code c b | a
 * b c | b a}. It is periodic with {@code 2 (n - 1)}, so that it is defined at any distance.
 */
public final class Mirror {

    private Mirror() {}

    /** The index in {@code 0..n-1} that is shown at {@code i}. */
    public static int index(final int i, final int n) {
        return (int) index((long) i, n);
    }

    /** The same for levels of a slide, whose size may exceed an int. */
    public static long index(final long i, final long n) {
        if (i >= 0 && i < n) {
            return i;
        }
        if (n == 1) {
            return 0;
        }
        final long period = 2 * (n - 1);
        final long j = Math.floorMod(i, period);
        return j < n ? j : period - j;
    }
}
