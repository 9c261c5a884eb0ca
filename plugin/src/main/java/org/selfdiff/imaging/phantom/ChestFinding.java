package org.selfdiff.imaging.phantom;

import java.util.Locale;

/** What a chest radiograph of {@link ChestPhantom} shows. */
public enum ChestFinding {
    /** Clear lungs. */
    NONE,
    /** One to three round, sharply bounded shadows. */
    NODULE,
    /** A patchy shadow with vague borders, through which vessels and airways are still seen in part. */
    CONSOLIDATION,
    /** Fluid at the base of one lung, higher along the chest wall than in its middle. */
    EFFUSION;

    /** In small letters. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
