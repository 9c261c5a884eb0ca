package org.selfdiff.run;

/** The user stopped the run. Nothing is wrong, and nothing half-done is left. */
public final class RunCancelled extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public RunCancelled() {
        super("Cancelled.");
    }
}
