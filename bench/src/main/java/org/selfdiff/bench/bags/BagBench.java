package org.selfdiff.bench.bags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.selfdiff.bench.Machine;
import org.selfdiff.bench.Setting;
import org.selfdiff.bench.StepTime;
import org.selfdiff.bench.TimedProcess;
import org.selfdiff.nn.mil.MilSpec;

/**
 * Training steps of networks for bags beside LibTorch's C++ API, both sides in turn, and how time and memory grow with
 * the bag. Prints tables and writes them to {@code target/bench-bags.md}. Exit code 1 when the sides did not compute the
 * same numbers.
 */
public final class BagBench {
    private static final int TILES = 10_000;

    private static final int WARM_UP = 2;

    private static final int THREADS = 2;

    private static final double TOLERANCE = 1e-4;

    private BagBench() {}

    /** Arguments: {@code steps} or {@code scale}, or nothing for both. */
    public static void main(final String[] arguments) throws IOException {
        final List<String> parts =
                arguments.length == 0 || arguments[0].startsWith("-") ? List.of("steps", "scale") : List.of(arguments);
        final Path folder = Files.createDirectories(Path.of("target").toAbsolutePath());
        final Setting setting = Setting.of(true, folder);
        final StringBuilder report = new StringBuilder(Machine.describe() + "\n");
        boolean equal = true;
        if (parts.contains("steps")) {
            equal = steps(setting, report);
        }
        if (parts.contains("scale")) {
            scale(setting, report);
        }
        Files.writeString(folder.resolve("bench-bags.md"), report);
        System.exit(equal ? 0 : 1);
    }

    private static void say(final StringBuilder report, final String line, final Object... values) {
        final String text = String.format(Locale.ROOT, line, values);
        System.out.println(text);
        report.append(text).append('\n');
    }

    private static TimedProcess process(final String side, final BagWorkload workload, final Setting setting)
            throws IOException {
        final List<String> program = new ArrayList<>(List.of("-Xmx1800m", BagChild.class.getName(), side));
        program.addAll(List.of(workload.arguments()));
        return new TimedProcess(side + " " + workload, program, THREADS, setting);
    }

    private static boolean steps(final Setting setting, final StringBuilder report) throws IOException {
        say(report, "%nTraining step, a bag of %d x %d, fp32, 2 threads:%n", TILES, BagWorkload.WIDTH);
        say(report, "| network | n | ours, ms | peer, ms | ratio | peak MB, ours / peer | losses differ by |");
        say(report, "|---|--:|--:|--:|--:|--:|--:|");
        boolean equal = true;
        final List<String> versions = new ArrayList<>();
        for (final MilSpec.Method method : List.of(
                MilSpec.Method.GATED_ABMIL, MilSpec.Method.CLAM_SB, MilSpec.Method.TRANSMIL, MilSpec.Method.REGIONAL)) {
            final BagWorkload workload = new BagWorkload(method, TILES);
            final int rounds = WARM_UP + (method == MilSpec.Method.TRANSMIL ? 5 : 9);
            try (TimedProcess ours = process("ours", workload, setting);
                    TimedProcess peer = process("peer", workload, setting)) {
                for (int round = 0; round < rounds; round++) {
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
                equal &= difference <= TOLERANCE;
                say(
                        report,
                        "| %s | %d | %.0f | %.0f | %.3f | %.0f / %.0f | %.0e |",
                        method,
                        rounds - WARM_UP,
                        ours.median(WARM_UP, StepTime::wall),
                        peer.median(WARM_UP, StepTime::wall),
                        ours.median(WARM_UP, StepTime::wall) / peer.median(WARM_UP, StepTime::wall),
                        ours.finish(),
                        peer.finish(),
                        difference);
                versions.clear();
                versions.add(ours.version());
                versions.add(peer.version());
            }
        }
        versions.forEach(v -> say(report, "%n%s", v));
        return equal;
    }

    private static void scale(final Setting setting, final StringBuilder report) throws IOException {
        say(report, "%nOne bag of tiles x %d, published sizes, fp32, 2 threads:%n", BagWorkload.WIDTH);
        say(report, "| network | tiles | training step, s | peak MB | answer, s | peak MB |");
        say(report, "|---|--:|--:|--:|--:|--:|");
        for (final MilSpec.Method method :
                List.of(MilSpec.Method.REGIONAL, MilSpec.Method.TRANSMIL, MilSpec.Method.GLOBAL)) {
            for (final int tiles : new int[] {1_000, 10_000, 100_000, 200_000}) {
                final BagWorkload workload = new BagWorkload(method, tiles);
                final boolean regional = method == MilSpec.Method.REGIONAL;
                if (tiles <= 100_000 || regional) {
                    say(
                            report,
                            "| %s | %d | %s | %s |",
                            method,
                            tiles,
                            tiles > 100_000 || tiles == 100_000 && method == MilSpec.Method.TRANSMIL
                                    ? " - | - "
                                    : measured("ours", workload, setting),
                            measured("answer", workload, setting));
                }
            }
        }
    }

    /** Seconds of the second of two steps, and MB. */
    private static String measured(final String side, final BagWorkload workload, final Setting setting)
            throws IOException {
        try (TimedProcess process = process(side, workload, setting)) {
            process.step();
            process.step();
            return String.format(
                    Locale.ROOT, "%.2f | %.0f", process.median(1, StepTime::wall) / 1000, process.finish());
        } catch (IOException e) {
            return "not within the memory | ";
        }
    }
}
