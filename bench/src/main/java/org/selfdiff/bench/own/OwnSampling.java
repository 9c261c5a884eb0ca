package org.selfdiff.bench.own;

import java.util.List;
import org.selfdiff.bench.Contender;
import org.selfdiff.bench.Workload;
import org.selfdiff.diffusion.Clipping;
import org.selfdiff.diffusion.SampleScript;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** A step of deterministic sampling with the script that the sampling node calls. */
public final class OwnSampling implements Contender {
    private final OwnNetwork network;

    private final List<Tensor> parameters;

    private final Tensor noise;

    private Tensor x;

    private final List<Tensor> told;

    /** Prepares; {@code brainFloats} for layers in brain floats. */
    public OwnSampling(final Workload workload, final boolean brainFloats) throws RunFailed {
        this.network = new OwnNetwork(
                workload,
                brainFloats ? ComputeType.BFLOAT16 : ComputeType.FLOAT32,
                List.of(new SampleScript(new Clipping.Range(1), 1, workload.told() ? 1 : 0, workload.guidance(), false)
                        .method()));
        final float[] context = network.inputs().told();
        this.told = workload.told()
                ? List.of(network.scope()
                        .floats(context, context.length / workload.contextWidth(), 1, workload.contextWidth()))
                : List.of();
        this.parameters = network.weights();
        this.noise = network.scope().zeros(workload.pictureShape());
        this.x = network.scope().floats(network.inputs().start(), workload.pictureShape());
    }

    @Override
    public double step(final int index) {
        final float[] numbers = network.inputs().samplerStep(index).numbers();
        try (TensorScope scope = network.scope().child()) {
            final Tensor row = scope.floats(numbers, numbers.length);
            final Tensor next = network.module()
                    .call(scope, false, SampleScript.NAME, x, noise, row, List.of(), told, parameters)
                    .get(0);
            x.close();
            x = next.moveTo(network.scope());
            return meanSquare(x.toFloats());
        }
    }

    private static double meanSquare(final float[] values) {
        double sum = 0;
        for (final float value : values) {
            sum += value * value;
        }
        return sum / values.length;
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
