package org.selfdiff.headless.runner;

/** Something the user can put right: what happened, where, and what to do about it. */
public final class RunnerFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    private final String what;

    private final String where;

    private final String remedy;

    /**
     * Builds the message.
     *
     * @param exitCode the status with which the command ends
     * @param what what went wrong, a full sentence without its full stop
     * @param where file, node or option concerned
     * @param remedy what the user can do
     */
    public RunnerFailed(final ExitCode exitCode, final String what, final String where, final String remedy) {
        this(exitCode, what, where, remedy, null);
    }

    /** As above, with the exception behind it. */
    public RunnerFailed(
            final ExitCode exitCode,
            final String what,
            final String where,
            final String remedy,
            final Throwable cause) {
        super(what + " (" + where + ")", cause);
        this.exitCode = exitCode;
        this.what = what;
        this.where = where;
        this.remedy = remedy;
    }

    /** A workflow that cannot be loaded. */
    public static RunnerFailed unreadable(final String what, final String where, final String remedy) {
        return new RunnerFailed(ExitCode.WORKFLOW_UNREADABLE, what, where, remedy);
    }

    /** A command line that is not understood. */
    public static RunnerFailed usage(final String what, final String where) {
        return new RunnerFailed(ExitCode.USAGE, what, where, "see ./selfdiff --help");
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String what() {
        return what;
    }

    public String where() {
        return where;
    }

    public String remedy() {
        return remedy;
    }

    /** Three lines: what, where, remedy. */
    public String text() {
        return what + System.lineSeparator() + "  where:  " + where + System.lineSeparator() + "  remedy: " + remedy;
    }
}
