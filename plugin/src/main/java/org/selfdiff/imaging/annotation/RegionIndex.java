package org.selfdiff.imaging.annotation;

import java.util.Arrays;
import java.util.List;

/** Finds the regions near a rectangle: boxes around regions that are neighbours on a Z-order curve. */
final class RegionIndex {
    private final Bounds[] bounds;

    /** Numbers of the regions along the curve. */
    private final int[] order;

    private final BoxTree tree;

    RegionIndex(final List<Region> regions) {
        this.bounds = regions.stream().map(Region::bounds).toArray(Bounds[]::new);
        this.order = order(bounds);
        this.tree = BoxTree.of(order.length, (item, boxes, at) -> {
            final Bounds b = bounds[order[item]];
            BoxTree.include(boxes, at, b.minX(), b.minY());
            BoxTree.include(boxes, at, b.maxX(), b.maxY());
        });
    }

    private static int[] order(final Bounds[] bounds) {
        if (bounds.length == 0) {
            return new int[0];
        }
        Bounds all = bounds[0];
        for (final Bounds one : bounds) {
            all = all.union(one);
        }
        final long[] keys = new long[bounds.length];
        for (int i = 0; i < keys.length; i++) {
            final Bounds b = bounds[i];
            final long x = cell((b.minX() + b.maxX()) / 2, all.minX(), all.maxX());
            final long y = cell((b.minY() + b.maxY()) / 2, all.minY(), all.maxY());
            keys[i] = (spread(x) | spread(y) << 1) << 32 | i;
        }
        Arrays.sort(keys);
        final int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    /** Place between two sides in 0 to 32767, so that a key stays positive. */
    private static long cell(final double value, final double min, final double max) {
        return max > min ? Math.round((value - min) / (max - min) * 0x7fff) : 0;
    }

    /** Puts a zero before every one of 16 bits. */
    private static long spread(final long bits) {
        long s = bits;
        s = (s | s << 8) & 0x00ff00ffL;
        s = (s | s << 4) & 0x0f0f0f0fL;
        s = (s | s << 2) & 0x33333333L;
        return (s | s << 1) & 0x55555555L;
    }

    /** Numbers of the regions whose bounds touch a rectangle, ascending. */
    int[] near(final Bounds rectangle) {
        int[] found = new int[16];
        int count = 0;
        int i = tree.seek(0, rectangle);
        while (i < order.length) {
            final int end = tree.blockEnd(i);
            for (; i < end; i++) {
                if (bounds[order[i]].overlaps(rectangle)) {
                    if (count == found.length) {
                        found = Arrays.copyOf(found, 2 * count);
                    }
                    found[count++] = order[i];
                }
            }
            i = tree.seek(i, rectangle);
        }
        final int[] near = Arrays.copyOf(found, count);
        Arrays.sort(near);
        return near;
    }
}
