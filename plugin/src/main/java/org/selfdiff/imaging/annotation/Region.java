package org.selfdiff.imaging.annotation;

import java.util.List;

/**
 * One thing that was drawn: a tumour, a gland, a nucleus. It covers what any of its polygons covers.
 *
 * @param className its class, never blank
 * @param name its own name, empty if it has none
 * @param polygons at least one
 */
public record Region(String className, String name, List<Polygon> polygons) {

    /** Copies the list. */
    public Region {
        polygons = List.copyOf(polygons);
        if (className.isBlank() || polygons.isEmpty()) {
            throw new IllegalArgumentException("a region needs a class and a polygon");
        }
    }

    /** Whether a point of level 0 lies in it, by the rule of {@link Ring} for points on an edge. */
    public boolean contains(final double x, final double y) {
        for (final Polygon polygon : polygons) {
            if (polygon.contains(x, y)) {
                return true;
            }
        }
        return false;
    }

    /** Sum of the areas of its polygons (see {@link Polygon#area}); where two overlap, both count. */
    public double area() {
        double area = 0;
        for (final Polygon polygon : polygons) {
            area += polygon.area();
        }
        return area;
    }

    /** The smallest rectangle around it. */
    public Bounds bounds() {
        Bounds bounds = polygons.get(0).outer().bounds();
        for (int i = 1; i < polygons.size(); i++) {
            bounds = bounds.union(polygons.get(i).outer().bounds());
        }
        return bounds;
    }
}
