package org.selfdiff.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** A training that was cancelled, or has ended, goes on as if it had never stopped. */
@NeedsTorch.Engine
class TrainOnTest {
    private static final float[][] TARGETS = {{0, 1}, {2, -1}, {1, 1}, {0.5f, 2}, {-1, 0}, {3, 1}, {0, 0}, {1, -2}};

    @TempDir
    Path folder;

    /** A rate that stays, a validation every third step, and a state that is never due. */
    private static TrainingPlan plan(final int steps, final double finalRate) {
        return new TrainingPlan(
                TrainingPlan.Length.ofSteps(steps),
                1,
                new TrainingPlan.AdamW(0.1, 0.8, 0.95, 0.02, 1e-6),
                2,
                finalRate,
                0.2,
                1,
                Precision.FP32,
                3,
                Duration.ofHours(1));
    }

    private static Quadratic training(final int steps) {
        return new Quadratic(plan(steps, 1), Arrays.copyOf(TARGETS, steps));
    }

    /** A validation whose best is early: at step 4 alone, which only a training of four steps validates. */
    private static Validation validation() {
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
                return List.of(scope.floats(new float[] {1, -1}, 2));
            }
        };
    }

    private CheckpointFile file() {
        return CheckpointFile.in(folder, "test", Map.of("seed", "1"));
    }

    private static void same(final Trainer.Outcome expected, final Trainer.Outcome actual) {
        assertEquals(expected.weights(), actual.weights());
        assertEquals(
                expected.log().checks().stream().map(LossLog.Check::toString).toList(),
                actual.log().checks().stream().map(LossLog.Check::toString).toList());
        assertEquals(
                expected.log().entries().stream().map(LossLog.Entry::loss).toList(),
                actual.log().entries().stream().map(LossLog.Entry::loss).toList());
    }

    @Test
    void moreStepsAreAsIfTheyHadBeenAskedForAtOnce() throws Exception {
        final CheckpointFile kept = file().kept(true);
        training(4).train(Optional.of(validation()), Optional.of(kept), RunControl.silent());
        final Quadratic more = training(8);
        final Trainer.Outcome outcome = more.train(Optional.of(validation()), Optional.of(kept), RunControl.silent());
        assertEquals(List.of(4L, 5L, 6L, 7L), more.asked());
        same(training(8).train(Optional.of(validation()), Optional.empty(), RunControl.silent()), outcome);
        // and once more, which has nothing left to do
        final Quadratic again = training(8);
        same(outcome, again.train(Optional.of(validation()), Optional.of(kept), RunControl.silent()));
        assertEquals(List.of(), again.asked());
    }

    @Test
    void fewerStepsBeginAnew() throws Exception {
        final CheckpointFile kept = file().kept(true);
        training(8).train(Optional.empty(), Optional.of(kept), RunControl.silent());
        final Quadratic fewer = training(4);
        final Trainer.Outcome outcome = fewer.train(Optional.empty(), Optional.of(kept), RunControl.silent());
        assertEquals(4, fewer.asked().size());
        same(training(4).train(Optional.empty(), Optional.empty(), RunControl.silent()), outcome);
    }

    /** Cancels at a call of native work. */
    private static StepRunner cancelling(final int at, final boolean after) {
        final AtomicInteger calls = new AtomicInteger();
        return new StepRunner() {
            @Override
            public <T> T call(final RunControl control, final Callable<T> work, final Runnable abandoned)
                    throws Exception {
                if (calls.incrementAndGet() != at) {
                    return work.call();
                }
                if (after) {
                    work.call(); // it ends although nobody waits for it
                }
                abandoned.run();
                throw new RunCancelled();
            }
        };
    }

    /** Calls: steps 1, 2, 3, validation, steps 4, 5, 6, validation. */
    @Test
    void cancelSavesTheStateWhereverItHappens() throws Exception {
        final Trainer.Outcome whole =
                training(8).train(Optional.of(validation()), Optional.empty(), RunControl.silent());
        for (int at = 1; at <= 8; at++) {
            for (final boolean after : new boolean[] {false, true}) {
                final CheckpointFile file = file();
                final Quadratic stopped = training(8).by(cancelling(at, after));
                assertThrows(
                        RunCancelled.class,
                        () -> stopped.train(Optional.of(validation()), Optional.of(file), RunControl.silent()));
                final boolean validating = at % 4 == 0;
                final int steps = at - at / 4 - (validating || after ? 0 : 1);
                assertEquals(
                        steps, file.read().map(Checkpoint::step).orElse(0L), "call " + at + (after ? ", ended" : ""));
                final Quadratic resumed = training(8);
                same(whole, resumed.train(Optional.of(validation()), Optional.of(file), RunControl.silent()));
                assertEquals(8 - steps, resumed.asked().size());
                file.delete();
            }
        }
    }

    @Test
    void aStateThatDoesNotFitIsSaidWithWhatDiffers() throws Exception {
        final CheckpointFile eight =
                CheckpointFile.in(folder, "test", Map.of("batchSize", "8", "steps", "40", "data", "a"));
        assertEquals(Optional.empty(), eight.misfit(Set.of("batchSize")));
        training(2).train(Optional.empty(), Optional.of(eight.kept(true)), RunControl.silent());
        final CheckpointFile four =
                CheckpointFile.in(folder, "test", Map.of("batchSize", "4", "steps", "40", "data", "a"));
        final String said = four.misfit(Set.of("batchSize", "steps")).orElseThrow();
        assertTrue(said.endsWith("batchSize is 8 there and 4 here. This one begins anew."), said);
        assertFalse(CheckpointFile.in(folder, "other", Map.of("batchSize", "4", "steps", "40", "data", "a"))
                .misfit(Set.of("batchSize", "steps"))
                .isPresent());
        assertFalse(
                CheckpointFile.in(folder, "test", Map.of("batchSize", "4", "steps", "40", "data", "b"))
                        .misfit(Set.of("batchSize", "steps"))
                        .isPresent(),
                "other data are another training");
        assertFalse(eight.misfit(Set.of("batchSize")).isPresent(), "it is there");
    }
}
