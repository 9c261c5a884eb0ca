package org.selfdiff.bench.distance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.selfdiff.bench.Machine;
import org.selfdiff.bench.ProcessMeter;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.metrics.distribution.FrechetDistance;
import org.selfdiff.metrics.distribution.Gaussian;
import org.selfdiff.metrics.distribution.Moments;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Compares the Frechet distance of two sets of features with numpy's and scipy's, as pytorch-fid has it: covariances of
 * both sets and the trace of the root. Prints a table and writes it to {@code target/bench-frechet.md}.
 */
public final class FrechetBench {
    private static final int REPEATS = 20;

    private FrechetBench() {}

    /**
     * Arguments: vectors of each set (50,000 if not given, a multiple of 20 and more than 20 times the width), numbers of
     * a vector (2,048), the Python that has scipy ({@code python3}).
     */
    public static void main(final String[] arguments)
            throws IOException, InterruptedException, RunFailed, RunCancelled {
        final int count =
                arguments.length > 0 && arguments[0].matches("\\d+") ? Integer.parseInt(arguments[0]) : 50_000;
        final int width = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2048;
        final String python = arguments.length > 2 ? arguments[2] : "python3";
        final int rows = count / REPEATS;
        final float[][][] sets = new float[2][rows][width];
        final Path folder =
                Files.createDirectories(Path.of("target", "bench-frechet").toAbsolutePath());
        final Path file = folder.resolve("features.f32");
        write(sets, file);
        final double[] own = own(sets, width);
        final String[] peer = peer(python, folder, file, rows, width);
        final double agreement = Math.abs(own[4] - Double.parseDouble(peer[4])) / own[4];
        final String report = String.format(
                Locale.ROOT,
                """
                %s; two sets of %d x %d, %s.

                | | ours, s | numpy and scipy, s | ratio | ratio by processor time |
                |---|---|---|---|---|
                | means and covariances | %.1f | %.1f | %.2f | %.2f |
                | all | %.1f | %.1f | %.2f | %.2f |

                Distances agree to %.1g; most memory %.0f and %.0f MB.
                """,
                Machine.describe(),
                rows * REPEATS,
                width,
                String.join(" ", java.util.Arrays.copyOfRange(peer, 6, peer.length)),
                own[0],
                Double.parseDouble(peer[0]),
                Double.parseDouble(peer[0]) / own[0],
                Double.parseDouble(peer[1]) / own[1],
                own[2],
                Double.parseDouble(peer[2]),
                Double.parseDouble(peer[2]) / own[2],
                Double.parseDouble(peer[3]) / own[3],
                agreement,
                ProcessMeter.peakKilobytes() / 1024.0,
                Double.parseDouble(peer[5]) / 1024);
        Files.writeString(folder.resolveSibling("bench-frechet.md"), report);
        System.out.println(report);
        if (!(agreement < 1e-6)) {
            throw new IllegalStateException("the distances differ: " + own[4] + " and " + peer[4]);
        }
    }

    /** Correlated features, since those of networks are. */
    private static void write(final float[][][] sets, final Path file) throws IOException {
        final int width = sets[0][0].length;
        final ByteBuffer bytes =
                ByteBuffer.allocate(2 * sets[0].length * width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int s = 0; s < 2; s++) {
            for (int r = 0; r < sets[s].length; r++) {
                final SeededRandom random = new SeededRandom(s, r);
                double walk = random.gaussian();
                for (int k = 0; k < width; k++) {
                    walk = 0.7 * walk + (1 + 0.2 * s) * random.gaussian();
                    sets[s][r][k] = (float) Math.max(0, walk);
                    bytes.putFloat(sets[s][r][k]);
                }
            }
        }
        Files.write(file, bytes.array());
    }

    private static double[] own(final float[][][] sets, final int width) throws RunFailed, RunCancelled {
        final RunControl control = RunControl.silent();
        try (Workers workers = Workers.all()) {
            final long began = System.nanoTime();
            final long used = ProcessMeter.cpuTime();
            final Gaussian[] both = new Gaussian[2];
            final double[] vector = new double[width];
            for (int s = 0; s < 2; s++) {
                final Moments moments = new Moments(width, workers);
                for (int i = 0; i < sets[s].length * REPEATS; i++) {
                    final float[] row = sets[s][i % sets[s].length];
                    for (int k = 0; k < width; k++) {
                        vector[k] = row[k];
                    }
                    moments.add(vector, control);
                }
                both[s] = moments.gaussian(control);
            }
            final double covariances = (System.nanoTime() - began) / 1e9;
            final double processor = (ProcessMeter.cpuTime() - used) / 1e9;
            final double value =
                    FrechetDistance.of(both[0], both[1], workers, control).value();
            return new double[] {
                covariances, processor, (System.nanoTime() - began) / 1e9, (ProcessMeter.cpuTime() - used) / 1e9, value
            };
        }
    }

    private static String[] peer(
            final String python, final Path folder, final Path file, final int rows, final int width)
            throws IOException, InterruptedException {
        final Path script = folder.resolve("peer.py");
        try (InputStream in = FrechetBench.class.getResourceAsStream("peer.py")) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        final Process process = new ProcessBuilder(
                        python,
                        script.toString(),
                        file.toString(),
                        Integer.toString(rows),
                        Integer.toString(width),
                        Integer.toString(REPEATS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(python + " failed; it needs numpy and scipy");
        }
        return answer.split(" ");
    }
}
