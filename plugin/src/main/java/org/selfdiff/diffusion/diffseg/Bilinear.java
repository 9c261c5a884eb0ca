package org.selfdiff.diffusion.diffseg;

/** Enlarges square maps bilinearly, with the centres of pixels at halves and the border repeated. */
final class Bilinear {
    private final int from;

    private final int to;

    private final int[] low;

    private final float[] share;

    Bilinear(final int from, final int to) {
        this.from = from;
        this.to = to;
        low = new int[to];
        share = new float[to];
        for (int i = 0; i < to; i++) {
            final double at = Math.max(0, (i + 0.5) * from / to - 0.5);
            low[i] = Math.min(from - 1, (int) at);
            share[i] = low[i] + 1 < from ? (float) (at - low[i]) : 0;
        }
    }

    /** The map that starts at a place of an array. */
    float[] map(final float[] values, final int at) {
        final float[] map = new float[to * to];
        final float[] row = new float[to];
        for (int y = 0; y < to; y++) {
            row(values, at, y, row);
            System.arraycopy(row, 0, map, y * to, to);
        }
        return map;
    }

    /** One row of the enlarged map. */
    void row(final float[] values, final int at, final int y, final float[] row) {
        final int upper = at + low[y] * from;
        final int lower = share[y] == 0 ? upper : upper + from;
        for (int x = 0; x < to; x++) {
            final int left = low[x];
            final int right = share[x] == 0 ? left : left + 1;
            final float above = values[upper + left] + share[x] * (values[upper + right] - values[upper + left]);
            final float below = values[lower + left] + share[x] * (values[lower + right] - values[lower + left]);
            row[x] = above + share[y] * (below - above);
        }
    }
}
