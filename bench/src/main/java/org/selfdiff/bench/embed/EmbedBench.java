package org.selfdiff.bench.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.selfdiff.bench.Machine;
import org.selfdiff.bench.Setting;
import org.selfdiff.bench.StepTime;
import org.selfdiff.bench.TimedProcess;

/**
 * Embeddings of pictures by ViT-S/16 beside LibTorch's C++ API, both sides in turn. Prints a table and writes it to
 * {@code target/bench-embed.md}. Exit code 1 when the sides did not compute the same numbers.
 */
public final class EmbedBench {
    private static final int WARM_UP = 3;

    private static final int ROUNDS = 15;

    private static final int THREADS = 2;

    private EmbedBench() {}

    /** Argument: rounds that count (15 if not given). */
    public static void main(final String[] arguments) throws IOException {
        final int rounds = arguments.length > 0 && arguments[0].matches("[1-9][0-9]{0,2}")
                ? Integer.parseInt(arguments[0])
                : ROUNDS;
        final Path folder = Files.createDirectories(Path.of("target").toAbsolutePath());
        final Setting setting = Setting.of(true, folder);
        final StringBuilder report = new StringBuilder();
        say(report, "%s%n%nEmbeddings, ViT-S/16, 224 px, %d threads:%n", Machine.describe(), THREADS);
        say(
                report,
                "| numbers | n | wall ms: ours | peer | ratio | CPU ms: ours | peer | ratio | peak MB, ours / peer |"
                        + " differ by |");
        say(report, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        boolean equal = true;
        for (final boolean brainFloats : new boolean[] {false, true}) {
            for (final int batch : new int[] {1, 8}) {
                equal &= play(new EmbedWorkload(batch, brainFloats), rounds, setting, report);
            }
        }
        Files.writeString(folder.resolve("bench-embed.md"), report);
        System.exit(equal ? 0 : 1);
    }

    private static void say(final StringBuilder report, final String line, final Object... values) {
        final String text = String.format(Locale.ROOT, line, values);
        System.out.println(text);
        report.append(text).append('\n');
    }

    private static TimedProcess side(final String side, final EmbedWorkload workload, final Setting setting)
            throws IOException {
        return new TimedProcess(
                side + ", " + workload,
                List.of(
                        "-Xmx1g",
                        EmbedChild.class.getName(),
                        side,
                        workload.arguments().get(0),
                        workload.arguments().get(1)),
                THREADS,
                setting);
    }

    private static boolean play(
            final EmbedWorkload workload, final int rounds, final Setting setting, final StringBuilder report)
            throws IOException {
        try (TimedProcess ours = side("ours", workload, setting);
                TimedProcess peer = side("peer", workload, setting)) {
            for (int round = 0; round < WARM_UP + rounds; round++) {
                // who is second finds warmer or colder caches, so take turns in that, too
                (round % 2 == 0 ? ours : peer).step();
                (round % 2 == 0 ? peer : ours).step();
            }
            double difference = 0;
            for (int i = 0; i < WARM_UP; i++) {
                final double a = ours.steps().get(i).value();
                final double b = peer.steps().get(i).value();
                difference = Math.max(difference, Math.abs(a - b) / Math.abs(b));
            }
            final double[] wall = {ours.median(WARM_UP, StepTime::wall), peer.median(WARM_UP, StepTime::wall)};
            final double[] cpu = {ours.median(WARM_UP, StepTime::cpu), peer.median(WARM_UP, StepTime::cpu)};
            say(
                    report,
                    "| %s | %d | %.0f | %.0f | %.3f | %.0f | %.0f | %.3f | %.0f / %.0f | %.0e |",
                    workload,
                    rounds,
                    wall[0],
                    wall[1],
                    wall[0] / wall[1],
                    cpu[0],
                    cpu[1],
                    cpu[0] / cpu[1],
                    ours.finish(),
                    peer.finish(),
                    difference);
            return difference <= workload.tolerance();
        }
    }
}
