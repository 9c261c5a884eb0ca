package org.selfdiff.stages.bags;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.metrics.classification.Concordance;
import org.selfdiff.metrics.statistics.Correlation;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.nn.mil.RegionGrid;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Ensembles learn what is planted, of every kind, stop and go on. */
@NeedsTorch.Engine
@Tag("slow")
class LearnBagsTest {
    private static final int GRID = 8;

    @TempDir
    Path folder;

    private static DeviceChoice cpu() throws RunFailed {
        return DeviceChoice.parse("cpu");
    }

    private Path model() {
        return folder.resolve("model.safetensors");
    }

    private static double accuracy(final List<double[]> probabilities) {
        int right = 0;
        for (int i = 0; i < probabilities.size(); i++) {
            right += (probabilities.get(i)[1] > 0.5 ? 1 : 0) == i % 2 ? 1 : 0;
        }
        return (double) right / probabilities.size();
    }

    @ParameterizedTest
    @EnumSource(
            value = MilSpec.Method.class,
            names = {"GATED_ABMIL", "REGIONAL"})
    void findsFewTilesAmongMany(final MilSpec.Method method) throws Exception {
        final LearnBags.Result result = LearnBags.run(
                PlantedBags.request(PlantedBags.regions(GRID, 60, 1), PlantedBags.halves(60), method, 400, 1, model()),
                RunControl.silent());
        assertTrue(accuracy(result.predictions()) >= 0.8, method + ": " + accuracy(result.predictions()));
        final List<Bag> fresh = PlantedBags.regions(GRID, 16, 2);
        final double focus = method == MilSpec.Method.REGIONAL ? 0.5 : 1;
        final PredictBags.Result predicted = PredictBags.run(
                new PredictBags.Request(model(), fresh, new PredictBags.Passes(focus, 0, 1, 0), true, cpu()),
                RunControl.silent());
        assertTrue(accuracy(predicted.predictions()) >= 0.8, method + " " + accuracy(predicted.predictions()));
        int pointed = 0;
        for (int i = 1; i < fresh.size(); i += 2) {
            final PredictBags.Attention attention = predicted.attention().get(i);
            assertEquals(1, Arrays.stream(attention.tiles()).sum(), 1e-6);
            assertEquals(1, Arrays.stream(attention.regions()).sum(), 1e-6);
            final int top = IntStream.range(0, GRID * GRID)
                    .reduce((a, b) -> attention.tiles()[b] > attention.tiles()[a] ? b : a)
                    .orElseThrow();
            final float[] tile = new float[PlantedBags.WIDTH];
            fresh.get(i).features().copy(new int[] {top}, tile);
            pointed += tile[0] > 2 ? 1 : 0;
        }
        assertTrue(pointed >= 6, method + " points at the planted region in " + pointed + " of 8");
    }

    private static double[] gaussians(final int count, final long seed) {
        final SeededRandom random = new SeededRandom(seed);
        return IntStream.range(0, count).mapToDouble(i -> random.gaussian()).toArray();
    }

    @Test
    void learnsNumbers() throws Exception {
        final double[] first = gaussians(30, 1);
        final double[][] values = new double[30][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new double[] {500 + 40 * first[i]};
        }
        final List<Bag> bags = PlantedBags.moved(3, first, new double[30], 2);
        final LearnBags.Result result = LearnBags.run(
                PlantedBags.request(
                        bags,
                        new BagTargets(Target.REGRESSION, List.of(), values),
                        MilSpec.Method.MEAN,
                        200,
                        2,
                        model()),
                RunControl.silent());
        final double[] said =
                result.predictions().stream().mapToDouble(p -> p[0]).toArray();
        final double[] truth = Arrays.stream(values).mapToDouble(v -> v[0]).toArray();
        assertTrue(Correlation.pearson(said, truth).statistic() > 0.8, Arrays.toString(said));
        assertEquals(500, Arrays.stream(said).average().orElseThrow(), 30, "in the units of the table");
        final PredictBags.Result predicted = PredictBags.run(
                new PredictBags.Request(model(), bags, PredictBags.Passes.WHOLE, true, cpu()), RunControl.silent());
        assertTrue(Math.abs(predicted.predictions().get(0)[0] - truth[0]) < 60, "the scale is in the card");
    }

