package org.selfdiff.imaging.tissue;

/** What a pixel of an overview is, and why. */
public enum TissueClass {
    /** Empty glass. */
    GLASS,
    /** Tissue. */
    TISSUE,
    /** A hole in tissue that was small enough to count as tissue: a lumen, a vessel, a fat cell. */
    FILLED_HOLE,
    /** Looks like tissue but is too small, or too thin. */
    SPECK,
    /** Ink of a marker. */
    PEN,
    /**
     * Grey or dark without colour, or a long straight line: border of the scan, edge of the cover glass, dust, bubble.
     */
    EDGE,
    /** Pure white or black that a scanner or stitcher filled in. */
    PADDING;

    private static final TissueClass[] ALL = values();

    /** As it is kept in a mask. */
    byte code() {
        return (byte) ordinal();
    }

    /** Whether the pixel counts as tissue. */
    public boolean counts() {
        return this == TISSUE || this == FILLED_HOLE;
    }

    static TissueClass of(final byte code) {
        return ALL[code];
    }
}
