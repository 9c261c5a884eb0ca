package org.selfdiff.stages.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.data.Embeddings;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.metrics.classification.RocCurve;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** A probe on embeddings whose first number tells two classes apart, a little; nothing else does. */
class CompareAugmentationTest {
    private static final int WIDTH = 20;

    /** @param shift of the first number between the classes */
    private static FitLinearProbe.LabelledEmbeddings rows(final int count, final double shift, final long seed) {
        final List<float[]> x = new ArrayList<>();
        final List<boolean[]> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final SeededRandom random = new SeededRandom(seed, i);
            final float[] row = new float[WIDTH];
            for (int j = 0; j < WIDTH; j++) {
                row[j] = (float) random.gaussian();
            }
            row[0] += (float) (i % 2 * shift);
            x.add(row);
            labels.add(new boolean[] {i % 2 == 0, i % 2 == 1});
        }
        return new FitLinearProbe.LabelledEmbeddings(
                new Embeddings(x, WIDTH, Optional.empty()), new Labels(List.of("clear", "ill"), false, labels));
    }

    private static CompareAugmentation.Request request(
            final FitLinearProbe.LabelledEmbeddings synthetic, final double... ratios) {
        final FitLinearProbe.LabelledEmbeddings test = rows(200, 1.5, 3);
        return new CompareAugmentation.Request(
                new Contest.Probe(
                        rows(20, 1.5, 1),
                        synthetic,
                        test,
                        IntStream.range(0, 200)
                                .mapToObj(i -> "patient " + i / 2)
                                .toList(),
                        new ProbeSettings(1, true, true)),
                Arrays.stream(ratios).boxed().toList(),
                true,
                3,
                5,
                0.95,
                200);
    }

    private static CompareAugmentation.Line mean(final CompareAugmentation.Result result, final String arm) {
        return result.lines().stream()
                .filter(l -> l.arm().name().equals(arm) && l.label().equals(Score.ALL_CLASSES))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void goodSyntheticPicturesHelpAndBadOnesDoNot() throws Exception {
        final CompareAugmentation.Result good =
                CompareAugmentation.run(request(rows(400, 1.5, 2), 1, 10), RunControl.silent());
        assertEquals(4 * 3, good.lines().size());
        final CompareAugmentation.Line real = mean(good, "real");
        final CompareAugmentation.Line much = mean(good, "real + synthetic 1:10");
        assertEquals(0, real.deviation(), 0, "the probe of real rows alone has nothing random");
        assertTrue(mean(good, "real + synthetic 1:1").deviation() > 0);
        assertTrue(much.area() > real.area() + 0.05, much.area() + " after " + real.area());
        assertEquals(much.area() - real.area(), much.difference(), 1e-12);
        assertTrue(much.differenceInterval().low() > 0 && much.p() < 0.05, much.toString());
        assertTrue(much.interval().low() < much.area()
                && much.area() < much.interval().high());
        assertEquals(20, much.arm().real());
        assertEquals(200, much.arm().synthetic());
        final CompareAugmentation.Line alone = mean(good, "synthetic");
        assertEquals(0, alone.arm().real());
        assertTrue(alone.area() > real.area());
        assertEquals(good, CompareAugmentation.run(request(rows(400, 1.5, 2), 1, 10), RunControl.silent()));

        final CompareAugmentation.Result turned =
                CompareAugmentation.run(request(rows(400, -1.5, 2), 10), RunControl.silent());
        assertTrue(mean(turned, "synthetic").area() < 0.3, "labels the wrong way round");
        assertTrue(mean(turned, "synthetic").differenceInterval().high() < 0);
        final Picture chart = AugmentationChart.of(good, 3);
        assertEquals(900, chart.width());
    }

    /** The area of a training is that of its predictions. */
    @Test
    void areasAreThoseOfThePredictions() throws Exception {
        final CompareAugmentation.Request request = request(rows(40, 1.5, 2), 1);
        final List<double[]> p = request.contest().trained(true, List.of(), 5, RunControl.silent());
        final double area = RocCurve.of(
                        request.contest().test().column(1),
                        p.stream().mapToDouble(v -> v[1]).toArray())
                .area();
        assertEquals(
                area,
                mean(CompareAugmentation.run(request, RunControl.silent()), "real")
                        .area(),
                1e-12);
    }

    @Test
    void tooFewSyntheticPicturesAreRefusedBeforeAnyTraining() {
        final RunFailed failed = assertThrows(
                RunFailed.class, () -> CompareAugmentation.run(request(rows(40, 1.5, 2), 1, 4), RunControl.silent()));
        assertEquals("There are 40 synthetic pictures, and 80 are asked for", failed.what());
    }
}
