package org.selfdiff.imaging.phantom;

/** The kinds of nuclei; the number of a kind in a type map is its {@link #label()}. */
public enum NucleusType {
    /** Small, round, dark, with clumped chromatin. */
    LYMPHOCYTE,
    /** Long and thin, along the fibres. */
    FIBROBLAST,
    /** Large and pale, with a dark rim and nucleoli. */
    EPITHELIAL;

    /** 1, 2, 3; 0 is background. */
    public int label() {
        return ordinal() + 1;
    }
}
