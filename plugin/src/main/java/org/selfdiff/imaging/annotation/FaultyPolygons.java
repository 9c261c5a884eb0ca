package org.selfdiff.imaging.annotation;

/**
 * What happens to an outline that is open, crosses itself, or encloses nothing. A crossing that leaves no more than a
 * hundredth of the region in doubt is a slip of the hand: it is repaired, and noted, in any case.
 */
public enum FaultyPolygons {
    /** Reading fails and names the outline. */
    FAIL,
    /**
     * An open one is closed, one that crosses itself is filled by the non-zero rule (see {@link Ring}), one that
     * encloses nothing is left out. Each repair is among {@link Annotations#warnings()}.
     */
    REPAIR
}
