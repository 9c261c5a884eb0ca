package org.knime.core.node;

/** Reports a part of a larger task: what is done here adds to the whole, scaled by the part's share. */
final class PartMonitor extends DefaultNodeProgressMonitor {

    private final NodeProgressMonitor whole;
    private final double share;
    private final boolean silent;

    PartMonitor(NodeProgressMonitor whole, double share, boolean silent) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a part's share must be in 0 to 1: " + share);
        }
        this.whole = whole;
        this.share = share;
        this.silent = silent;
    }

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        whole.checkCanceled();
        super.checkCanceled();
    }

    @Override
    public synchronized void setProgress(double value) {
        double before = getProgress() == null ? 0 : getProgress();
        super.setProgress(value);
        double after = getProgress() == null ? 0 : getProgress();
        synchronized (whole) {
            double done = whole.getProgress() == null ? 0 : whole.getProgress();
            whole.setProgress(Math.min(1, Math.max(0, done + share * (after - before))));
        }
    }

    @Override
    public synchronized void setProgress(double value, String text) {
        setProgress(text);
        setProgress(value);
    }

    @Override
    public synchronized void setProgress(String text) {
        super.setProgress(text);
        if (!silent) {
            whole.setMessage(text);
        }
    }
}
