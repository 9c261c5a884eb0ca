package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;
import org.selfdiff.nn.vit.VitBlock;

/**
 * A network that classifies a bag of tiles. Tiles come as (regions, cells, width): for methods without regions each tile
 * is a region of one cell.
 *
 * @param spec sizes
 */
public record MilNetwork(MilSpec spec) implements Network {
    /**
     * The function {@code (x, seen) -> (logits, regions[, cells])}: {@code x} (regions, cells, width); {@code seen}
     * (regions, 1, 1, 1 + cells) is 0 for the region's token and for cells that hold a tile, minus infinity for empty
     * ones; logits (1, outputs); attention to regions (1, regions); with regions, attention to their cells (regions,
     * cells). What tokens attend to in themselves is left out, so that attention may sum to less than 1.
     */
    public static final String CLASSIFY = "classify";

    private static final double EPSILON = 1e-6;

    @Override
    public List<NetworkFunction> functions() {
        return List.of(new Classify(spec));
    }

    private record Classify(MilSpec spec) implements NetworkFunction {
        @Override
        public String name() {
            return CLASSIFY;
        }

        @Override
        public List<Input> inputs() {
            final int cells = spec.cells();
            return List.of(Input.of("x", 2, cells, spec.width()), Input.of("seen", 2, 1, 1, 1 + cells));
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
            final T x = inputs.get(0);
            return switch (spec.method()) {
                case MEAN, MAX -> pooled(ops, ops.transpose(x, 0, 1));
                case ABMIL, GATED_ABMIL -> attended(ops, ops.transpose(x, 0, 1));
                case REGIONAL -> regional(ops, x, inputs.get(1));
            };
        }

        /** Of tiles (1, tiles, width); every tile has the same weight. */
        private <T> List<T> pooled(final Ops<T> ops, final T x) {
            final T hidden = ops.relu(Layers.linear(ops, "head.0", x, spec.width(), spec.hidden()));
            final T each = Layers.linear(ops, "head.2", hidden, spec.hidden(), spec.outputs());
            final T all = spec.method() == MilSpec.Method.MEAN ? ops.mean(each, 1) : ops.max(each, 1);
            final T flat = ops.scale(ops.slice(each, 2, 0, 1), 0);
            return List.of(ops.reshape(all, 1, -1), ops.softmax(ops.reshape(flat, 1, -1), 1));
        }

        private <T> List<T> attended(final Ops<T> ops, final T x) {
            final T hidden = ops.relu(Layers.linear(ops, "feature_extractor_part2.0", x, spec.width(), spec.hidden()));
            T seen = ops.tanh(Layers.linear(ops, "attention_V.0", hidden, spec.hidden(), spec.attention()));
            if (spec.method() == MilSpec.Method.GATED_ABMIL) {
                final T gate = Layers.linear(ops, "attention_U.0", hidden, spec.hidden(), spec.attention());
                seen = ops.mul(seen, ops.sigmoid(gate));
            }
            final T scores = Layers.linear(ops, "attention_w", seen, spec.attention(), 1);
            final T weights = ops.softmax(ops.reshape(scores, 1, 1, -1), 2);
            final T bag = ops.reshape(ops.matmul(weights, hidden), 1, -1);
            final T logits = Layers.linear(ops, "classifier.0", bag, spec.hidden(), spec.outputs());
            return List.of(logits, ops.reshape(weights, 1, -1));
        }

        private <T> List<T> regional(final Ops<T> ops, final T x, final T seen) {
            final int d = spec.hidden();
            final int cells = spec.cells();
            final T places = ops.parameter("places", Initial.normal(0.02), 1, cells, d);
            final T tiles = ops.add(ops.gelu(Layers.linear(ops, "embed", x, spec.width(), d)), places);
            final T regionToken = ops.parameter("region_token", Initial.normal(0.02), 1, 1, d);
            T h = ops.join(ops.repeatLike(regionToken, tiles), tiles, 1);
            for (int i = 0; i < spec.depth() - 1; i++) {
                h = block("inside." + i + ".").forward(ops, h, seen);
            }
            final VitBlock.Seen<T> inside =
                    block("inside." + (spec.depth() - 1) + ".").seen(ops, h, seen);
            final T regions = ops.transpose(ops.slice(inside.out(), 1, 0, 1), 0, 1);
            T s = ops.join(ops.parameter("slide_token", Initial.normal(0.02), 1, 1, d), regions, 1);
            for (int i = 0; i < spec.depth() - 1; i++) {
                s = block("between." + i + ".").forward(ops, s);
            }
            final VitBlock.Seen<T> between =
                    block("between." + (spec.depth() - 1) + ".").seen(ops, s);
            final T scale = ops.parameter("norm.weight", Initial.ones(), d);
            final T shift = ops.parameter("norm.bias", Initial.zeros(), d);
            final T slide = ops.layerNorm(ops.slice(between.out(), 1, 0, 1), scale, shift, EPSILON);
            final T logits = Layers.linear(ops, "head", ops.reshape(slide, 1, -1), d, spec.outputs());
            return List.of(logits, toToken(ops, between.weights()), toToken(ops, inside.weights()));
        }

        /** What the first token attends to in the others, mean over heads. */
        private <T> T toToken(final Ops<T> ops, final T weights) {
            final T row = ops.slice(ops.slice(ops.mean(weights, 1), 2, 0, 1), 3, 1, -1);
            return ops.reshape(row, 0, -1);
        }

        private VitBlock block(final String name) {
            return new VitBlock(name, spec.hidden(), spec.heads(), 2 * spec.hidden(), false, false, EPSILON);
        }
    }
}
