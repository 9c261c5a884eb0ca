package org.selfdiff.bench.own;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.bench.Contender;
import org.selfdiff.bench.Inputs;
import org.selfdiff.bench.Workload;
import org.selfdiff.diffusion.DiffusionScript;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.Parameter;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.Ema;
import org.selfdiff.train.Precision;
import org.selfdiff.train.StepScript;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.train.UpdateRule;

/** SelfDiff's training step: one call of the script that the training nodes call. */
public final class OwnTraining implements Contender {
    private final Workload workload;

    private final OwnNetwork network;

    private final List<Tensor> parameters;

    private final List<Tensor> moments;

    private final List<Tensor> squares;

    private final List<Tensor> averages;

    private final Tensor count;

    /** Prepares; {@code brainFloats} for layers in brain floats. */
    public OwnTraining(final Workload workload, final boolean brainFloats) throws RunFailed {
        this.workload = workload;
        final List<ScriptMethod> methods = new ArrayList<>();
        methods.add(DiffusionScript.loss(StepScript.LOSS, workload.told() ? 1 : 0));
        final TrainingPlan plan = plan(workload.batch());
        final List<String> names =
                workload.parameters().stream().map(Parameter::name).toList();
        methods.addAll(StepScript.methods(plan, UpdateRule.of(plan, names, 1000)));
        this.network = new OwnNetwork(workload, brainFloats ? ComputeType.BFLOAT16 : ComputeType.FLOAT32, methods);
        this.parameters = network.weights().stream().map(Tensor::differentiable).toList();
        this.moments = network.zeros();
        this.squares = network.zeros();
        this.averages = network.weights();
        this.count = network.scope().floats(new float[1], 1);
    }

    private static TrainingPlan plan(final int batch) {
        return new TrainingPlan(
                TrainingPlan.Length.ofSteps(1000),
                batch,
                new TrainingPlan.AdamW(Inputs.RATE, Inputs.BETA1, Inputs.BETA2, Inputs.WEIGHT_DECAY, Inputs.EPSILON),
                0,
                1,
                Inputs.EMA,
                Inputs.CLIP,
                Precision.FP32,
                1000,
                Duration.ofDays(1));
    }

    @Override
    public double step(final int index) {
        final Inputs.Batch batch = network.inputs().batch(index);
        try (TensorScope scope = network.scope().child()) {
            final List<Tensor> data = new ArrayList<>(List.of(
                    scope.floats(batch.clean(), workload.pictureShape()),
                    scope.floats(batch.noise(), workload.pictureShape()),
                    scope.floats(batch.numbers().table(), 6, workload.batch())));
            if (workload.told()) {
                data.add(scope.floats(batch.context(), workload.batch(), 1, workload.contextWidth()));
            }
            final Tensor rates =
                    scope.floats(new float[] {(float) new Ema(Inputs.EMA).at(index), (float) Inputs.RATE, 0}, 3);
            return network.module()
                    .call(
                            scope,
                            true,
                            StepScript.STEP,
                            data,
                            parameters,
                            moments,
                            squares,
                            averages,
                            List.of(),
                            count,
                            rates)
                    .get(0)
                    .toFloats()[0];
        }
    }

    @Override
    public String version() {
        return network.version();
    }

    @Override
    public void close() {
        network.close();
    }
}
