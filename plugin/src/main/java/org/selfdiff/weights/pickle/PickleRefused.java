package org.selfdiff.weights.pickle;

/** A pickle that is damaged, or that holds what its reader does not know. */
public final class PickleRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean foreign;

    private PickleRefused(final String message, final boolean foreign) {
        super(message);
        this.foreign = foreign;
    }

    /** Bytes that no pickler writes. */
    public static PickleRefused damaged(final String message) {
        return new PickleRefused(message, false);
    }

    /** A sound pickle, as far as one can tell, of things that are not known here. */
    public static PickleRefused foreign(final String message) {
        return new PickleRefused(message, true);
    }

    /** Whether it holds something unknown rather than being damaged. */
    public boolean isForeign() {
        return foreign;
    }
}
