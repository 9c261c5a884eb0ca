package org.selfdiff.nn.vit;

import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;

/**
 * The head on which DINO (Caron et al., arXiv 2104.14294) compares pictures: three linear maps with GELU between them, a
 * vector of unit length, and a linear map without bias whose rows have unit length. It is thrown away after training.
 *
 * @param width numbers that go in
 * @param hidden width between the linear maps
 * @param bottleneck numbers of the vector of unit length
 * @param outputs numbers that come out
 */
public record DinoHead(int width, int hidden, int bottleneck, int outputs) {
    /** Prefix of its parameters. */
    public static final String PREFIX = "head.";

    /** The rows of the last map. */
    public static final String LAST = PREFIX + "last_layer.weight_v";

    private static final double SHORTEST = 1e-12;

    /** Describes the way of a vector (batch, width) to the outputs (batch, outputs). */
    public <T> T forward(final Ops<T> ops, final T x) {
        final T first = ops.gelu(Layers.linear(ops, PREFIX + "mlp.0", x, width, hidden));
        final T second = ops.gelu(Layers.linear(ops, PREFIX + "mlp.2", first, hidden, hidden));
        final T vector = ops.unitLength(Layers.linear(ops, PREFIX + "mlp.4", second, hidden, bottleneck), SHORTEST);
        final T rows = ops.parameter(LAST, Initial.fanIn(bottleneck), outputs, bottleneck);
        return ops.linear(vector, ops.unitLength(rows, SHORTEST), null);
    }
}
