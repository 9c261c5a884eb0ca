package org.selfdiff.imaging.annotation;

import java.util.Arrays;

/**
 * Boxes around blocks of 16, 256, 4096 and so on of numbered items, so that whoever walks over the items in their order
 * may step over all that lie elsewhere. Takes two bytes for an item.
 */
final class BoxTree {
    private static final int BITS = 4;

    /** Items in the smallest block. */
    static final int BLOCK = 1 << BITS;

    private final int size;

    /** Four numbers for every block: left, upper, right, lower side; smallest blocks first. */
    private final double[][] levels;

    private BoxTree(final int size, final double[][] levels) {
        this.size = size;
        this.levels = levels;
    }

    /** The items. */
    interface Items {
        /** Enlarges the box that starts at an index of an array until it holds the item. */
        void include(int item, double[] boxes, int at);
    }

    /** Builds the blocks over items 0 to {@code size - 1}. */
    static BoxTree of(final int size, final Items items) {
        int depth = 1;
        for (int blocks = blocks(size); blocks > BLOCK; blocks = blocks(blocks)) {
            depth++;
        }
        final double[][] levels = new double[depth][];
        levels[0] = empty(blocks(size));
        for (int i = 0; i < size; i++) {
            items.include(i, levels[0], 4 * (i >> BITS));
        }
        for (int k = 1; k < depth; k++) {
            final double[] finer = levels[k - 1];
            levels[k] = empty(blocks(finer.length / 4));
            for (int b = 0; b < finer.length / 4; b++) {
                final int at = 4 * (b >> BITS);
                include(levels[k], at, finer[4 * b], finer[4 * b + 1]);
                include(levels[k], at, finer[4 * b + 2], finer[4 * b + 3]);
            }
        }
        return new BoxTree(size, levels);
    }

    private static int blocks(final int items) {
        return (items + BLOCK - 1) >> BITS;
    }

    private static double[] empty(final int blocks) {
        final double[] boxes = new double[Math.multiplyExact(4, blocks)];
        Arrays.fill(boxes, Double.NEGATIVE_INFINITY);
        for (int b = 0; b < blocks; b++) {
            boxes[4 * b] = Double.POSITIVE_INFINITY;
            boxes[4 * b + 1] = Double.POSITIVE_INFINITY;
        }
        return boxes;
    }

    /** Enlarges a box until it holds a point. */
    static void include(final double[] boxes, final int at, final double x, final double y) {
        boxes[at] = Math.min(boxes[at], x);
        boxes[at + 1] = Math.min(boxes[at + 1], y);
        boxes[at + 2] = Math.max(boxes[at + 2], x);
        boxes[at + 3] = Math.max(boxes[at + 3], y);
    }

    /** The box around the smallest block that holds an item. */
    Bounds block(final int item) {
        final double[] boxes = levels[0];
        final int at = 4 * (item >> BITS);
        return new Bounds(boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]);
    }

    /** The end of the smallest block that holds an item: the next item behind it. */
    int blockEnd(final int item) {
        return Math.min(size, (item | BLOCK - 1) + 1);
    }

    /**
     * Steps over blocks that do not touch a rectangle.
     *
     * @param from where to start
     * @return the first item from there on whose smallest block may touch the rectangle, or the number of items
     */
    int seek(final int from, final Bounds rectangle) {
        int i = from;
        while (i < size) {
            int skip = 0;
            for (int k = levels.length - 1; k >= 0 && skip == 0; k--) {
                final int span = span(k);
                if ((i & span - 1) == 0 && !touches(levels[k], 4 * (i / span), rectangle)) {
                    skip = span;
                }
            }
            if (skip == 0) {
                return i;
            }
            i += Math.min(skip, size - i);
        }
        return size;
    }

    /** The end of the largest block that starts with an item and reaches right to {@code x} at most; else the item. */
    int endLeftOf(final int item, final double x) {
        for (int k = levels.length - 1; k >= 0; k--) {
            final int span = span(k);
            if ((item & span - 1) == 0 && levels[k][4 * (item / span) + 2] <= x) {
                return item + Math.min(span, size - item);
            }
        }
        return item;
    }

    private static int span(final int level) {
        return 1 << BITS * (level + 1);
    }

    private static boolean touches(final double[] boxes, final int at, final Bounds r) {
        return boxes[at] <= r.maxX()
                && boxes[at + 2] >= r.minX()
                && boxes[at + 1] <= r.maxY()
                && boxes[at + 3] >= r.minY();
    }
}
