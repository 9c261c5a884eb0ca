package org.selfdiff.nn;

/** How the places of one level of a network look at each other. */
public enum AttentionKind {
    /** Not at all; the cheapest, and usual at full resolution. */
    NONE,

    /** Linear attention: cost grows with the number of places (Shen et al., arXiv 1812.01243). */
    LINEAR,

    /** Softmax attention over all places: cost grows with the square of their number. */
    FULL
}
