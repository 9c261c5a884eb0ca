package org.selfdiff.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.Interruptible;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/** The smallest thing to train: {@code (a - x_0)^2 + 3 (b - x_1)^2} of two numbers, whose gradient is known. */
final class Quadratic {
    private static final String LOSS =
            """
            def loss(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              d = torch.sub(torch.cat(p, 0), x[0])
              return torch.sum(torch.mul(torch.mul(d, d), torch.tensor([1., 3.])))
            """;

    private final TrainingPlan plan;

    private final float[][] targets;

    private final List<Long> asked = new ArrayList<>();

    private StepRunner runner = Interruptible::call;

    /**
     * A training.
     *
     * @param targets x of each step; one for each
     */
    Quadratic(final TrainingPlan plan, final float[]... targets) {
        this.plan = plan;
        this.targets = targets;
    }

    static TrainingPlan plan(final int steps, final double clip, final double ema) {
        return new TrainingPlan(
                TrainingPlan.Length.ofSteps(steps),
                1,
                new TrainingPlan.AdamW(0.1, 0.8, 0.95, 0.02, 1e-6),
                2,
                0.5,
                ema,
                clip,
                Precision.FP32,
                2,
                Duration.ZERO);
    }

    static NamedWeights weights(final float a, final float b) {
        final Map<String, Weight> weights = new LinkedHashMap<>();
        weights.put("a", new Weight(new long[] {1}, new float[] {a}));
        weights.put("b", new Weight(new long[] {1}, new float[] {b}));
        return new NamedWeights(weights);
    }

    /** The same with other hands. */
    Quadratic by(final StepRunner other) {
        runner = other;
        return this;
    }

    /** Steps whose inputs were asked for, in order. */
    List<Long> asked() {
        return asked;
    }

    Trainer.Outcome train(
            final Optional<Validation> validation, final Optional<CheckpointFile> checkpoint, final RunControl control)
            throws RunFailed, RunCancelled {
        return train(UpdateRule.of(plan, List.of("a", "b"), targets.length), validation, checkpoint, control);
    }

    Trainer.Outcome train(
            final UpdateRule rule,
            final Optional<Validation> validation,
            final Optional<CheckpointFile> checkpoint,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<ScriptMethod> methods = new ArrayList<>(List.of(new ScriptMethod("loss", LOSS)));
        methods.addAll(StepScript.methods(plan, rule));
        try (ScriptModule module = ScriptModule.compile(Device.CPU, methods);
                TensorScope scope = TensorScope.open(Device.CPU)) {
            return new Trainer(module, scope, runner)
                    .train(
                            new Trainer.Task(
                                    "a test",
                                    "numbers",
                                    weights(1, -2),
                                    Trainer.Untrained.none(),
                                    plan,
                                    rule,
                                    targets.length,
                                    this::feed,
                                    validation,
                                    checkpoint),
                            control);
        }
    }

    private Feed.Source feed(final long first, final long end) {
        return new Feed.Source() {
            private long next = first;

            @Override
            public List<Tensor> next(final TensorScope scope, final RunControl control) {
                asked.add(next);
                return List.of(scope.floats(targets[(int) next++], 2));
            }

            @Override
            public void close() {
                // nothing to close
            }
        };
    }
}
