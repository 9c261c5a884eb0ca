package org.selfdiff.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

@NeedsTorch.Engine
class TrainerTest {
    private static final float[][] TARGETS = {{3, 1}, {2.5f, 0}, {3, 2}, {-1, 1}};

    /** AdamW as its paper writes it, in 64 bits, with clipping before and averaging after. */
    private record ByHand(double[] p, double[] e, double firstNorm) {
        static ByHand run(final TrainingPlan plan, final float[]... targets) {
            return run(plan, targets.length, targets);
        }

        /** The steps of the given targets, the first ones of a longer training. */
        static ByHand run(final TrainingPlan plan, final int total, final float[]... targets) {
            final TrainingPlan.AdamW o = plan.optimiser();
            final double[] p = {1, -2};
            final double[] e = p.clone();
            final double[] m = new double[2];
            final double[] v = new double[2];
            double firstNorm = 0;
            for (int n = 0; n < targets.length; n++) {
                final double rate = new LearningRate(o.rate(), plan.warmupSteps(), total, plan.finalRate()).at(n);
                final double[] g = {2 * (p[0] - targets[n][0]), 6 * (p[1] - targets[n][1])};
                final double norm = Math.hypot(g[0], g[1]);
                firstNorm = n == 0 ? norm : firstNorm;
                final double clip = plan.clipNorm() > 0 ? Math.min(1, plan.clipNorm() / norm) : 1;
                for (int i = 0; i < 2; i++) {
                    final double gi = g[i] * clip;
                    p[i] -= rate * o.weightDecay() * p[i];
                    m[i] = o.beta1() * m[i] + (1 - o.beta1()) * gi;
                    v[i] = o.beta2() * v[i] + (1 - o.beta2()) * gi * gi;
                    final double first = m[i] / (1 - Math.pow(o.beta1(), n + 1));
                    final double second = v[i] / (1 - Math.pow(o.beta2(), n + 1));
                    p[i] -= rate * first / (Math.sqrt(second) + o.epsilon());
                    final double decay = Math.min(plan.emaDecay(), (1.0 + n) / (10.0 + n));
                    e[i] = decay * e[i] + (1 - decay) * p[i];
                }
            }
            return new ByHand(p, e, firstNorm);
        }
    }

    private static float value(final Trainer.Outcome outcome, final String name) {
        return outcome.weights().weights().get(name).values()[0];
    }

    private static Trainer.Outcome train(final TrainingPlan plan) throws RunFailed, RunCancelled {
        return new Quadratic(plan, TARGETS).train(Optional.empty(), Optional.empty(), RunControl.silent());
    }

    @Test
    void stepsAreAdamWsByHand() throws Exception {
        final TrainingPlan plan = Quadratic.plan(4, 0, 0);
        final Trainer.Outcome outcome = train(plan);
        final ByHand byHand = ByHand.run(plan, TARGETS);
        assertEquals(byHand.p()[0], value(outcome, "a"), 1e-6);
        assertEquals(byHand.p()[1], value(outcome, "b"), 1e-6);
        final LossLog.Entry first = outcome.log().entries().get(0);
        assertEquals(4 + 3 * 9, first.loss(), 1e-5);
        assertEquals(byHand.firstNorm(), first.gradientNorm(), 1e-5);
        assertEquals(0.05, first.rate(), 1e-12);
        assertEquals("All 4 steps are done.", outcome.stopped());
    }

    @Test
    void clippingActsBeforeTheMoments() throws Exception {
        final TrainingPlan clipped = Quadratic.plan(4, 8, 0);
        final Trainer.Outcome outcome = train(clipped);
        final ByHand byHand = ByHand.run(clipped, TARGETS);
        assertEquals(byHand.p()[0], value(outcome, "a"), 1e-6);
        assertEquals(byHand.p()[1], value(outcome, "b"), 1e-6);
        assertNotEquals(ByHand.run(Quadratic.plan(4, 0, 0), TARGETS).p()[1], byHand.p()[1], 1e-4);
        // the norm that is reported is that before clipping
        assertEquals(byHand.firstNorm(), outcome.log().entries().get(0).gradientNorm(), 1e-5);
    }

    @Test
    void averagesAreThoseByHand() throws Exception {
        final TrainingPlan plan = Quadratic.plan(4, 0, 0.2);
        final Trainer.Outcome outcome = train(plan);
        final ByHand byHand = ByHand.run(plan, TARGETS);
        assertEquals(byHand.e()[0], value(outcome, "a"), 1e-6);
        assertEquals(byHand.e()[1], value(outcome, "b"), 1e-6);
        assertNotEquals(byHand.p()[0], byHand.e()[0], 1e-3);
    }

    /** Two groups: the first with its own rate and decay, the second not touched by the first two steps. */
    @Test
    void groupsAreTrainedEachByItsOwnNumbers() throws Exception {
        final TrainingPlan plan = Quadratic.plan(4, 0, 0);
        final UpdateRule rule = new UpdateRule(
                List.of(
                        new ParameterGroup(List.of("a"), step -> 0.03 * (step + 1), step -> 0.1 * step),
                        new ParameterGroup(List.of("b"), step -> step < 2 ? 0 : 0.07, Schedule.constant(0))),
                step -> 1,
                false);
        final Trainer.Outcome outcome =
                new Quadratic(plan, TARGETS).train(rule, Optional.empty(), Optional.empty(), RunControl.silent());
        double a = 1;
        double b = -2;
        final double[] m = new double[2];
        final double[] v = new double[2];
        final TrainingPlan.AdamW o = plan.optimiser();
        for (int n = 0; n < 4; n++) {
            final double[] g = {2 * (a - TARGETS[n][0]), 6 * (b - TARGETS[n][1])};
            final double rateA = 0.03 * (n + 1);
            a -= rateA * 0.1 * n * a;
            a -= rateA * adam(o, m, v, 0, g[0], n + 1);
            if (n >= 2) {
                b -= 0.07 * adam(o, m, v, 1, g[1], n - 1);
            }
        }
        assertEquals(a, value(outcome, "a"), 1e-5);
        assertEquals(b, value(outcome, "b"), 1e-5);
    }

