package org.selfdiff.fuzz;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a session found.
 *
 * @param target name of the target
 * @param executions inputs tried
 * @param coverage edges of the product's code that were reached
 * @param corpus inputs kept because each reaches something new
 * @param seconds from start to end
 * @param problem the first line of the finding, or why the session did not end well; empty if nothing was found
 */
record Outcome(String target, long executions, long coverage, long corpus, double seconds, String problem) {
    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: *([0-9]+)");

    private static final Pattern COVERAGE = Pattern.compile("cov: ([0-9]+) ft: [0-9]+ corp: ([0-9]+)");

    private static final Pattern COUNTER = Pattern.compile("(?m)^#([0-9]+)\\s");

    private static final Pattern FINDING =
            Pattern.compile("(?m)^(?:== Java Exception: .*|==[0-9]+== ERROR: .*|.*(?:SIGSEGV|fatal error).*)$");

    /**
     * Reads what Jazzer printed.
     *
     * @param log all that it printed
     * @param status its exit status
     */
    static Outcome of(final Target target, final String log, final int status, final double seconds) {
        final long[] cover = {0, 0};
        final Matcher coverage = COVERAGE.matcher(log);
        while (coverage.find()) {
            cover[0] = Long.parseLong(coverage.group(1));
            cover[1] = Long.parseLong(coverage.group(2));
        }
        final long executions = Math.max(last(EXECUTIONS, log), last(COUNTER, log));
        String problem = "";
        final Matcher finding = FINDING.matcher(log);
        if (finding.find()) {
            problem = finding.group();
        } else if (status != 0) {
            problem = "ended with status " + status;
        } else if (cover[0] == 0 || executions == 0) {
            problem = "reached nothing: the product's code was not instrumented, or not executed";
        }
        return new Outcome(target.name(), executions, cover[0], cover[1], seconds, problem);
    }

    private static long last(final Pattern pattern, final String log) {
        long value = 0;
        final Matcher matcher = pattern.matcher(log);
        while (matcher.find()) {
            value = Long.parseLong(matcher.group(1));
        }
        return value;
    }

    /** Whether nothing was found. */
    boolean clean() {
        return problem.isEmpty();
    }

    /** One line of the table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%-20s %12d %9d %7d %8.1f  %s",
                target,
                executions,
                coverage,
                corpus,
                seconds,
                clean() ? "clean" : "FOUND: " + problem);
    }

    /** The table's first line. */
    static String title() {
        return String.format("%-20s %12s %9s %7s %8s", "target", "executions", "coverage", "corpus", "seconds");
    }
}
