package org.selfdiff.bench.peer;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
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

    /** Prepares; {@code brainFloats} for layers in brain floats. */
    public PeerSampling(final Workload workload, final boolean brainFloats) {
        this.workload = workload;
        this.inputs = new Inputs(workload);
        this.network = new PeerNetwork(workload, inputs, brainFloats ? ScalarType.BFloat16 : ScalarType.Float);
        this.x = PeerNetwork.tensor(inputs.start(), workload.pictureShape());
    }

    @Override
    public double step(final int index) {
        final SamplerStep step = inputs.samplerStep(index);
        try (PointerScope handles = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            final Tensor out = predicted((float) step.time());
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

    private Tensor predicted(final float time) {
        final boolean guided = workload.guidance() != 1;
        final float[] times = new float[guided ? 2 * workload.batch() : workload.batch()];
        Arrays.fill(times, time);
        final float[] told = inputs.told();
        final Tensor context =
                workload.told() ? PeerNetwork.tensor(told, times.length, 1, workload.contextWidth()) : null;
        final Tensor out = network.forward(
                guided ? torch.cat(new TensorVector(x, x), 0) : x, PeerNetwork.tensor(times, times.length), context);
        if (!guided) {
            return out;
        }
        final Tensor free = out.narrow(0, workload.batch(), workload.batch());
        return free.add(out.narrow(0, 0, workload.batch()).sub(free), new Scalar(workload.guidance()));
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
