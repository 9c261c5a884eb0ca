package org.knime.core.node;

import java.util.function.Supplier;

/** A node's progress and cancellation. */
public class ExecutionMonitor {

    private final NodeProgressMonitor monitor;

    public ExecutionMonitor() {
        this(new DefaultNodeProgressMonitor());
    }

    public ExecutionMonitor(NodeProgressMonitor monitor) {
        this.monitor = java.util.Objects.requireNonNull(monitor, "monitor");
    }

    public final NodeProgressMonitor getProgressMonitor() {
        return monitor;
    }

    /** Returns while the node shall go on. */
    public void checkCanceled() throws CanceledExecutionException {
        monitor.checkCanceled();
    }

    /** Sets the done part, 0 to 1. */
    public void setProgress(double progress) {
        monitor.setProgress(progress);
    }

    public void setProgress(double progress, String message) {
        monitor.setProgress(progress, message);
    }

    public void setProgress(double progress, Supplier<String> message) {
        monitor.setProgress(progress, message.get());
    }

    public void setProgress(String message) {
        monitor.setProgress(message);
    }

    public void setMessage(String message) {
        monitor.setMessage(message);
    }

    public void setMessage(Supplier<String> message) {
        monitor.setMessage(message.get());
    }

    /** A monitor of a part of the task; its share of the whole is in 0 to 1. */
    public ExecutionMonitor createSubProgress(double share) {
        return new ExecutionMonitor(new PartMonitor(monitor, share, false));
    }

    /** As {@link #createSubProgress}, but the part's messages are not shown. */
    public ExecutionMonitor createSilentSubProgress(double share) {
        return new ExecutionMonitor(new PartMonitor(monitor, share, true));
    }
}
