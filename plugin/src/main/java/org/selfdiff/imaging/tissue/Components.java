package org.selfdiff.imaging.tissue;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Connected parts of a mask, found over its runs by union-find with path halving: no recursion, and memory for the runs
 * alone. Parts are numbered by their first pixel, row by row. Connection is by eight neighbours or by four; tissue uses
 * eight and its holes four, as the two must differ for a closed curve to have an inside.
 */
final class Components {
    private final int width;

    private final int height;

    private int runs;

    /** Row, first column and column behind the last one of every run. */
    private int[] row = new int[1024];

    private int[] from = new int[1024];

    private int[] to = new int[1024];

    /** The run that a run is connected to, then the number of its part. */
    private int[] part = new int[1024];

    private int[] area;

    private int[][] box;

    private Components(final int width, final int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * Finds the parts.
     *
     * @param value of the pixels that belong to parts
     * @param diagonal whether diagonal neighbours are connected
     */
    static Components of(
            final byte[] mask, final int value, final int width, final int height, final boolean diagonal) {
        final Components components = new Components(width, height);
        int above = 0;
        for (int y = 0; y < height; y++) {
            final int first = components.runs;
            components.findRuns(mask, value, y);
            components.connect(above, first, diagonal ? 1 : 0);
            above = first;
        }
        components.number();
        return components;
    }

    private void findRuns(final byte[] mask, final int value, final int y) {
        final int start = y * width;
        int x = 0;
        while (x < width) {
            while (x < width && mask[start + x] != value) {
                x++;
            }
            if (x < width) {
                final int begin = x;
                while (x < width && mask[start + x] == value) {
                    x++;
                }
                addRun(y, begin, x);
            }
        }
    }

    private void addRun(final int y, final int begin, final int end) {
        if (runs == row.length) {
            final int larger = 2 * runs;
            row = Arrays.copyOf(row, larger);
            from = Arrays.copyOf(from, larger);
            to = Arrays.copyOf(to, larger);
            part = Arrays.copyOf(part, larger);
        }
        row[runs] = y;
        from[runs] = begin;
        to[runs] = end;
        part[runs] = runs;
        runs++;
    }

    /**
     * Joins the runs of one row, {@code here} to the end, with those of the row before, {@code above} to {@code here}.
     */
    private void connect(final int above, final int here, final int slack) {
        int a = above;
        int b = here;
        while (a < here && b < runs) {
            if (from[a] < to[b] + slack && from[b] < to[a] + slack) {
                final int i = root(a);
                final int j = root(b);
                part[Math.max(i, j)] = Math.min(i, j);
            }
            if (to[a] < to[b]) {
                a++;
            } else {
                b++;
            }
        }
    }

    private int root(final int run) {
        int i = run;
        while (part[i] != i) {
            part[i] = part[part[i]];
            i = part[i];
        }
        return i;
    }

    /** A run's root comes before it, so that one pass numbers the parts in order. */
    private void number() {
        int count = 0;
        for (int i = 0; i < runs; i++) {
            part[i] = part[i] == i ? count++ : part[part[i]];
        }
        area = new int[count];
        box = new int[count][];
        for (int i = 0; i < runs; i++) {
            final int p = part[i];
            area[p] += to[i] - from[i];
            if (box[p] == null) {
                box[p] = new int[] {from[i], row[i], to[i], row[i] + 1};
            }
            box[p][0] = Math.min(box[p][0], from[i]);
            box[p][2] = Math.max(box[p][2], to[i]);
            box[p][3] = row[i] + 1;
        }
    }

    int count() {
        return area.length;
    }

    /** Pixels of a part. */
    int area(final int p) {
        return area[p];
    }

    int boxWidth(final int p) {
        return box[p][2] - box[p][0];
    }

    int boxHeight(final int p) {
        return box[p][3] - box[p][1];
    }

    boolean touchesBorder(final int p) {
        return box[p][0] == 0 || box[p][1] == 0 || box[p][2] == width || box[p][3] == height;
    }

    /** For every part how many of its pixels are 1 in another mask. */
    int[] count(final byte[] mask) {
        final int[] out = new int[area.length];
        for (int i = 0; i < runs; i++) {
            final int start = row[i] * width;
            for (int x = from[i]; x < to[i]; x++) {
                out[part[i]] += mask[start + x];
            }
        }
        return out;
    }

    /** For every part the sum of a value over its pixels. */
    long[] sum(final int[] values) {
        final long[] out = new long[area.length];
        for (int i = 0; i < runs; i++) {
            final int start = row[i] * width;
            for (int x = from[i]; x < to[i]; x++) {
                out[part[i]] += values[start + x];
            }
        }
        return out;
    }

    /** For every part how many of its pixels lie at the border of the picture. */
    int[] atBorder() {
        final int[] out = new int[area.length];
        for (int i = 0; i < runs; i++) {
            final boolean wholly = row[i] == 0 || row[i] == height - 1;
            out[part[i]] += wholly ? to[i] - from[i] : (from[i] == 0 ? 1 : 0) + (to[i] == width ? 1 : 0);
        }
        return out;
    }

    /** Writes a value over the pixels of the parts that are chosen. */
    void paint(final IntPredicate chosen, final byte[] out, final int value) {
        for (int i = 0; i < runs; i++) {
            if (chosen.test(part[i])) {
                final int start = row[i] * width;
                Arrays.fill(out, start + from[i], start + to[i], (byte) value);
            }
        }
    }
}
