package org.selfdiff.bench.bags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Arguments: {@code steps}, {@code scale} or both; names of networks, if not all. */
    public static void main(final String[] arguments) throws IOException {
        final List<String> parts = List.of(arguments);
        final Path folder = Files.createDirectories(Path.of("target").toAbsolutePath());
        final Setting setting = Setting.of(true, folder);
        final StringBuilder report = new StringBuilder(Machine.describe() + "\n");
        boolean equal = true;
        if (parts.contains("steps")) {
            equal = steps(setting, report, parts);
        }
        if (parts.contains("scale")) {
            scale(setting, report, parts);
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

    private static List<MilSpec.Method> named(final List<String> names, final MilSpec.Method... all) {
        final List<MilSpec.Method> some =
                Arrays.stream(all).filter(m -> names.contains(m.name())).toList();
        return some.isEmpty() ? List.of(all) : some;
    }

    private static boolean steps(final Setting setting, final StringBuilder report, final List<String> parts)
            throws IOException {
        say(report, "%nTraining step, a bag of %d x %d, fp32, 2 threads:%n", TILES, BagWorkload.WIDTH);
        say(
                report,
                "| network | n | ours, ms | peer, ms | ratio | ratio by processor time | peak MB, ours / peer "
                        + "| losses differ by |");
        say(report, "|---|--:|--:|--:|--:|--:|--:|--:|");
        boolean equal = true;
        final List<String> versions = new ArrayList<>();
        for (final MilSpec.Method method : named(
                parts,
                MilSpec.Method.GATED_ABMIL,
                MilSpec.Method.CLAM_SB,
                MilSpec.Method.TRANSMIL,
                MilSpec.Method.REGIONAL)) {
            final BagWorkload workload = new BagWorkload(method, true, TILES);
            final int rounds = WARM_UP + (method == MilSpec.Method.TRANSMIL ? 3 : 7);
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
                        "| %s | %d | %.0f | %.0f | %.3f | %.3f | %.0f / %.0f | %.0e |",
                        method,
                        rounds - WARM_UP,
                        ours.median(WARM_UP, StepTime::wall),
                        peer.median(WARM_UP, StepTime::wall),
                        ours.median(WARM_UP, StepTime::wall) / peer.median(WARM_UP, StepTime::wall),
                        ours.median(WARM_UP, StepTime::cpu) / peer.median(WARM_UP, StepTime::cpu),
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

    private static void scale(final Setting setting, final StringBuilder report, final List<String> parts)
            throws IOException {
        say(report, "%nOne bag of tiles x %d, networks 128 wide, fp32, 2 threads:%n", BagWorkload.WIDTH);
        say(
                report,
                "| network | tiles | training step, s | of the processor, s | peak MB | answer, s | of the processor, s "
                        + "| peak MB |");
        say(report, "|---|--:|--:|--:|--:|--:|--:|--:|");
        for (final MilSpec.Method method :
                named(parts, MilSpec.Method.REGIONAL, MilSpec.Method.TRANSMIL, MilSpec.Method.GLOBAL)) {
            // what grows with the square of the tiles takes too long for the largest
            final int[] sizes =
                    switch (method) {
                        case GLOBAL -> new int[] {1_000, 10_000, 30_000};
                        case REGIONAL -> new int[] {1_000, 10_000, 100_000, 200_000};
                        default -> new int[] {1_000, 10_000, 100_000};
                    };
            for (final int tiles : sizes) {
                final BagWorkload workload = new BagWorkload(method, false, tiles);
                final boolean answersAlone = tiles > 10_000 && method == MilSpec.Method.GLOBAL;
                say(
                        report,
                        "| %s | %d | %s | %s |",
                        method,
                        tiles,
                        answersAlone ? "- | - | -" : measured("ours", workload, setting),
                        measured("answer", workload, setting));
            }
        }
    }

    /** Seconds of the last step, the second where they are quick, and MB. */
    private static String measured(final String side, final BagWorkload workload, final Setting setting)
            throws IOException {
        try (TimedProcess process = process(side, workload, setting)) {
            final int steps = workload.tiles() > 50_000 ? 1 : 2;
            for (int i = 0; i < steps; i++) {
                process.step();
            }
            return String.format(
                    Locale.ROOT,
                    "%.2f | %.2f | %.0f",
                    process.median(steps - 1, StepTime::wall) / 1000,
                    process.median(steps - 1, StepTime::cpu) / 1000,
                    process.finish());
        } catch (IOException e) {
            return "not within the memory | | ";
        }
    }
}