    private static double adam(
            final TrainingPlan.AdamW o,
            final double[] m,
            final double[] v,
            final int i,
            final double g,
            final int count) {
        m[i] = o.beta1() * m[i] + (1 - o.beta1()) * g;
        v[i] = o.beta2() * v[i] + (1 - o.beta2()) * g * g;
        return m[i]
                / (1 - Math.pow(o.beta1(), count))
                / (Math.sqrt(v[i] / (1 - Math.pow(o.beta2(), count))) + o.epsilon());
    }

    /** The step whose input is not a number changes nothing, fails the run, and leaves the checkpoint before it. */
    @Test
    void stopsAtWhatIsNotANumber(@TempDir final Path folder) throws Exception {
        final TrainingPlan plan = Quadratic.plan(4, 1, 0.2);
        final float[][] bad = {TARGETS[0], TARGETS[1], {Float.NaN, 0}, TARGETS[3]};
        final CheckpointFile file = CheckpointFile.in(folder, "test", Map.of("seed", "1"));
        final Quadratic training = new Quadratic(plan, bad);
        final RunFailed failure = assertThrows(
                RunFailed.class, () -> training.train(Optional.empty(), Optional.of(file), RunControl.silent()));
        assertEquals("step 3", failure.where());
        assertTrue(failure.remedy().contains("learning rate"), failure.remedy());
        assertEquals(2, file.read().orElseThrow().step());
        // with a good input in its place, the run ends as if nothing had been
        final Quadratic again = new Quadratic(plan, TARGETS);
        final Trainer.Outcome resumed = again.train(Optional.empty(), Optional.of(file), RunControl.silent());
        assertEquals(List.of(2L, 3L), again.asked());
        final Trainer.Outcome whole = train(plan);
        assertEquals(whole.weights(), resumed.weights());
        assertEquals(4, resumed.log().entries().size());
        for (int i = 0; i < 4; i++) {
            final LossLog.Entry a = whole.log().entries().get(i);
            final LossLog.Entry b = resumed.log().entries().get(i);
            assertEquals(a.loss(), b.loss(), 0);
            assertEquals(a.smoothed(), b.smoothed(), 0);
            assertEquals(a.rate(), b.rate(), 0);
            assertEquals(a.gradientNorm(), b.gradientNorm(), 0);
        }
    }

    /** A gradient that overflows leaves parameters and moments alone although the loss is finite. */
    @Test
    void overflowingGradientsStopToo() {
        final Quadratic training = new Quadratic(Quadratic.plan(1, 1, 0), new float[] {1e19f, 3e19f});
        final RunFailed failure = assertThrows(
                RunFailed.class, () -> training.train(Optional.empty(), Optional.empty(), RunControl.silent()));
        assertTrue(failure.what().contains("diverged"), failure.what());
    }

    /** Validation prefers the averages of step 2 where x is as it was then, and ends by patience. */
    @Test
    void keepsTheBestWeights() throws Exception {
        final TrainingPlan plan = Quadratic.plan(8, 0, 0).with(new TrainingPlan.Length(8, 0, Optional.empty(), 2));
        final float[][] away = new float[8][];
        Arrays.fill(away, new float[] {10, 10});
        final Trainer.Outcome outcome = new Quadratic(plan, away)
                .train(Optional.of(fixed(1.15f, -1.85f)), Optional.empty(), RunControl.silent());
        final List<LossLog.Check> checks = outcome.log().checks();
        assertEquals(
                List.of(2L, 4L, 6L), checks.stream().map(LossLog.Check::step).toList());
        assertTrue(checks.get(0).best());
        assertFalse(checks.get(1).best());
        assertTrue(outcome.stopped().contains("has not improved"), outcome.stopped());
        final ByHand atTwo = ByHand.run(plan, 8, away[0], away[1]);
        assertEquals(atTwo.p()[0], value(outcome, "a"), 1e-6);
    }

    private static Validation fixed(final float a, final float b) {
        return new LossValidation() {
            @Override
            public int batches() {
                return 1;
            }

            @Override
            public double share(final int batch) {
                return 1;
            }

            @Override
            public List<Tensor> inputs(final int batch, final TensorScope scope, final RunControl control) {
                return List.of(scope.floats(new float[] {a, b}, 2));
            }
        };
    }

    @Test
    void cancellingLeavesTheLastCheckpoint(@TempDir final Path folder) throws Exception {
        final CheckpointFile file = CheckpointFile.in(folder, "test", Map.of("seed", "1"));
        final Quadratic training = new Quadratic(Quadratic.plan(4, 1, 0.2), TARGETS);
        final RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return training.asked().size() >= 3;
            }

            @Override
            public void progress(final double fraction, final String message) {
                // nobody is looking
            }

            @Override
            public void warn(final String message) {
                // nobody is listening
            }
        };
        assertThrows(RunCancelled.class, () -> training.train(Optional.empty(), Optional.of(file), control));
        assertEquals(2, file.read().orElseThrow().step());
        file.delete();
        assertFalse(Files.exists(file.file()));
    }
}
