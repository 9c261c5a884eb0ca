package org.selfdiff.bench.peer;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.selfdiff.bench.Contender;
import org.selfdiff.bench.Inputs;
import org.selfdiff.bench.Workload;
import org.selfdiff.diffusion.NoisyBatch;
import org.selfdiff.train.Ema;

/** A training step with LibTorch's autograd, {@code torch::optim::AdamW} and {@code clip_grad_norm_}. */
@SuppressWarnings("try") // scopes and guards act by being there
public final class PeerTraining implements Contender {
    private final Workload workload;

    private final Inputs inputs;

    private final PeerNetwork network;

    private final TensorVector parameters;

    private final TensorVector averages;

    private final AdamW optimiser;

    /** Prepares; {@code brainFloats} for layers in brain floats. */
    public PeerTraining(final Workload workload, final boolean brainFloats) {
        this.workload = workload;
        this.inputs = new Inputs(workload);
        this.network = new PeerNetwork(workload, inputs, brainFloats ? ScalarType.BFloat16 : ScalarType.Float);
        final Tensor[] weights = network.parameters().toArray(new Tensor[0]);
        this.averages = new TensorVector();
        for (final Tensor weight : weights) {
            averages.push_back(weight.clone());
            weight.set_requires_grad(true);
        }
        this.parameters = new TensorVector(weights);
        final AdamWOptions options = new AdamWOptions(Inputs.RATE);
        // a std::tuple, which lies the other way round in memory
        options.betas().put(Inputs.BETA2, Inputs.BETA1);
        options.weight_decay().put(Inputs.WEIGHT_DECAY);
        options.eps().put(Inputs.EPSILON);
        this.optimiser = new AdamW(parameters, options);
    }

    @Override
    public double step(final int index) {
        try (PointerScope handles = new PointerScope()) {
            optimiser.zero_grad();
            final Tensor loss = loss(inputs.batch(index));
            loss.backward();
            torch.clip_grad_norm_(parameters, Inputs.CLIP);
            optimiser.step();
            average(new Ema(Inputs.EMA).at(index));
            return loss.item_float();
        }
    }

    private Tensor loss(final Inputs.Batch batch) {
        final NoisyBatch numbers = batch.numbers();
        final Tensor clean = PeerNetwork.tensor(batch.clean(), workload.pictureShape());
        final Tensor noise = PeerNetwork.tensor(batch.noise(), workload.pictureShape());
        final Tensor noisy = perPicture(numbers.a()).mul(clean).addcmul(perPicture(numbers.b()), noise);
        final Tensor target = perPicture(numbers.p()).mul(clean).addcmul(perPicture(numbers.q()), noise);
        final Tensor out = network.forward(noisy, PeerNetwork.tensor(numbers.t(), workload.batch()), context(batch));
        return out.sub(target).square().mul(perPicture(numbers.w())).mean();
    }

    private Tensor context(final Inputs.Batch batch) {
        return workload.told()
                ? PeerNetwork.tensor(batch.context(), workload.batch(), 1, workload.contextWidth())
                : null;
    }

    private Tensor perPicture(final float[] numbers) {
        return PeerNetwork.tensor(numbers, workload.batch(), 1, 1, 1);
    }

    private void average(final double share) {
        try (NoGradGuard guard = new NoGradGuard();
                Scalar weight = new Scalar(share)) {
            for (long i = 0; i < averages.size(); i++) {
                averages.get(i).lerp_(parameters.get(i), weight);
            }
        }
    }

    @Override
    public String version() {
        return PeerNetwork.version();
    }

    @Override
    public void close() {
        optimiser.close();
    }
}
