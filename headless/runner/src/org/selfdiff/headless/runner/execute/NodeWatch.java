package org.selfdiff.headless.runner.execute;

/** How an executing node reports, and how it learns that it should stop. */
public interface NodeWatch {
    /**
     * Progress.
     *
     * @param fraction 0 to 1, or {@code NaN} where the node did not say
     * @param message what the node is doing, or null
     */
    void progress(double fraction, String message);

    boolean cancelled();
}
