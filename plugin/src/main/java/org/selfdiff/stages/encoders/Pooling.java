package org.selfdiff.stages.encoders;

/** What becomes of the tokens of an encoder. */
public enum Pooling {
    /** The global token: the class token of a transformer, the global average of a convolutional network. */
    GLOBAL,
    /** The mean of the tokens of patches, registers left out. */
    PATCHES,
    /** Both, the global token first. */
    BOTH;

    /** Whether the global token is part of it. */
    public boolean global() {
        return this != PATCHES;
    }

    /** Whether the mean of the patches is part of it. */
    public boolean patches() {
        return this != GLOBAL;
    }

    /** Numbers of an embedding of tokens of a width. */
    public int width(final int tokens) {
        return this == BOTH ? 2 * tokens : tokens;
    }
}
