package org.selfdiff.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.selfdiff.bench.Contender;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.PictureEmbedding;

/** Embeddings through LibTorch's C++ API, without gradients. */
@SuppressWarnings("try") // scopes and guards act by being there
public final class PeerEmbedding implements Contender {
    private final PictureEmbedding network;

    private final ScalarType type;

    private final Pictures pictures;

    private final List<Tensor> weights = new ArrayList<>();

    private final Lifetimes lifetimes = new Lifetimes();

    /**
     * What is embedded.
     *
     * @param shape of a batch
     * @param values of the batch of a step
     * @param result what a step gives for its embeddings
     */
    public record Pictures(long[] shape, IntFunction<float[]> values, ToDoubleFunction<float[]> result) {}

    /**
     * Prepares.
     *
     * @param values of the parameters, in their order
     * @param brainFloats whether the layers compute in brain floats
     */
    public PeerEmbedding(
            final PictureEmbedding network,
            final List<float[]> values,
            final Pictures pictures,
            final boolean brainFloats) {
        this.network = network;
        this.pictures = pictures;
        type = brainFloats ? ScalarType.BFloat16 : ScalarType.Float;
        for (final Parameter parameter : network.parameters()) {
            weights.add(PeerNetwork.tensor(values.get(weights.size()), parameter.dimensions()));
        }
        embed(0); // learns which result is read last by whom
    }

    private float[] embed(final int index) {
        try (PointerScope handles = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            final PeerOps ops = new PeerOps(weights, type, lifetimes);
            final Tensor x = PeerNetwork.tensor(pictures.values.apply(index), pictures.shape);
            final Tensor out = ops.fromCompute(
                    network.apply(ops, List.of(ops.toCompute(x))).get(0));
            final float[] embeddings = new float[Math.toIntExact(out.numel())];
            try (FloatPointer memory = out.contiguous().data_ptr_float()) {
                memory.get(embeddings);
            }
            lifetimes.end();
            out.close();
            return embeddings;
        }
    }

    @Override
    public double step(final int index) {
        return pictures.result.applyAsDouble(embed(index));
    }

    @Override
    public String version() {
        return PeerNetwork.version();
    }

    @Override
    public void close() {
        weights.forEach(Tensor::close);
    }
}
