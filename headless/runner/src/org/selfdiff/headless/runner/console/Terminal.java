package org.selfdiff.headless.runner.console;

import java.io.PrintStream;

/**
 * What the output goes to.
 *
 * @param out the stream
 * @param interactive whether lines can be redrawn in place
 * @param unicode whether more than ASCII can be shown
 * @param columns width in characters
 */
public record Terminal(PrintStream out, boolean interactive, boolean unicode, int columns) {
    private static final int USUAL_COLUMNS = 100;

    /**
     * As the launcher describes it in {@code selfdiff.terminal}, {@code selfdiff.unicode} and {@code selfdiff.columns};
     * never interactive where the environment says {@code CI=true} or {@code TERM=dumb}.
     */
    public static Terminal detected(final PrintStream out) {
        final boolean ci = "true".equals(System.getenv("CI"));
        final boolean dumb = "dumb".equals(System.getenv("TERM"));
        return new Terminal(
                out,
                Boolean.getBoolean("selfdiff.terminal") && !ci && !dumb,
                Boolean.getBoolean("selfdiff.unicode"),
                Math.max(40, Integer.getInteger("selfdiff.columns", USUAL_COLUMNS)));
    }
}
