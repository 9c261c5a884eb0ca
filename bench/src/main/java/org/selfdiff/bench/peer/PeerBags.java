package org.selfdiff.bench.peer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.selfdiff.bench.Contender;
import org.selfdiff.bench.Inputs;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Parameter;
import org.selfdiff.train.Ema;

/** A training step of a network for bags with LibTorch's autograd, {@code torch::optim::AdamW} and {@code clip_grad_norm_}. */
@SuppressWarnings("try") // scopes and guards act by being there
public final class PeerBags implements Contender {
    private static final int TILES = 8;

    private final NetworkFunction function;

    private final Bags bags;

    private final List<Tensor> weights = new ArrayList<>();

    private final Lifetimes lifetimes = new Lifetimes();

    private final TensorVector parameters;

    private final TensorVector averages = new TensorVector();

    private final AdamW optimiser;

    /**
     * The bags of the steps, the same on both sides.
     *
     * @param features embeddings of each
     * @param seen 0 where a cell holds a tile
     * @param places lines and columns
     * @param shape regions, cells and numbers of a tile
     * @param instances whether classifiers of tiles are trained as well
     */
    public record Bags(List<float[]> features, float[] seen, float[] places, long[] shape, boolean instances) {
        /** Embeddings of a step's bag. */
        public float[] features(final int step) {
            return features.get(step % features.size());
        }

        /** Class of a step's bag. */
        public int label(final int step) {
            return step % features.size();
        }
    }

    /**
     * Prepares.
     *
     * @param function what is trained: logits first; attention and what classifiers say of tiles, where there are
     * @param all its parameters
     * @param values of the parameters
     * @param bags what steps are given
     */
    public PeerBags(
            final NetworkFunction function, final List<Parameter> all, final List<float[]> values, final Bags bags) {
        this.function = function;
        this.bags = bags;
        for (final Parameter parameter : all) {
            weights.add(PeerNetwork.tensor(values.get(weights.size()), parameter.dimensions()));
        }
        final long[] shape = bags.shape();
        try (PointerScope handles = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            // the first pass learns which result is read last by whom
            final long few = 9;
            forward(
                    torch.zeros(few, shape[1], shape[2]),
                    torch.zeros(few, 1, 1, 1 + shape[1]),
                    torch.zeros(few, shape[1], 2));
        }
        for (final Tensor weight : weights) {
            averages.push_back(weight.clone());
            weight.set_requires_grad(true);
        }
        this.parameters = new TensorVector(weights.toArray(new Tensor[0]));
        final AdamWOptions options = new AdamWOptions(Inputs.RATE);
        // a std::tuple, which lies the other way round in memory
        options.betas().put(Inputs.BETA2, Inputs.BETA1);
        options.weight_decay().put(Inputs.WEIGHT_DECAY);
        options.eps().put(Inputs.EPSILON);
        this.optimiser = new AdamW(parameters, options);
    }

    /** What the loss needs; it belongs to the caller's scope. */
    private Tensor[] forward(final Tensor x, final Tensor seen, final Tensor places) {
        final PeerOps ops = new PeerOps(weights, ScalarType.Float, lifetimes);
        final List<Tensor> out = function.apply(ops, List.of(x, seen, places));
        final int needed = bags.instances() ? 3 : 1;
        final Tensor[] kept = new Tensor[needed];
        for (int i = 0; i < needed; i++) {
            kept[i] = out.get(i).view_as(out.get(i)); // a handle of its own
        }
        lifetimes.end();
        out.forEach(Tensor::close);
        return kept;
    }

    private static Tensor label(final int number) {
        final Tensor tensor = torch.empty(new long[] {1}).to(ScalarType.Long);
        try (LongPointer memory = tensor.data_ptr_long()) {
            memory.put(number);
        }
        return tensor;
    }

    private Tensor loss(final int index) {
        final long[] shape = bags.shape();
        final Tensor[] out = forward(
                PeerNetwork.tensor(bags.features(index), shape),
                PeerNetwork.tensor(bags.seen(), shape[0], 1, 1, 1 + shape[1]),
                PeerNetwork.tensor(bags.places(), shape[0], shape[1], 2));
        final int c = bags.label(index);
        final Tensor bag = torch.cross_entropy_loss(out[0], label(c));
        if (!bags.instances()) {
            return bag;
        }
        final Tensor row = out[1].detach().select(0, 0);
        final T_TensorTensor_T most = torch.topk(row, TILES, -1, true, true);
        final T_TensorTensor_T least = torch.topk(row, TILES, -1, false, true);
        final Tensor own = out[2].narrow(1, 2L * c, 2);
        final Tensor both =
                torch.cat(new TensorVector(own.index_select(0, most.get1()), own.index_select(0, least.get1())), 0);
        final Tensor zeros = torch.zeros(TILES).to(ScalarType.Long);
        final Tensor target = torch.cat(new TensorVector(zeros.add(new Scalar(1)), zeros), 0);
        return bag.mul(new Scalar(0.7))
                .add(torch.cross_entropy_loss(both, target).mul(new Scalar(0.3)));
    }

    @Override
    public double step(final int index) {
        try (PointerScope handles = new PointerScope()) {
            optimiser.zero_grad();
            final Tensor loss = loss(index);
            loss.backward();
            torch.clip_grad_norm_(parameters, Inputs.CLIP);
            optimiser.step();
            average(new Ema(Inputs.EMA).at(index));
            return loss.item_float();
        }
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
