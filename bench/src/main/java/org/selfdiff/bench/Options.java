package org.selfdiff.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param workloads networks to measure
 * @param kinds kinds of step to measure
 * @param threads numbers of threads to measure
 * @param seconds time for the whole run, without building
 * @param bundled whether the peer uses the LibTorch of its Java binding instead of ours
 * @param output file of the report
 */
record Options(
        List<Workload> workloads,
        List<StepKind> kinds,
        List<Integer> threads,
        double seconds,
        boolean bundled,
        Path output) {
    /** Help text. */
    static final String USAGE =
            """
            Options: --quick            the small network only, within 3 minutes
                     --workload NAME    quick, sketch or told (all)
                     --kind NAME        TRAIN_FP32, TRAIN_BF16, SAMPLE_FP32 or SAMPLE_BF16 (all)
                     --threads N        number of threads (1 and 2)
                     --seconds S        time for the whole run (900)
                     --bundled          the peer uses the LibTorch build of its Java binding, not ours
                     --output FILE      report (target/bench.md)
            --workload, --kind and --threads may be repeated.""";

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException naming the option
     */
    static Options parse(final String... arguments) {
        final List<Workload> workloads = new ArrayList<>();
        final List<StepKind> kinds = new ArrayList<>();
        final List<Integer> threads = new ArrayList<>();
        double seconds = 900;
        boolean bundled = false;
        Path output = Path.of("target", "bench.md");
        for (int i = 0; i < arguments.length; i++) {
            final String option = arguments[i];
            if (option.equals("--quick")) {
                workloads.add(Workload.QUICK);
                seconds = 160;
                continue;
            }
            if (option.equals("--bundled")) {
                bundled = true;
                continue;
            }
            if (++i == arguments.length) {
                throw new IllegalArgumentException(option + " needs a value or is not known\n" + USAGE);
            }
            switch (option) {
                case "--workload" -> workloads.add(Workload.named(arguments[i]));
                case "--kind" -> kinds.add(StepKind.valueOf(arguments[i]));
                case "--threads" -> threads.add(Integer.valueOf(arguments[i]));
                case "--seconds" -> seconds = Double.parseDouble(arguments[i]);
                case "--output" -> output = Path.of(arguments[i]);
                default -> throw new IllegalArgumentException(option + " is not known\n" + USAGE);
            }
        }
        return new Options(
                or(workloads, Workload.ALL),
                or(kinds, List.of(StepKind.values())),
                or(threads, List.of(1, 2)),
                seconds,
                bundled,
                output);
    }

    private static <T> List<T> or(final List<T> chosen, final List<T> all) {
        return chosen.isEmpty() ? all : List.copyOf(chosen);
    }
}
