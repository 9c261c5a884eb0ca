package org.selfdiff.stages.bags;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** Losses by hand, and what the device computes beside Java. */
@NeedsTorch.Engine
class BagObjectiveTest {
    private static final int[] ALL = {0, 1, 2, 3, 4};

    private static BagTargets targets(final Target kind) {
        return switch (kind) {
            case CLASS -> BagTargets.classes(List.of("a", "b", "c"), new int[] {0, 1, 1, 2, 1});
            case LABELS -> new BagTargets(
                    kind, List.of("a", "b"), new double[][] {{1, 0}, {0, 0}, {1, 1}, {1, 0}, {1, 1}});
            case REGRESSION -> new BagTargets(kind, List.of(), new double[][] {{10}, {20}, {15}, {40}, {5}});
            case SURVIVAL -> new BagTargets(kind, List.of(), new double[][] {{3, 1}, {1, 1}, {3, 1}, {2, 0}, {7, 0}});
        };
    }

    /** Losses of the script, and their gradients, for answers (bags, outputs). */
    private static float[][] script(final BagObjective objective, final int[] bags, final float[] answers)
            throws RunFailed {
        final ScriptMethod losses = new ScriptMethod(
                "losses",
                "def losses(self: __torch__.Net,\n    answers: Tensor,\n    x: List[Tensor]) -> Tensor:\n"
                        + objective.losses().indent(2) + "  return losses\n");
        final ScriptMethod slope = new ScriptMethod(
                "slope",
                """
                def slope(self: __torch__.Net,
                    a: Tensor,
                    x: List[Tensor]) -> Tensor:
                  answers = torch.requires_grad_(torch.detach(a), True)
                  found = torch.grad([torch.mean(self.losses(answers, x))], [answers])
                  return unchecked_cast(Tensor, found[0])
                """);
        try (ScriptModule module = ScriptModule.compile(Device.CPU, List.of(losses, slope));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final Tensor a = scope.floats(answers, bags.length, answers.length / bags.length);
            final List<Tensor> x = objective.targets(bags, scope);
            return new float[][] {
                module.call(scope, false, "losses", a, x).get(0).toFloats(),
                module.call(scope, true, "slope", a, x).get(0).toFloats()
            };
        }
    }

    private static double mean(final float[] values) {
        double sum = 0;
        for (final float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void theDeviceComputesWhatJavaDoes(final Target kind) throws RunFailed {
        for (final boolean balanced : new boolean[] {true, false}) {
            for (final CoxLoss.Ties ties : CoxLoss.Ties.values()) {
                final BagTargets targets = targets(kind);
                final BagObjective objective = BagObjective.of(targets, ALL, balanced, ties);
                final float[] answers = new float[ALL.length * targets.outputs()];
                final SeededRandom random = new SeededRandom(5);
                for (int i = 0; i < answers.length; i++) {
                    answers[i] = (float) random.gaussian();
                }
                final float[][] found = script(objective, ALL, answers);
                assertEquals(java(objective, targets, answers), mean(found[0]), 1e-6, kind + " " + balanced + ties);
                for (int i = 0; i < answers.length; i++) {
                    final float[] up = answers.clone();
                    final float[] down = answers.clone();
                    up[i] += 1e-3f;
                    down[i] -= 1e-3f;
                    final double slope = (java(objective, targets, up) - java(objective, targets, down))
                            / ((double) up[i] - down[i]);
                    assertEquals(slope, found[1][i], 1e-5, kind + ", gradient " + i);
                }
            }
        }
    }

    private static double java(final BagObjective objective, final BagTargets targets, final float[] answers) {
        final double[][] rows = new double[ALL.length][targets.outputs()];
        for (int i = 0; i < answers.length; i++) {
            rows[i / targets.outputs()][i % targets.outputs()] = answers[i];
        }
        return objective.loss(ALL, rows);
    }

    private static final double[] HAZARDS = {0, Math.log(2), Math.log(3)};

    private static double cox(final double[] time, final boolean[] event, final CoxLoss.Ties ties) {
        return CoxLoss.of(time, event, ties).of(HAZARDS);
    }

    /** Hazards 1, 2, 3: sums of those at risk are small whole numbers. */
    @Test
    void partialLikelihoodByHand() {
        final boolean[] all = {true, true, true};
        assertEquals(
                (Math.log(6) + Math.log(5.0 / 2)) / 3, cox(new double[] {1, 2, 3}, all, CoxLoss.Ties.BRESLOW), 1e-12);
        assertEquals(
                (Math.log(6) + Math.log(5.0 / 2)) / 3, cox(new double[] {1, 2, 3}, all, CoxLoss.Ties.EFRON), 1e-12);
        final double[] tied = {1, 1, 2};
        final boolean[] two = {true, true, false};
        assertEquals((Math.log(6) + Math.log(6.0 / 2)) / 2, cox(tied, two, CoxLoss.Ties.BRESLOW), 1e-12);
        assertEquals((Math.log(6) + Math.log(4.5 / 2)) / 2, cox(tied, two, CoxLoss.Ties.EFRON), 1e-12);
        // censored at the time of the event: still at risk
        assertEquals(
                Math.log(6.0 / 2),
                cox(new double[] {1, 1, 2}, new boolean[] {false, true, false}, CoxLoss.Ties.BRESLOW),
                1e-12);
        assertEquals(0, cox(tied, new boolean[3], CoxLoss.Ties.BRESLOW));
    }

    @Test
    void gradientOfThePartialLikelihoodByHand() throws RunFailed {
        final BagTargets targets = new BagTargets(Target.SURVIVAL, List.of(), new double[][] {{1, 1}, {2, 1}, {3, 1}});
        final int[] bags = {0, 1, 2};
        final float[] answers = {0, (float) Math.log(2), (float) Math.log(3)};
        final float[][] found = script(new SurvivalObjective(targets, CoxLoss.Ties.BRESLOW), bags, answers);
        final float[] expected = {
            (float) ((1 / 6.0 - 1) / 3),
            (float) ((2 / 6.0 + 2 / 5.0 - 1) / 3),
            (float) ((3 / 6.0 + 3 / 5.0 + 1 - 1) / 3)
        };
        assertArrayEquals(expected, found[1], 1e-6f);
        // a step without an event learns nothing, and is no obstacle
        final BagTargets none = new BagTargets(Target.SURVIVAL, List.of(), new double[][] {{1, 0}, {2, 0}, {3, 0}});
        final float[][] still = script(new SurvivalObjective(none, CoxLoss.Ties.BRESLOW), bags, answers);
        assertArrayEquals(new float[3], still[0]);
        assertArrayEquals(new float[3], still[1]);
    }

    /** Weights: five bags, classes of 1, 3 and 1 of them. */
    @Test
    void rareClassesWeighMore() {
        final double[] weights = ClassObjective.weights(targets(Target.CLASS), ALL, true);
        assertArrayEquals(new double[] {5 / 3.0, 5 / 9.0, 5 / 3.0}, weights, 1e-12);
        final double[][] labels = LabelObjective.weights(targets(Target.LABELS), ALL, true);
        assertArrayEquals(new double[] {5 / 2.0, 5 / 8.0}, labels[0], 1e-12);
        assertArrayEquals(new double[] {5 / 6.0, 5 / 4.0}, labels[1], 1e-12);
        assertTrue(ClassObjective.weights(targets(Target.CLASS), ALL, false)[0] == 1);
    }
}
