package org.selfdiff.run;

import java.util.Objects;

/**
 * A run cannot go on for a reason that its user can do something about. It always says what is wrong, where (file, row,
 * setting) and what to do about it.
 */
public final class RunFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;

    private final String where;

    private final String remedy;

    /**
     * Creates the exception.
     *
     * @param what what is wrong, a sentence without the final stop
     * @param where the file, row or setting
     * @param remedy what to do about it, a sentence with its final stop
     */
    public RunFailed(final String what, final String where, final String remedy) {
        this(what, where, remedy, null);
    }

    /**
     * Creates the exception with the technical reason behind it.
     *
     * @param what what is wrong, a sentence without the final stop
     * @param where the file, row or setting
     * @param remedy what to do about it, a sentence with its final stop
     * @param cause the technical reason, may be {@code null}
     */
    public RunFailed(final String what, final String where, final String remedy, final Throwable cause) {
        super(what + " (" + where + "). " + remedy, cause);
        this.what = Objects.requireNonNull(what);
        this.where = Objects.requireNonNull(where);
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** What is wrong. */
    public String what() {
        return what;
    }

    /** The file, row or setting. */
    public String where() {
        return where;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
