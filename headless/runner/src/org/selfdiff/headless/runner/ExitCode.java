package org.selfdiff.headless.runner;

/** What the command's exit status says. */
public enum ExitCode {
    OK(0, "everything asked for was done"),
    USAGE(1, "the command line was not understood"),
    WORKFLOW_UNREADABLE(2, "the workflow cannot be loaded (missing or broken file, unknown node, cycle)"),
    NOT_CONFIGURED(3, "a node's settings or inputs were refused before anything was executed"),
    NODE_FAILED(4, "a node failed while it was executed"),
    RESULTS_UNWRITABLE(5, "the results could not be written"),
    BROKEN(6, "the runner itself failed, or KNIME could not be started"),
    CANCELLED(130, "cancelled by Ctrl-C");

    private final int status;

    private final String meaning;

    ExitCode(final int status, final String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** The process's exit status. */
    public int status() {
        return status;
    }

    /** One line for {@code --help}. */
    public String meaning() {
        return meaning;
    }
}
