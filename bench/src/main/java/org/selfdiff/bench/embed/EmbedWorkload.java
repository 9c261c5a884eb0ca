package org.selfdiff.bench.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.nn.vit.VitEmbedding;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.weights.Weight;

/**
 * ViT-S/16 on pictures of 224 pixels; weights and pictures are functions of a seed, so that nothing is exchanged between
 * processes.
 *
 * @param batch pictures at once
 * @param brainFloats whether the layers compute in brain floats
 */
record EmbedWorkload(int batch, boolean brainFloats) {
    private static final int SIDE = 224;

    private static final int CHANNELS = 3;

    /** Different batches. */
    private static final int BATCHES = 3;

    VitEmbedding network() {
        return new VitEmbedding(new Vit(VitSpec.dino(CHANNELS, 16, 384, 12, SIDE), SIDE, SIDE), true, false);
    }

    List<Parameter> parameters() {
        return network().parameters();
    }

    /** The parameters' values, in their order. */
    List<float[]> weights() {
        final List<float[]> weights = new ArrayList<>();
        for (final Weight weight : InitialWeights.draw(network(), 1).weights().values()) {
            weights.add(weight.values());
        }
        return weights;
    }

    long[] shape() {
        return new long[] {batch, CHANNELS, SIDE, SIDE};
    }

    /** Pictures of a step. */
    float[] pictures(final int step) {
        final SplittableRandom random = new SplittableRandom(5 + step % BATCHES);
        final float[] values = new float[batch * CHANNELS * SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-2, 2);
        }
        return values;
    }

    /** A number that tells embeddings apart; all have about the same length. */
    static double value(final float[] embeddings) {
        double sum = 0;
        for (int i = 0; i < embeddings.length; i++) {
            sum += embeddings[i] * (1 + i % 7);
        }
        return sum;
    }

    /** Largest relative difference for which both did the same work. */
    double tolerance() {
        return brainFloats ? 0.05 : 1e-4;
    }

    List<String> arguments() {
        return List.of(Integer.toString(batch), Boolean.toString(brainFloats));
    }

    static EmbedWorkload of(final String batch, final String brainFloats) {
        return new EmbedWorkload(Integer.parseInt(batch), Boolean.parseBoolean(brainFloats));
    }

    @Override
    public String toString() {
        return (brainFloats ? "bf16" : "fp32") + ", " + batch + " at once";
    }
}
