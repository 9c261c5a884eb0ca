package org.selfdiff.imaging.annotation;

import java.util.List;

/**
 * An outline with holes: the inside of the outer ring without the inside of any hole. The direction of the rings does
 * not matter.
 *
 * @param outer the outline
 * @param holes what is cut out, empty if nothing
 */
public record Polygon(Ring outer, List<Ring> holes) {

    /** Copies the list. */
    public Polygon {
        holes = List.copyOf(holes);
    }

    /** An outline without holes. */
    public static Polygon of(final Ring outer) {
        return new Polygon(outer, List.of());
    }

    /** How many vertices its rings have. */
    public int vertices() {
        return outer.size() + holes.stream().mapToInt(Ring::size).sum();
    }

    /** Whether a point lies in it, by the rule of {@link Ring} for points on an edge. */
    public boolean contains(final double x, final double y) {
        if (!outer.contains(x, y)) {
            return false;
        }
        for (final Ring hole : holes) {
            if (hole.contains(x, y)) {
                return false;
            }
        }
        return true;
    }

    /** Area in square pixels of level 0, exact for rings that do not cross themselves and holes that lie inside. */
    public double area() {
        double area = Math.abs(outer.signedArea());
        for (final Ring hole : holes) {
            area -= Math.abs(hole.signedArea());
        }
        return area;
    }
}
