package org.selfdiff.stages.bags;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.metrics.classification.DeLong;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.nn.mil.MilSpec.Method;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.TrainingPlan;

@NeedsTorch.Engine
class CompareBagsTest {
    private static CompareBags.Request request(final int bags, final BagTargets targets, final int repetitions)
            throws RunFailed {
        return new CompareBags.Request(
                PlantedBags.regions(4, bags, 3),
                BagUnit.SLIDE,
                targets,
                List.of(
                        new CompareBags.Named("mean", PlantedBags.network(Method.MEAN, targets.outputs())),
                        new CompareBags.Named("attention", PlantedBags.network(Method.GATED_ABMIL, targets.outputs()))),
                new ModelInput.Features(PlantedBags.WIDTH, "test", "ab"),
                3,
                repetitions,
                new LearnBags.Training(0, true, CoxLoss.Ties.BRESLOW, TrainingPlan.ofSteps(60, 1, 3e-3), 7),
                DeviceChoice.parse("cpu"));
    }

    private static CompareBags.Trial trial(final String method, final int repetition, final double... second) {
        final List<double[]> predictions = new ArrayList<>();
        for (final double p : second) {
            predictions.add(new double[] {1 - p, p});
        }
        return new CompareBags.Trial(method, repetition, new int[second.length], predictions, 2 + repetition);
    }

    /** Bags 0, 2, 4 are of the first class. The first method has 7.5 of nine pairs in order on average. */
    @Test
    void standingsAreThoseOfTheMeanOverRepetitions() throws Exception {
        final List<CompareBags.Standing> standings = CompareBags.standings(
                request(6, PlantedBags.halves(6), 2),
                List.of(
                        trial("mean", 0, 0.1, 0.9, 0.2, 0.8, 0.3, 0.2),
                        trial("mean", 1, 0.1, 0.7, 0.4, 0.8, 0.5, 0.4),
                        trial("attention", 0, 0.1, 0.9, 0.2, 0.8, 0.3, 0.7),
                        trial("attention", 1, 0.9, 0.1, 0.8, 0.2, 0.7, 0.3)));
        final CompareBags.Standing mean = standings.get(0);
        assertEquals(
                7.5 / 9, mean.auroc(), 1e-12, "0.3 of a positive is above 0.1, at 0.3 and below 0.4 of a negative");
        assertArrayEquals(new double[] {7.5 / 9, 7.5 / 9}, mean.single(), 1e-12);
        assertEquals(2.5, mean.seconds(), 1e-12);
        assertEquals((1 + 2 / 3.0) / 2, mean.balancedAccuracy(), 1e-12);
        assertTrue(mean.interval().low() < mean.auroc()
                && mean.auroc() < mean.interval().high());
        assertTrue(Double.isNaN(mean.p()), "the best is not compared with itself");
        final CompareBags.Standing attention = standings.get(1);
        assertEquals(0.5, attention.auroc(), 1e-12, "repetitions that contradict each other");
        assertArrayEquals(new double[] {1, 0}, attention.single(), 1e-12);
        final boolean[] truth = {false, true, false, true, false, true};
        final double expected = DeLong.compare(
                        DeLong.of(truth, new double[] {0.1, 0.8, 0.3, 0.8, 0.4, 0.3}),
                        DeLong.of(truth, new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5}))
                .p();
        assertEquals(expected, attention.p(), 1e-9);
    }

    @Test
    void moreThanTwoClassesAndNoMethodAreNamed() throws Exception {
        final BagTargets three = BagTargets.classes(List.of("a", "b", "c"), new int[] {0, 1, 2, 0, 1, 2});
        assertTrue(assertThrows(RunFailed.class, () -> CompareBags.run(request(6, three, 1), RunControl.silent()))
                .what()
                .contains("a, b, c"));
        final BagTargets numbers = new BagTargets(Target.REGRESSION, List.of(), new double[6][1]);
        assertThrows(RunFailed.class, () -> CompareBags.run(request(6, numbers, 1), RunControl.silent()));
        assertThrows(RunFailed.class, () -> CompareBags.run(request(6, PlantedBags.halves(6), 0), RunControl.silent()));
    }

    @Test
    @Tag("slow")
    void allMethodsSeeTheSameFolds() throws Exception {
        final CompareBags.Result result = CompareBags.run(request(24, PlantedBags.halves(24), 2), RunControl.silent());
        assertEquals(
                List.of("mean", "mean", "attention", "attention"),
                result.trials().stream().map(CompareBags.Trial::method).toList());
        assertArrayEquals(result.trials().get(0).fold(), result.trials().get(2).fold());
        assertArrayEquals(result.trials().get(1).fold(), result.trials().get(3).fold());
        assertTrue(
                !Arrays.equals(
                        result.trials().get(0).fold(), result.trials().get(1).fold()),
                "another repetition has other folds");
        assertTrue(result.standings().get(1).auroc() > 0.6, "planted tiles are found: " + result.standings());
        assertTrue(result.chart().width() > 500);
        final CompareBags.Result again = CompareBags.run(request(24, PlantedBags.halves(24), 2), RunControl.silent());
        assertEquals(
                result.standings().get(0).auroc(),
                again.standings().get(0).auroc(),
                0,
                "the same seed, the same result");
    }
}
