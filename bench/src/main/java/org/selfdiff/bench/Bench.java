package org.selfdiff.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares SelfDiff's training and sampling steps with the same network on LibTorch's C++ API: same weights, same data,
 * same number of threads, same environment of OpenMP, same LibTorch libraries. Prints a table and writes it to {@code target/bench.md}.
 *
 * <p>Exit code 1 when the two did not compute the same numbers; times are reported, not judged.
 */
public final class Bench {
    private Bench() {}

    /** Runs; see {@link Options#USAGE}. */
    public static void main(final String[] arguments) throws IOException {
        try {
            System.exit(run(Options.parse(arguments)) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(final Options options) throws IOException {
        final List<Row> rows = measure(options);
        final Row any = rows.get(0);
        final String machine = Machine.describe() + " at the end.\n\nOurs: "
                + any.ours().version() + ". Peer: " + any.peer().version() + ".";
        final String report = Report.of(rows, machine);
        Files.writeString(options.output(), report);
        System.out.println("\n" + report + "\nWritten to " + options.output().toAbsolutePath());
        return rows.stream().allMatch(Row::equalWork);
    }

    private static List<Row> measure(final Options options) throws IOException {
        final Path folder = options.output().toAbsolutePath().getParent();
        Files.createDirectories(folder);
        final Setting setting = Setting.of(!options.bundled(), folder);
        final List<Match> matches = new ArrayList<>();
        for (final Workload workload : options.workloads()) {
            for (final int threads : options.threads()) {
                for (final StepKind kind : options.kinds()) {
                    matches.add(new Match(workload, kind, threads, setting));
                }
            }
        }
        final long end = System.nanoTime() + (long) (options.seconds() * 1e9);
        final List<Row> rows = new ArrayList<>();
        for (final Match match : matches) {
            // what a row leaves unused goes to the ones after it
            final double left = (end - System.nanoTime()) / 1e9;
            final Row row = match.play(left / (matches.size() - rows.size()));
            rows.add(row);
            System.out.println(Report.line(row));
        }
        return rows;
    }
}
