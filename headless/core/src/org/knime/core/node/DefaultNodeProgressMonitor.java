package org.knime.core.node;

/** Keeps the last report. A thread that was interrupted counts as cancelled. */
public class DefaultNodeProgressMonitor implements NodeProgressMonitor {

    private Double progress;
    private String message;
    private volatile boolean cancelled;

    protected boolean isCanceled() {
        return cancelled || Thread.currentThread().isInterrupted();
    }

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        if (isCanceled()) {
            throw new CanceledExecutionException();
        }
    }

    @Override
    public void setExecuteCanceled() {
        cancelled = true;
    }

    @Override
    public synchronized void setProgress(double value) {
        if (value >= 0 && value <= 1) {
            progress = value;
        }
    }

    @Override
    public synchronized void setProgress(double value, String text) {
        setProgress(value);
        message = text;
    }

    @Override
    public synchronized void setProgress(String text) {
        message = text;
    }

    @Override
    public void setMessage(String text) {
        setProgress(text);
    }

    @Override
    public synchronized Double getProgress() {
        return progress;
    }

    @Override
    public synchronized String getMessage() {
        return message;
    }

    @Override
    public synchronized void reset() {
        progress = null;
        message = null;
        cancelled = false;
    }
}
