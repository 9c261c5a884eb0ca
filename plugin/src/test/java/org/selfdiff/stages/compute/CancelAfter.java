package org.selfdiff.stages.compute;

import org.selfdiff.run.RunControl;

/** Cancels after so many reports of progress. */
public final class CancelAfter implements RunControl {
    private final int limit;

    private int reports;

    public CancelAfter(final int limit) {
        this.limit = limit;
    }

    int reports() {
        return reports;
    }

    @Override
    public boolean isCancelled() {
        return reports >= limit;
    }

    @Override
    public void progress(final double fraction, final String message) {
        reports++;
    }

    @Override
    public void warn(final String message) {
        throw new AssertionError(message);
    }
}
