package org.selfdiff.headless.runner.execute;

import java.util.List;

/** A node refused its settings or inputs, failed, or was cancelled. */
public final class NodeProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> details;

    private final List<String> remedies;

    private final boolean cancelled;

    private NodeProblem(
            final String summary,
            final List<String> details,
            final List<String> remedies,
            final boolean cancelled,
            final Throwable cause) {
        super(summary, cause);
        this.details = List.copyOf(details);
        this.remedies = List.copyOf(remedies);
        this.cancelled = cancelled;
    }

    /** Settings or inputs that the node does not take, or a failure while it ran. */
    public static NodeProblem of(
            final String summary, final List<String> details, final List<String> remedies, final Throwable cause) {
        return new NodeProblem(summary, details, remedies, false, cause);
    }

    /** A problem that one sentence and one remedy describe. */
    public static NodeProblem of(final String summary, final String remedy) {
        return new NodeProblem(summary, List.of(), List.of(remedy), false, null);
    }

    /** The node stopped because it was asked to. */
    public static NodeProblem stopped() {
        return new NodeProblem("Cancelled", List.of(), List.of(), true, null);
    }

    public List<String> details() {
        return details;
    }

    public List<String> remedies() {
        return remedies;
    }

    public boolean isCancelled() {
        return cancelled;
    }
}
