package org.selfdiff.run;

/**
 * What a long-running stage is given by whoever started it: a way to report progress, a way to warn, and the question
 * whether to go on. A stage calls {@link #checkCancelled()} at least every few hundred milliseconds.
 */
public interface RunControl {

    /** Whether the user asked to stop. Safe to call from any thread. */
    boolean isCancelled();

    /**
     * Reports progress.
     *
     * @param fraction share of the work done, 0 to 1
     * @param message what is being done, with a rate and an estimate where there is one (see {@link Pace})
     */
    void progress(double fraction, String message);

    /** Tells the user something that does not stop the run but that he should know. */
    void warn(String message);

    /** Throws when the user asked to stop. */
    default void checkCancelled() throws RunCancelled {
        if (isCancelled()) {
            throw new RunCancelled();
        }
    }

    /**
     * A control for one part of the work, whose progress 0 to 1 is shown as {@code from} to {@code to} of this one.
     *
     * @param from start of the part, 0 to 1
     * @param to end of the part, {@code from} to 1; {@code from} for a part that takes no time as a rule, so that its
     *     messages are shown and the bar stays
     */
    default RunControl part(final double from, final double to) {
        final RunControl whole = this;
        return new RunControl() {
            @Override
            public boolean isCancelled() {
                return whole.isCancelled();
            }

            @Override
            public void progress(final double fraction, final String message) {
                whole.progress(from + Math.max(0, Math.min(1, fraction)) * (to - from), message);
            }

            @Override
            public void warn(final String message) {
                whole.warn(message);
            }
        };
    }

    /** A control that shows nothing and never cancels. */
    static RunControl silent() {
        return new RunControl() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(final double fraction, final String message) {
                // nobody is looking
            }

            @Override
            public void warn(final String message) {
                // nobody is listening
            }
        };
    }
}