    @Test
    void learnsRisks() throws Exception {
        final int n = 36;
        final double[] first = gaussians(n, 3);
        final SeededRandom random = new SeededRandom(4);
        final double[][] values = new double[n][];
        for (int i = 0; i < n; i++) {
            final double time = -Math.log(random.nextDouble()) * Math.exp(-2 * first[i]);
            final double censored = -3 * Math.log(random.nextDouble());
            values[i] = new double[] {Math.min(time, censored), time <= censored ? 1 : 0};
        }
        final LearnBags.Result result = LearnBags.run(
                PlantedBags.request(
                        PlantedBags.moved(3, first, new double[n], 5),
                        new BagTargets(Target.SURVIVAL, List.of(), values),
                        MilSpec.Method.MEAN,
                        150,
                        8,
                        model()),
                RunControl.silent());
        final double[] time = Arrays.stream(values).mapToDouble(v -> v[0]).toArray();
        final boolean[] event = new boolean[n];
        for (int i = 0; i < n; i++) {
            event[i] = values[i][1] == 1;
        }
        final double[] risk =
                result.predictions().stream().mapToDouble(p -> p[0]).toArray();
        final double known = Concordance.of(time, event, first, 0).index();
        final double learnt = Concordance.of(time, event, risk, 0).index();
        assertTrue(learnt > known - 0.08 && known > 0.7, learnt + ", of " + known + " that can be known");
    }

