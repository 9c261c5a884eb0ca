package org.selfdiff.metrics.statistics;

/** What a test holds against the null hypothesis. */
public enum Alternative {
    /** A difference of either sign. */
    TWO_SIDED,
    /** The first is greater. */
    GREATER,
    /** The first is less. */
    LESS
}
