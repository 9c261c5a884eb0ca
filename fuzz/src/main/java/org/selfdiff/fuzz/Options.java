package org.selfdiff.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param minutes how long to search in all; 0 for the short session with its fixed numbers of inputs
 * @param targets what to search in
 * @param jobs how many sessions run at once
 * @param percent of the inputs that a target asks for in the short session
 */
record Options(double minutes, List<Target> targets, int jobs, int percent) {
    /** Help text. */
    static final String USAGE =
            """
            Options: MINUTES            search for that long, all targets together; without: the short session
                     TARGET ...         these targets only
                     --jobs N           sessions that run at once (2, or 1 for a long search)
                     --percent N        the short session with fewer inputs
                     --list             print the targets""";

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException naming what is not understood
     */
    static Options parse(final String... arguments) {
        double minutes = 0;
        int jobs = 0;
        int percent = 100;
        final List<Target> targets = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            final String argument = arguments[i];
            if (argument.equals("--jobs") && i + 1 < arguments.length && arguments[i + 1].matches("[1-9][0-9]?")) {
                jobs = Integer.parseInt(arguments[++i]);
            } else if (argument.equals("--percent")
                    && i + 1 < arguments.length
                    && arguments[i + 1].matches("[1-9][0-9]?")) {
                percent = Integer.parseInt(arguments[++i]);
            } else if (argument.matches("[0-9]+(\\.[0-9]+)?")) {
                minutes = Double.parseDouble(argument);
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException(argument + " is not known or lacks its value\n" + USAGE);
            } else {
                targets.add(Targets.named(argument));
            }
        }
        final int usual = minutes > 0 ? 1 : Math.min(2, Runtime.getRuntime().availableProcessors());
        return new Options(
                minutes, targets.isEmpty() ? Targets.all() : List.copyOf(targets), jobs > 0 ? jobs : usual, percent);
    }

    /** Seconds for each target of a long search, 0 in a short session. */
    double secondsEach() {
        return minutes * 60 * Math.min(jobs, targets.size()) / targets.size();
    }
}
