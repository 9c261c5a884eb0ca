package org.selfdiff.imaging.phantom;

/** What a place on a slide phantom is; its number in a label map is its {@link #label()}. */
public enum TissueClass {
    /** No tissue. */
    GLASS("Glass", 0xffffff),
    /** Connective tissue with fibres, vessels and infiltrates. */
    STROMA("Stroma", 0x96c896),
    /** Glands that are lined in order. */
    NORMAL("Normal", 0x3c78d8),
    /** Dense sheets of large nuclei. */
    TUMOR("Tumor", 0xc80000);

    private final String title;

    private final int colour;

    TissueClass(final String title, final int colour) {
        this.title = title;
        this.colour = colour;
    }

    /** 0 for glass, then 1, 2, 3. */
    public int label() {
        return ordinal();
    }

    /** Name of the class in annotations. */
    public String title() {
        return title;
    }

    /** Colour in which viewers show it, {@code 0xRRGGBB}. */
    public int colour() {
        return colour;
    }
}
