package org.selfdiff.imaging;

/**
 * Continuation of a picture past its border by reflection about the border pixel, which is not repeated: {@code c b | a
 * b c | b a}. It is periodic with {@code 2 (n - 1)}, so that it is defined at any distance.
 */
final class Mirror {

    private Mirror() {}

    /** The index in {@code 0..n-1} that is shown at {@code i}. */
    static int index(final int i, final int n) {
        if (i >= 0 && i < n) {
            return i;
        }
        if (n == 1) {
            return 0;
        }
        final int period = 2 * (n - 1);
        final int j = Math.floorMod(i, period);
        return j < n ? j : period - j;
    }
}
