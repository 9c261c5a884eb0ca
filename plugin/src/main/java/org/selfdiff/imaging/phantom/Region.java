package org.selfdiff.imaging.phantom;

import java.util.List;

/**
 * A region of one class, as it would be drawn round by hand, but exact.
 *
 * @param kind its class
 * @param outer its outline
 * @param holes what is cut out of it; they touch neither each other nor the outline
 */
public record Region(TissueClass kind, Outline outer, List<Outline> holes) {

    /** Copies the list. */
    public Region {
        holes = List.copyOf(holes);
    }

    /** Area in square pixels of level 0. */
    public double area() {
        return outer.area() - holes.stream().mapToDouble(Outline::area).sum();
    }

    /** Whether a point belongs to it. */
    public boolean contains(final double x, final double y) {
        return outer.contains(x, y) && holes.stream().noneMatch(h -> h.contains(x, y));
    }
}
