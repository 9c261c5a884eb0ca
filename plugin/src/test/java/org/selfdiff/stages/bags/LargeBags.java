package org.selfdiff.stages.bags;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.selfdiff.data.features.FeatureFile;
import org.selfdiff.data.features.TridentFile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelInput;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/**
 * Trains and predicts with bags in files and says what memory and time it took: a program of its own, so that its Java can
 * be given little memory. {@link LargeBagsTest} starts it with small files, and whoever wants to know more with large ones.
 */
final class LargeBags {
    private LargeBags() {}

    /** Writes files of noise; the first number of half of them is higher. */
    static void write(final Path folder, final int slides, final int tiles, final int width) throws RunFailed {
        final float[][] features = new float[tiles][width];
        final int side = (int) Math.ceil(Math.sqrt(tiles));
        final long[] x =
                IntStream.range(0, tiles).mapToLong(i -> 256L * (i % side)).toArray();
        final long[] y =
                IntStream.range(0, tiles).mapToLong(i -> 256L * (i / side)).toArray();
        for (int s = 0; s < slides; s++) {
            final SeededRandom random = new SeededRandom(s);
            for (final float[] tile : features) {
                for (int k = 0; k < width; k++) {
                    tile[k] = (float) random.nextDouble() - 0.5f;
                }
                tile[0] += 3 * (s % 2);
            }
            TridentFile.write(
                    folder.resolve(String.format(Locale.ROOT, "slide-%03d.h5", s)),
                    new TridentFile.Tiles("slide-" + s, x, y, 256, 256, 0.5, Optional.of("noise"), Optional.empty()),
                    features);
        }
    }

    private static List<Bag> bags(final Path folder) throws IOException, RunFailed {
        final List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".h5")).sorted().toList();
        }
        final List<Bag> bags = new ArrayList<>();
        for (final Path path : files) {
            try (FeatureFile file = FeatureFile.open(path)) {
                final int n = file.tiles();
                final int[] all = IntStream.range(0, n).toArray();
                bags.add(new Bag(
                        path.getFileName().toString(),
                        "p" + bags.size(),
                        all,
                        new FiledFeatures(file.width(), List.of(path), new int[n], all),
                        Arrays.stream(file.places().x())
                                .mapToInt(v -> (int) v / 256)
                                .toArray(),
                        Arrays.stream(file.places().y())
                                .mapToInt(v -> (int) v / 256)
                                .toArray()));
            }
        }
        return bags;
    }

    /** Arguments: folder, method, tiles of a step, steps, folds. */
    public static void main(final String[] args) throws Exception {
        final List<Bag> bags = bags(Path.of(args[0]));
        final MilSpec.Method method = MilSpec.Method.valueOf(args[1]);
        final int tiles = Integer.parseInt(args[2]);
        final int width = bags.get(0).features().width();
        final MilSpec network = new MilSpec(method, width, 128, 64, 2, 2, 1, 4);
        final Path model = Path.of(args[0]).resolve("model.safetensors");
        final TrainingPlan plan =
                TrainingPlan.ofSteps(Integer.parseInt(args[3]), 1, 1e-3).with(Precision.FP32);
        long began = System.nanoTime();
        final LearnBags.Result result = LearnBags.run(
                new LearnBags.Request(
                        bags,
                        BagUnit.SLIDE,
                        PlantedBags.halves(bags.size()),
                        network,
                        new ModelInput.Features(width, "noise", ""),
                        new LearnBags.Split(Integer.parseInt(args[4]), Optional.empty(), 1),
                        new LearnBags.Training(tiles, true, CoxLoss.Ties.BRESLOW, plan, 1),
                        DeviceChoice.CPU,
                        Optional.empty(),
                        model),
                RunControl.silent());
        say("training of %d networks: %s", result.logs().size(), since(began));
        int right = 0;
        for (int i = 0; i < bags.size(); i++) {
            right += result.predictions().get(i)[i % 2] > 0.5 ? 1 : 0;
        }
        say("right: %d of %d", right, bags.size());
        final double[] steps = result.logs().stream()
                .flatMap(log -> log.entries().stream())
                .mapToDouble(LossLog.Entry::speed)
                .map(speed -> 1000 / speed)
                .sorted()
                .toArray();
        say("step with its feed: median %.2f ms", steps[steps.length / 2]);
        final UnpackedFeatures unpacked = UnpackedFeatures.of(bags, RunControl.silent());
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        began = threads.getCurrentThreadCpuTime();
        int read = 0;
        while (read < 200) {
            unpacked.bags().get(read % bags.size()).drawn(network.grid(), tiles, new SeededRandom(read));
            read++;
        }
        say("feed of a step: %.2f ms of a processor", (threads.getCurrentThreadCpuTime() - began) / 1e6 / read);
        unpacked.close();
        began = System.nanoTime();
        PredictBags.run(
                new PredictBags.Request(model, bags.subList(0, 1), PredictBags.Passes.WHOLE, true, DeviceChoice.CPU),
                RunControl.silent());
        say("prediction of a whole bag of %d tiles: %s", bags.get(0).size(), since(began));
        say("peak of Java's heap is in its limit, %d MiB", Runtime.getRuntime().maxMemory() >> 20);
        for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM")) {
                say("peak memory of the process: %d MiB", Long.parseLong(line.replaceAll("\\D", "")) / 1024);
            }
        }
        System.exit(0);
    }

    private static String since(final long began) {
        return Duration.ofMillis((System.nanoTime() - began) / 1_000_000).toString();
    }

    private static void say(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
