package org.selfdiff.headless.runner.execute;

/** Where a node stands. */
public enum NodeState {
    WAITING("not executed"),
    EXECUTING("executing"),
    EXECUTED("executed"),
    FAILED("failed"),
    CANCELLED("cancelled");

    private final String text;

    NodeState(final String text) {
        this.text = text;
    }

    /** The state in words. */
    public String text() {
        return text;
    }
}
