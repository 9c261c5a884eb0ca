package org.selfdiff.bench.bags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.metrics.classification.RocCurve;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.Bag;
import org.selfdiff.stages.bags.BagFeatures;
import org.selfdiff.stages.bags.PredictBags;

/**
 * Bags of noise with something planted at known places: how well networks tell them from others, and whether the tile
 * attended to most is a planted one (the pointing game). Two signals: <em>tiles</em>, regions of 2 x 2 tiles that are all
 * moved along one axis; and <em>neighbours</em>, regions in which two tiles are moved along one axis and two along
 * another, where negative bags hold as many of both kinds apart from each other, so that only neighbourhood tells.
 */
public final class PlantedTable {
    private static final int WIDTH = 16;

    private static final int TRAINING = 80;

    private static final int TEST = 60;

    private static final float MOVED = 4;

    private PlantedTable() {}

    /**
     * Bags and what is planted.
     *
     * @param planted tiles of each bag's signal; empty for negative ones
     */
    private record Planted(List<Bag> bags, List<Set<Integer>> planted) {}

    /**
     * A network to compare.
     *
     * @param depth blocks of its transformers
     */
    private record Compared(MilSpec.Method method, int depth) {
        MilSpec spec() throws RunFailed {
            return new MilSpec(method, WIDTH, 32, 16, 2, 2, depth, 4).checked();
        }

        @Override
        public String toString() {
            return method
                    + (method == MilSpec.Method.REGIONAL || method == MilSpec.Method.GLOBAL ? ", depth " + depth : "");
        }
    }

    /** Arguments: steps of each fold (300); {@code tiles} or {@code neighbours}, both if not given. */
    public static void main(final String[] arguments) throws IOException, RunFailed, RunCancelled {
        final int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        final Path model = Files.createTempFile("planted", ".safetensors");
        System.out.println("| signal | tiles | positive regions | network | AUC | with focus | pointing game |");
        System.out.println("|---|--:|--:|---|--:|--:|--:|");
        final List<String> signals = arguments.length > 1 ? List.of(arguments[1]) : List.of("tiles", "neighbours");
        for (final String signal : signals) {
            for (final int grid : new int[] {16, 32}) {
                for (final int regions : new int[] {1, 4}) {
                    compare(signal.equals("neighbours"), grid, regions, steps, model);
                }
            }
        }
        Files.delete(model);
    }

    private static void compare(
            final boolean neighbours, final int grid, final int regions, final int steps, final Path model)
            throws RunFailed, RunCancelled {
        final Planted training = bags(neighbours, grid, regions, TRAINING, 1);
        final Planted test = bags(neighbours, grid, regions, TEST, 2);
        for (final Compared compared : List.of(
                new Compared(MilSpec.Method.REGIONAL, 1),
                new Compared(MilSpec.Method.GLOBAL, 2),
                new Compared(MilSpec.Method.GATED_ABMIL, 1),
                new Compared(MilSpec.Method.MAX, 1),
                new Compared(MilSpec.Method.REGIONAL, 2))) {
            new LearntBags(compared.spec(), 2, steps, 2e-3).run(training.bags, labels(TRAINING), 1, model);
            final PredictBags.Result whole = predict(model, test, 1);
            final PredictBags.Result focused = predict(model, test, 0.1);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %s | %.3f | %.3f | %.2f |%n",
                    neighbours ? "neighbours" : "tiles",
                    grid * grid,
                    regions,
                    compared,
                    area(whole),
                    area(focused),
                    pointed(whole, test));
        }
    }

    private static int[] labels(final int count) {
        return IntStream.range(0, count).map(i -> i % 2).toArray();
    }

    private static PredictBags.Result predict(final Path model, final Planted test, final double focus)
            throws RunFailed, RunCancelled {
        return PredictBags.run(
                new PredictBags.Request(
                        model, test.bags, new PredictBags.Passes(focus, 0, 1, 0), false, DeviceChoice.parse("cpu")),
                RunControl.silent());
    }

    private static double area(final PredictBags.Result result) throws RunFailed {
        final double[] scores =
                result.predictions().stream().mapToDouble(p -> p[1]).toArray();
        final boolean[] positive = new boolean[scores.length];
        for (int i = 1; i < positive.length; i += 2) {
            positive[i] = true;
        }
        return RocCurve.of(positive, scores).area();
    }

    private static double pointed(final PredictBags.Result result, final Planted test) {
        int right = 0;
        for (int b = 1; b < TEST; b += 2) {
            final double[] attention = result.attention().get(b).tiles();
            int top = 0;
            for (int i = 1; i < attention.length; i++) {
                top = attention[i] > attention[top] ? i : top;
            }
            right += test.planted.get(b).contains(top) ? 1 : 0;
        }
        return right / (TEST / 2.0);
    }

    /** Odd bags are positive. */
    private static Planted bags(
            final boolean neighbours, final int grid, final int regions, final int count, final long seed) {
        final List<Bag> bags = new ArrayList<>();
        final List<Set<Integer>> planted = new ArrayList<>();
        for (int b = 0; b < count; b++) {
            final SeededRandom random = new SeededRandom(seed, b);
            final List<float[]> features = new ArrayList<>();
            for (int i = 0; i < grid * grid; i++) {
                final float[] f = new float[WIDTH];
                for (int k = 0; k < WIDTH; k++) {
                    f[k] = (float) random.gaussian();
                }
                features.add(f);
            }
            final Set<Integer> moved = new HashSet<>();
            final int[] order = random.permutation(grid / 2 * (grid / 2));
            for (int r = 0; r < regions; r++) {
                for (int c = 0; c < 4; c++) {
                    // apart, the four tiles of a negative bag lie in four regions
                    final boolean together = b % 2 == 1;
                    if (together || neighbours) {
                        final int region = order[together ? r : 4 * r + c];
                        final int line = region / (grid / 2) * 2 + c / 2;
                        final int tile = line * grid + region % (grid / 2) * 2 + c % 2;
                        features.get(tile)[neighbours && c % 2 == 1 ? 1 : 0] += MOVED;
                        if (together) {
                            moved.add(tile);
                        }
                    }
                }
            }
            planted.add(moved);
            bags.add(new Bag(
                    "s" + b,
                    "p" + b,
                    IntStream.range(0, grid * grid).toArray(),
                    BagFeatures.of(features),
                    IntStream.range(0, grid * grid).map(i -> i % grid).toArray(),
                    IntStream.range(0, grid * grid).map(i -> i / grid).toArray()));
        }
        return new Planted(bags, planted);
    }
}
