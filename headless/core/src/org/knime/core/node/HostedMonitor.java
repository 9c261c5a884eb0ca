package org.knime.core.node;

import java.util.function.BooleanSupplier;
import org.selfdiff.headless.bridge.NodeAccess.ProgressSink;

/** Tells the host of every report and asks it whether to stop. */
final class HostedMonitor extends DefaultNodeProgressMonitor {

    private final ProgressSink sink;
    private final BooleanSupplier cancelled;

    HostedMonitor(ProgressSink sink, BooleanSupplier cancelled) {
        this.sink = sink;
        this.cancelled = cancelled;
    }

    @Override
    protected boolean isCanceled() {
        return cancelled.getAsBoolean() || super.isCanceled();
    }

    @Override
    public synchronized void setProgress(double value) {
        super.setProgress(value);
        tell();
    }

    @Override
    public synchronized void setProgress(double value, String text) {
        super.setProgress(text);
        super.setProgress(value);
        tell();
    }

    @Override
    public synchronized void setProgress(String text) {
        super.setProgress(text);
        tell();
    }

    private void tell() {
        Double done = getProgress();
        sink.changed(done == null ? Double.NaN : done, getMessage());
    }
}