    @Test
    void learnsLabels() throws Exception {
        final int n = 30;
        final double[] first = new double[n];
        final double[] second = new double[n];
        final double[][] values = new double[n][];
        for (int i = 0; i < n; i++) {
            values[i] = new double[] {i % 2, i % 3 == 0 ? 1 : 0};
            first[i] = 4 * values[i][0];
            second[i] = 4 * values[i][1];
        }
        final LearnBags.Result result = LearnBags.run(
                PlantedBags.request(
                        PlantedBags.moved(3, first, second, 6),
                        new BagTargets(Target.LABELS, List.of("left", "right"), values),
                        MilSpec.Method.MEAN,
                        200,
                        1,
                        model()),
                RunControl.silent());
        int right = 0;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 2; k++) {
                right += result.predictions().get(i)[k] > 0.5 == (values[i][k] == 1) ? 1 : 0;
            }
        }
        assertTrue(right >= 50, right + " of 60");
        assertEquals(
                List.of("left", "right"),
                ModelFile.readCard(model()).classes().stream()
                        .map(c -> c.name())
                        .toList());
    }

    /** Stopped in the middle of a fold and after another one, an ensemble ends as if it had not been. */
    @Test
    void goesOnWhereItStopped() throws Exception {
        final LearnBags.Split split = new LearnBags.Split(3, Optional.empty(), 2);
        final LearnBags.Request request = PlantedBags.with(
                PlantedBags.request(
                        PlantedBags.regions(4, 12, 3), PlantedBags.halves(12), MilSpec.Method.ABMIL, 30, 1, model()),
                split,
                Optional.empty());
        final LearnBags.Result whole = LearnBags.run(request, RunControl.silent());
        final byte[] expected = Files.readAllBytes(model());
        Files.delete(model());
        final LearnBags.Request kept = PlantedBags.with(request, split, Optional.of(folder.resolve("states")));
        for (final double end : new double[] {0.1, 0.4, 0.8}) {
            assertThrows(RunCancelled.class, () -> LearnBags.run(kept, stopAt(end)));
            assertTrue(Files.notExists(model()));
        }
        final double[] first = {-1};
        final LearnBags.Result again = LearnBags.run(kept, new RunControl() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(final double fraction, final String message) {
                if (first[0] < 0 && message.contains("loss")) {
                    first[0] = fraction;
                }
            }

            @Override
            public void warn(final String message) {
                throw new AssertionError(message);
            }
        });
        assertArrayEquals(expected, Files.readAllBytes(model()));
        assertTrue(first[0] > 0.6, "the steps of the first folds are not made again: " + first[0]);
        for (int i = 0; i < 12; i++) {
            assertArrayEquals(whole.predictions().get(i), again.predictions().get(i));
        }
        assertEquals(6, again.logs().size());
        try (Stream<Path> left = Files.list(folder.resolve("states"))) {
            assertEquals(List.of(), left.toList(), "states are deleted once the model is there");
        }
    }

    private static RunControl stopAt(final double end) {
        return new RunControl() {
            private volatile boolean stopped;

            @Override
            public boolean isCancelled() {
                return stopped;
            }

            @Override
            public void progress(final double fraction, final String message) {
                stopped |= fraction >= end;
            }

            @Override
            public void warn(final String message) {
                throw new AssertionError(message);
            }
        };
    }

    /** What is asked of an ensemble of two networks a fold is the mean of what its networks say. */
    @Test
    void theModelIsTheEnsembleOfItsNetworks() throws Exception {
        final List<Bag> bags = PlantedBags.regions(4, 12, 3);
        final LearnBags.Request one =
                PlantedBags.request(bags, PlantedBags.halves(12), MilSpec.Method.ABMIL, 20, 1, model());
        LearnBags.run(
                PlantedBags.with(one, new LearnBags.Split(3, Optional.empty(), 2), Optional.empty()),
                RunControl.silent());
        final var weights = ModelFile.readWeights(model()).weights();
        assertEquals(
                6,
                weights.keySet().stream()
                        .filter(k -> k.endsWith("attention_w.bias"))
                        .count());
        final PredictBags.Result calibrated = PredictBags.run(
                new PredictBags.Request(model(), bags, PredictBags.Passes.WHOLE, true, cpu()), RunControl.silent());
        final PredictBags.Result raw = PredictBags.run(
                new PredictBags.Request(model(), bags, PredictBags.Passes.WHOLE, false, cpu()), RunControl.silent());
        final double temperature =
                ModelFile.readCard(model()).architecture().get("temperature").getAsDouble();
        assertTrue(temperature != 1, "twenty steps are not calibrated by chance");
        for (int i = 0; i < bags.size(); i++) {
            final boolean surer = Math.abs(calibrated.predictions().get(i)[0] - 0.5)
                    > Math.abs(raw.predictions().get(i)[0] - 0.5);
            assertEquals(temperature < 1, surer, "bag " + i + ", temperature " + temperature);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MilSpec.Method.class,
            names = {"GATED_ABMIL", "REGIONAL", "CLAM_SB"})
    void bagsOfOneTileDo(final MilSpec.Method method) throws Exception {
        final List<Bag> bags = PlantedBags.moved(1, new double[8], new double[8], 1);
        final LearnBags.Result result = LearnBags.run(
                PlantedBags.with(
                        PlantedBags.request(bags, PlantedBags.halves(8), method, 3, 1, model()),
                        new LearnBags.Split(2, Optional.empty(), 1),
                        Optional.empty()),
                RunControl.silent());
        result.predictions().forEach(p -> assertEquals(1, p[0] + p[1], 1e-9));
        final PredictBags.Attention attention = PredictBags.run(
                        new PredictBags.Request(model(), bags, PredictBags.Passes.WHOLE, true, cpu()),
                        RunControl.silent())
                .attention()
                .get(0);
        assertArrayEquals(new double[] {1}, attention.tiles(), 1e-6);
    }

    @Test
    void repeatsAreAveragedAndFollowFromTheSeed() throws Exception {
        final List<Bag> bags = PlantedBags.regions(4, 12, 3);
        LearnBags.run(
                PlantedBags.request(bags, PlantedBags.halves(12), MilSpec.Method.ABMIL, 20, 1, model()),
                RunControl.silent());
        final double[] one = predicted(bags, new PredictBags.Passes(1, 4, 1, 5));
        final double[] three = predicted(bags, new PredictBags.Passes(1, 4, 3, 5));
        assertArrayEquals(three, predicted(bags, new PredictBags.Passes(1, 4, 3, 5)));
        assertTrue(!Arrays.equals(one, three));
        assertArrayEquals(
                predicted(bags, PredictBags.Passes.WHOLE),
                predicted(bags, new PredictBags.Passes(1, 16, 7, 5)),
                1e-12,
                "a bag that is seen as a whole needs no repeats");
    }

    private double[] predicted(final List<Bag> bags, final PredictBags.Passes passes) throws Exception {
        return PredictBags.run(new PredictBags.Request(model(), bags, passes, true, cpu()), RunControl.silent())
                .predictions()
                .get(1);
    }

    @Test
    void tileOrderChangesNothing() throws Exception {
        final Bag bag = PlantedBags.regions(GRID, 2, 5).get(1);
        final int[] order = new SeededRandom(3).permutation(bag.size());
        final float[] all = new float[bag.size() * PlantedBags.WIDTH];
        bag.features().copy(order, all);
        final List<float[]> features = IntStream.range(0, bag.size())
                .mapToObj(i -> Arrays.copyOfRange(all, i * PlantedBags.WIDTH, (i + 1) * PlantedBags.WIDTH))
                .toList();
        final Bag other = new Bag(
                bag.name(),
                bag.patient(),
                bag.rows(),
                BagFeatures.of(features),
                IntStream.of(order).map(i -> bag.columns()[i]).toArray(),
                IntStream.of(order).map(i -> bag.lines()[i]).toArray());
        assertArrayEquals(
                bag.all(RegionGrid.of(2)).features(),
                other.all(RegionGrid.of(2)).features());
        assertArrayEquals(
                bag.all(RegionGrid.of(2)).places(), other.all(RegionGrid.of(2)).places());
        assertEquals(16, bag.all(RegionGrid.of(2)).regions());
        assertEquals(4, bag.drawn(RegionGrid.of(2), 16, new SeededRandom(1)).regions());
    }

    @Test
    void whatCannotBeLearntIsNamed() {
        final Bag bag = PlantedBags.regions(GRID, 1, 1).get(0);
        final Bag twice = new Bag("s", "p", bag.rows(), bag.features(), new int[bag.size()], bag.lines());
        assertTrue(assertThrows(RunFailed.class, () -> twice.all(RegionGrid.of(2)))
                .where()
                .contains("rows 1 and 2"));
        final List<Bag> four = PlantedBags.regions(4, 4, 1);
        final RunFailed few = failure(four, PlantedBags.halves(4), 1);
        assertTrue(few.what().contains("2 patients of the class normal for 3 folds"), few.what());
        final RunFailed one = failure(four, BagTargets.classes(List.of("normal"), new int[4]), 1);
        assertTrue(one.what().contains("All 4 slides are of one class, [normal]"), one.what());
        final RunFailed alone = failure(
                four, new BagTargets(Target.SURVIVAL, List.of(), new double[][] {{1, 1}, {2, 1}, {3, 1}, {4, 0}}), 1);
        assertEquals("setting \"Slides of a step\"", alone.where());
    }

    private RunFailed failure(final List<Bag> bags, final BagTargets targets, final int batch) {
        return assertThrows(
                RunFailed.class,
                () -> LearnBags.run(
                        PlantedBags.request(bags, targets, MilSpec.Method.MEAN, 10, batch, model()),
                        RunControl.silent()));
    }
}
