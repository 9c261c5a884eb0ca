package org.selfdiff.bench.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.selfdiff.bench.Machine;
import org.selfdiff.imaging.JpegEncoder;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.phantom.Phantom;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Compares how fast tiles become tensors: ours beside PyTorch's DataLoader with torchvision, the same files, the same
 * eight positions at random, on the same cores. Makes the tiles by itself, once. Prints a table and writes it to
 * {@code target/bench-feed.md}.
 */
public final class FeedBench {
    static final int SIDE = 256;

    static final int BATCH = 16;

    private static final int TILES = 256;

    private FeedBench() {}

    /** Arguments: rounds that count (9 if not given), the Python that has PyTorch ({@code python3}). */
    public static void main(final String[] arguments) throws IOException, RunCancelled {
        final int rounds =
                arguments.length > 0 && arguments[0].matches("[1-9][0-9]?") ? Integer.parseInt(arguments[0]) : 9;
        final String python = arguments.length > 1 ? arguments[1] : "python3";
        final Path folder = Path.of("target", "bench-feed").toAbsolutePath();
        make(folder);
        final List<FeedMatch> matches = new ArrayList<>();
        for (final String kind : List.of("jpeg", "png")) {
            for (final int threads : new int[] {1, 2}) {
                matches.add(FeedMatch.play(folder.resolve(kind), threads, rounds, python));
                System.out.println(matches.get(matches.size() - 1).row());
            }
        }
        final StringBuilder report = new StringBuilder(Machine.describe())
                .append(String.format(
                        Locale.ROOT,
                        "; tiles of %d px, batches of %d. Ratios are medians of %d rounds that take turns.%n%n",
                        SIDE,
                        BATCH,
                        rounds))
                .append(FeedMatch.HEAD);
        matches.forEach(match -> report.append(match.row()).append('\n'));
        matches.stream().flatMap(match -> match.versions().stream()).distinct().forEach(v -> report.append("\n- ")
                .append(v));
        Files.writeString(folder.resolveSibling("bench-feed.md"), report.append('\n'));
        System.out.println("\n" + report);
    }

    private static void make(final Path folder) throws IOException, RunCancelled {
        final Path jpeg = Files.createDirectories(folder.resolve("jpeg"));
        final Path png = Files.createDirectories(folder.resolve("png"));
        for (int i = 0; i < TILES; i++) {
            final String name = String.format(Locale.ROOT, "tile-%03d", i);
            if (Files.notExists(png.resolve(name + ".png"))) {
                final Phantom phantom = Phantom.draw(SIDE, SIDE, 0.5, 1, i, RunControl.silent());
                Files.write(jpeg.resolve(name + ".jpg"), JpegEncoder.picture(phantom.picture(), 90));
                Files.write(png.resolve(name + ".png"), PngEncoder.picture(phantom.picture()));
            }
        }
    }
}
