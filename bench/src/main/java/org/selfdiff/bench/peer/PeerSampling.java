package org.selfdiff.bench.peer;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.selfdiff.bench.Contender;
import org.selfdiff.bench.Inputs;
import org.selfdiff.bench.Workload;
import org.selfdiff.diffusion.SamplerStep;

/** A step of deterministic sampling without gradients. */
@SuppressWarnings("try") // scopes and guards act by being there
public final class PeerSampling implements Contender {
    private final Workload workload;

    private final Inputs inputs;

    private final PeerNetwork network;

    private Tensor x;

    /** Prepares. */
    public PeerSampling(final Workload workload) {
        this.workload = workload;
        this.inputs = new Inputs(workload);
        this.network = new PeerNetwork(workload, inputs, ScalarType.Float);
        this.x = PeerNetwork.tensor(inputs.start(), workload.pictureShape());
    }

    @Override
    public double step(final int index) {
        final SamplerStep step = inputs.samplerStep(index);
        try (PointerScope handles = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            final float[] times = new float[workload.batch()];
            Arrays.fill(times, (float) step.time());
            final Tensor out = network.forward(x, PeerNetwork.tensor(times, workload.batch()));
            final Tensor clean = x.mul(new Scalar(step.cleanOfX())).add_(out, new Scalar(step.cleanOfOutput()));
            clean.clamp_(new ScalarOptional(new Scalar(-1.0)), new ScalarOptional(new Scalar(1.0)));
            final Tensor next = x.mul(new Scalar(step.keep()))
                    .add_(clean, new Scalar(step.toward().get(0)));
            next.retainReference();
            x.close();
            x = next;
            return next.square().mean().item_float();
        }
    }

    @Override
    public String version() {
        return PeerNetwork.version();
    }

    @Override
    public void close() {
        x.close();
    }
}
