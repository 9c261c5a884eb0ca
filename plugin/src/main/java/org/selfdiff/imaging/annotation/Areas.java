package org.selfdiff.imaging.annotation;

import org.selfdiff.imaging.LabelMap;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/** Connected areas of equal labels, where pixels are neighbours along their edges. */
final class Areas {

    private Areas() {}

    /** For every pixel the first pixel of its area, as a place in {@link LabelMap#labels}. */
    static int[] of(final LabelMap map, final RunControl control) throws RunCancelled {
        final int[] first = new int[map.labels().length];
        for (int y = 0; y < map.height(); y++) {
            control.checkCancelled();
            for (int x = 0; x < map.width(); x++) {
                final int pixel = y * map.width() + x;
                first[pixel] = pixel;
                if (x > 0 && map.labels()[pixel - 1] == map.labels()[pixel]) {
                    join(first, pixel - 1, pixel);
                }
                if (y > 0 && map.labels()[pixel - map.width()] == map.labels()[pixel]) {
                    join(first, pixel - map.width(), pixel);
                }
            }
        }
        for (int pixel = 0; pixel < first.length; pixel++) {
            first[pixel] = first[first[pixel]]; // every pixel before this one points to its area's first already
        }
        return first;
    }

    private static void join(final int[] first, final int a, final int b) {
        final int rootA = root(first, a);
        final int rootB = root(first, b);
        first[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    }

    private static int root(final int[] first, final int pixel) {
        int root = pixel;
        while (first[root] != root) {
            first[root] = first[first[root]]; // halves the way for the next one
            root = first[root];
        }
        return root;
    }
}
