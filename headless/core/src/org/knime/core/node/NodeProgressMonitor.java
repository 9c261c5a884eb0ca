package org.knime.core.node;

/** Where a node reports to and asks whether it shall stop. */
public interface NodeProgressMonitor {

    void checkCanceled() throws CanceledExecutionException;

    /** Sets the done part; values outside of 0 to 1 are ignored. */
    void setProgress(double progress);

    void setProgress(double progress, String message);

    void setProgress(String message);

    void setMessage(String message);

    /** The done part, or {@code null} as long as nothing was said. */
    Double getProgress();

    String getMessage();

    void setExecuteCanceled();

    void reset();
}
