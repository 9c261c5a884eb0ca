package org.selfdiff.nodes.common;

import org.knime.node.parameters.widget.choices.Label;
import org.selfdiff.imaging.MaskCoding;

/** What the values of a mask mean, as a user chooses it. */
public enum MaskValues {
    /** Two classes. */
    @Label(
            value = "Non-zero is foreground",
            description = "For masks of 0 and 255, and for maps that number each object. Two classes.")
    FOREGROUND,
    /** The grey value or palette index is the class. */
    @Label(value = "Class numbers", description = "The grey value or palette index is the number of the class, from 0.")
    LABELS;

    /** The rule as the readers know it. */
    public MaskCoding coding() {
        return this == FOREGROUND ? MaskCoding.foreground() : MaskCoding.labels();
    }
}
