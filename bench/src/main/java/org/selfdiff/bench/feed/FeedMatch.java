package org.selfdiff.bench.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.selfdiff.bench.AnsweringProcess;

/**
 * Both sides stand ready and feed in turn, so that a busy machine slows them alike.
 *
 * @param kind of file
 * @param threads cores, and threads that decode
 * @param rounds what each round measured
 * @param peaks most memory of ours and of the peer's processes in MB
 * @param versions what the sides say of themselves
 */
record FeedMatch(String kind, int threads, List<Round> rounds, double[] peaks, List<String> versions) {
    static final String HEAD =
            """
            | tiles | cores | ours, tiles/s | PyTorch, tiles/s | ratio | ratio by processor time | ours, MB | PyTorch, MB |
            |---|---|---|---|---|---|---|---|
            """;

    private static final int WARM_UP = 40;

    private static final int BATCHES = 24;

    /** Seconds of both sides, by the clock and of the processor. */
    record Round(double own, double peer, double ownProcessor, double peerProcessor) {}

    static FeedMatch play(final Path folder, final int threads, final int rounds, final String python)
            throws IOException {
        final Path log = folder.resolveSibling("log.txt");
        final Path script = folder.resolveSibling("peer.py");
        try (InputStream in = FeedMatch.class.getResourceAsStream("peer.py")) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        final List<String> cores = List.of("taskset", "-c", threads == 1 ? "0" : "0-" + (threads - 1));
        final List<String> own = new ArrayList<>(cores);
        own.addAll(AnsweringProcess.java(List.of(
                "-Xmx512m",
                "-Dselfdiff.natives=" + System.getProperty("selfdiff.natives", ""),
                FeedChild.class.getName(),
                folder.toString(),
                Integer.toString(threads))));
        final List<String> peer = new ArrayList<>(cores);
        peer.addAll(List.of(python, script.toString(), folder.toString(), Integer.toString(threads)));
        final Map<String, String> environment = Map.of("OMP_NUM_THREADS", Integer.toString(threads));
        try (AnsweringProcess ours = new AnsweringProcess("ours", new ProcessBuilder(own), environment, log);
                AnsweringProcess theirs = new AnsweringProcess("PyTorch", new ProcessBuilder(peer), environment, log)) {
            final List<String> versions =
                    List.of(ours.answer().substring(6), theirs.answer().substring(6));
            ours.ask(Integer.toString(2 * WARM_UP));
            theirs.ask(Integer.toString(WARM_UP));
            final List<Round> measured = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                final boolean first = round % 2 == 0;
                final double[] before = first ? ask(ours) : null;
                final double[] peers = ask(theirs);
                final double[] owns = first ? before : ask(ours);
                measured.add(new Round(owns[0], peers[0], owns[1], peers[1]));
            }
            final double[] peaks = {peak(ours), peak(theirs)};
            return new FeedMatch(folder.getFileName().toString(), threads, measured, peaks, versions);
        }
    }

    private static double[] ask(final AnsweringProcess side) throws IOException {
        final String[] answer = side.ask(Integer.toString(BATCHES)).split(" ");
        return new double[] {Double.parseDouble(answer[0]), Double.parseDouble(answer[1])};
    }

    private static double peak(final AnsweringProcess side) throws IOException {
        return Long.parseLong(side.finish().substring("peak ".length())) / 1024.0;
    }

    /** A row of the table. */
    String row() {
        final double tiles = (double) BATCHES * FeedBench.BATCH;
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.2f | %.2f | %.0f | %.0f |",
                kind,
                threads,
                median(r -> tiles / r.own),
                median(r -> tiles / r.peer),
                median(r -> r.peer / r.own),
                median(r -> r.peerProcessor / r.ownProcessor),
                peaks[0],
                peaks[1]);
    }

    private double median(final ToDoubleFunction<Round> number) {
        final double[] sorted = rounds.stream().mapToDouble(number).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
