package org.selfdiff.stages.bags;

/** What a bag is. */
public enum BagUnit {
    /** The tiles of a slide. */
    SLIDE("slide"),
    /** The tiles of all slides of a patient; the slides lie below each other, so far apart that no region holds two. */
    PATIENT("patient");

    private final String word;

    BagUnit(final String word) {
        this.word = word;
    }

    /** In a sentence. */
    public String word() {
        return word;
    }
}
