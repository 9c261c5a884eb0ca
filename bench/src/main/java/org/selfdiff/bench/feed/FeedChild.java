package org.selfdiff.bench.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.selfdiff.bench.AnsweringProcess;
import org.selfdiff.bench.ProcessMeter;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.Batch;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.BatchUpload;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Prefetch;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.Engine;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.TensorScope;

/** Our side: batches of tiles, turned at random, as tensors of floats. Nothing that was decoded is kept. */
final class FeedChild {
    private FeedChild() {}

    /** Arguments: folder of tiles, threads. */
    public static void main(final String[] arguments) throws IOException, RunFailed, RunCancelled {
        Engine.start();
        final BatchSettings settings = BatchSettings.pictures(FeedBench.BATCH, 1, Augmentation.turnsOnly());
        try (PictureCache cache = new PictureCache(DecodeLimits.standard(), 1);
                BatchUpload upload = new BatchUpload(settings);
                Prefetch<Batch> batches = new Prefetch<>(
                        new TileBatches(tiles(Path.of(arguments[0])), settings, cache)::batch,
                        0,
                        Long.MAX_VALUE,
                        3,
                        Integer.parseInt(arguments[1]));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            say("ready SelfDiff, " + decoder(Path.of(arguments[0])));
            final BufferedReader requests =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                final long began = System.nanoTime();
                final long used = ProcessMeter.cpuTime();
                for (int i = 0; i < Integer.parseInt(line); i++) {
                    try (TensorScope step = scope.child()) {
                        upload.tensors(batches.next(RunControl.silent()), step);
                    }
                }
                say(String.format(
                        Locale.ROOT,
                        "%.6f %.6f",
                        (System.nanoTime() - began) / 1e9,
                        (ProcessMeter.cpuTime() - used) / 1e9));
            }
            say("peak " + ProcessMeter.peakKilobytes());
        }
        System.exit(0);
    }

    private static List<Tile> tiles(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .map(file -> Tile.of(file, Optional.empty(), 0, 0, FeedBench.SIDE, FeedBench.SIDE, Double.NaN, ""))
                    .toList();
        }
    }

    private static String decoder(final Path folder) throws IOException, RunFailed {
        try (Stream<Path> files = Files.list(folder);
                var source = org.selfdiff.imaging.slide.Slides.open(
                        files.findFirst().orElseThrow(), DecodeLimits.standard())) {
            return source.about().decoder();
        }
    }

    private static void say(final String answer) {
        System.out.println(AnsweringProcess.MARK + answer);
        System.out.flush();
    }
}
