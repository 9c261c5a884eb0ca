package org.selfdiff.imaging.annotation;

/**
 * A rectangle along the axes, its sides included, in pixels of level 0. The left upper corner of the slide's first
 * pixel is (0, 0) and its centre (0.5, 0.5).
 *
 * @param minX left side
 * @param minY upper side
 * @param maxX right side, at least {@code minX}
 * @param maxY lower side, at least {@code minY}
 */
public record Bounds(double minX, double minY, double maxX, double maxY) {

    /** The smallest rectangle around points, interleaved x and y, at least one. */
    static Bounds of(final double[] xy) {
        double minX = xy[0];
        double minY = xy[1];
        double maxX = minX;
        double maxY = minY;
        for (int i = 2; i < xy.length; i += 2) {
            minX = Math.min(minX, xy[i]);
            maxX = Math.max(maxX, xy[i]);
            minY = Math.min(minY, xy[i + 1]);
            maxY = Math.max(maxY, xy[i + 1]);
        }
        return new Bounds(minX, minY, maxX, maxY);
    }

    /** The smallest rectangle around both. */
    Bounds union(final Bounds other) {
        return new Bounds(
                Math.min(minX, other.minX),
                Math.min(minY, other.minY),
                Math.max(maxX, other.maxX),
                Math.max(maxY, other.maxY));
    }

    /** Whether the two have a point in common. */
    public boolean overlaps(final Bounds other) {
        return minX <= other.maxX && maxX >= other.minX && minY <= other.maxY && maxY >= other.minY;
    }
}
