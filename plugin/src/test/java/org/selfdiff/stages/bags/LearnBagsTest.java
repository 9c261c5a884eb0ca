package org.selfdiff.stages.bags;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelInput;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.nn.mil.RegionGrid;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/** Bags with few positive tiles at known places. */
@NeedsTorch.Engine
class LearnBagsTest {
    private static final int WIDTH = 6;

    private static final int GRID = 8;

    @TempDir
    Path folder;

    /** Odd bags hold a region of 2 x 2 tiles that are moved along the first axis. */
    private static List<Bag> bags(final int count, final long seed) {
        final List<Bag> bags = new ArrayList<>();
        for (int b = 0; b < count; b++) {
            final SeededRandom random = new SeededRandom(seed, b);
            final int x = 2 * random.nextInt(GRID / 2);
            final int y = 2 * random.nextInt(GRID / 2);
            final List<float[]> features = new ArrayList<>();
            final int[] columns = new int[GRID * GRID];
            final int[] lines = new int[GRID * GRID];
            for (int i = 0; i < GRID * GRID; i++) {
                columns[i] = i % GRID;
                lines[i] = i / GRID;
                final float[] f = new float[WIDTH];
                for (int k = 0; k < WIDTH; k++) {
                    f[k] = (float) random.gaussian();
                }
                if (b % 2 == 1 && columns[i] / 2 == x / 2 && lines[i] / 2 == y / 2) {
                    f[0] += 4;
                }
                features.add(f);
            }
            bags.add(new Bag("s" + b, "p" + b, IntStream.range(0, GRID * GRID).toArray(), features, columns, lines));
        }
        return bags;
    }

    private LearnBags.Request request(final MilSpec.Method method, final List<Bag> bags, final Path model)
            throws RunFailed {
        return new LearnBags.Request(
                bags,
                IntStream.range(0, bags.size()).map(i -> i % 2).toArray(),
                List.of("normal", "tumour"),
                new MilSpec(method, WIDTH, 16, 8, 2, 2, 1, 2),
                new ModelInput.Features(WIDTH, "test", "ab"),
                3,
                0,
                TrainingPlan.ofSteps(400, 1, 3e-3).with(Precision.FP32),
                7,
                DeviceChoice.parse("cpu"),
                model);
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
        final Path model = folder.resolve("model.safetensors");
        final LearnBags.Result result = LearnBags.run(request(method, bags(60, 1), model), RunControl.silent());
        assertTrue(accuracy(result.probabilities()) >= 0.8, method + ": " + accuracy(result.probabilities()));
        final List<Bag> fresh = bags(16, 2);
        final PredictBags.Result predicted = PredictBags.run(
                new PredictBags.Request(
                        model, fresh, method == MilSpec.Method.REGIONAL ? 0.5 : 1, DeviceChoice.parse("cpu")),
                RunControl.silent());
        assertTrue(accuracy(predicted.probabilities()) >= 0.8, method + " " + accuracy(predicted.probabilities()));
        assertEquals(List.of("normal", "tumour"), predicted.classes());
        int pointed = 0;
        for (int i = 1; i < fresh.size(); i += 2) {
            final double[] attention = predicted.attention().get(i);
            assertEquals(1, java.util.Arrays.stream(attention).sum(), 1e-6);
            final int top = IntStream.range(0, attention.length)
                    .reduce((a, b) -> attention[b] > attention[a] ? b : a)
                    .orElseThrow();
            pointed += fresh.get(i).features().get(top)[0] > 2 ? 1 : 0;
        }
        assertTrue(pointed >= 6, method + " points at the planted region in " + pointed + " of 8");
    }

    @Test
    void tileOrderChangesNothing() throws Exception {
        final List<Bag> bags = bags(2, 5);
        final Bag bag = bags.get(1);
        final int[] order = new SeededRandom(3).permutation(bag.size());
        final List<float[]> features = new ArrayList<>();
        final int[] columns = new int[bag.size()];
        final int[] lines = new int[bag.size()];
        for (int i = 0; i < order.length; i++) {
            features.add(bag.features().get(order[i]));
            columns[i] = bag.columns()[order[i]];
            lines[i] = bag.lines()[order[i]];
        }
        final Bag other = new Bag(bag.name(), bag.patient(), bag.rows(), features, columns, lines);
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
        final Bag bag = bags(1, 1).get(0);
        final Bag twice = new Bag("s", "p", bag.rows(), bag.features(), new int[bag.size()], bag.lines());
        assertTrue(assertThrows(RunFailed.class, () -> twice.all(RegionGrid.of(2)))
                .where()
                .contains("rows 1 and 2"));
        final RunFailed few = assertThrows(
                RunFailed.class,
                () -> LearnBags.run(
                        request(MilSpec.Method.MEAN, bags(4, 1), folder.resolve("m")), RunControl.silent()));
        assertTrue(few.what().contains("2 patients of the class normal for 3 folds"), few.what());
    }
}
