package org.selfdiff.nn.mil;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** STAMP's transformer against the published one. */
@NeedsTorch.Engine
class StampNetworkTest {
    private record Bags(StampNetwork network, boolean filled) implements Network, NetworkFunction {
        @Override
        public List<NetworkFunction> functions() {
            return List.of(this);
        }

        @Override
        public String name() {
            return "bags";
        }

        @Override
        public List<Input> inputs() {
            final List<Input> inputs =
                    new ArrayList<>(List.of(Input.of("x", 2, 9, network.width()), Input.exact("places", 2, 9, 2)));
            if (filled) {
                inputs.add(Input.of("cut", 2, network.heads(), 10, 10));
                inputs.add(Input.of("near", 1, 1, 10, 10));
            }
            return inputs;
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> in) {
            return network.bags(
                    ops, in.get(0), in.get(1), filled ? new StampNetwork.Left<>(in.get(2), in.get(3)) : null);
        }
    }

    /** Ours has one layer for all heads. */
    private static void joinHeads(final Map<String, Weight> all, final String from, final String to, final int heads) {
        float[] joined = new float[0];
        long[] shape = new long[0];
        for (int h = 0; h < heads; h++) {
            final Weight one = all.get(String.format(from, h));
            shape = one.shape().clone();
            final int had = joined.length;
            joined = java.util.Arrays.copyOf(joined, had + one.values().length);
            System.arraycopy(one.values(), 0, joined, had, one.values().length);
        }
        shape[0] *= heads;
        all.put(to, new Weight(shape, joined));
    }

    /** A third of theirs, which holds queries, keys and values. */
    private static void piece(final Map<String, Weight> all, final String from, final String to, final int index) {
        final Weight whole = all.get(from);
        final int length = whole.values().length / 3;
        final long[] shape = whole.shape().clone();
        shape[0] /= 3;
        all.put(
                to,
                new Weight(shape, java.util.Arrays.copyOfRange(whole.values(), index * length, (index + 1) * length)));
    }

    private static void rename(final MilFixture f, final boolean byDistance, final int layers, final int heads) {
        final Map<String, Weight> all = f.all();
        final String[] parts = {"query", "key", "value"};
        for (int i = 0; i < layers; i++) {
            final String name = "transformer.layers." + i + ".0.mhsa.";
            for (final String kind : List.of("weight", "bias")) {
                for (int k = 0; k < parts.length; k++) {
                    if (byDistance) {
                        joinHeads(all, name + parts[k] + "_encoders.%d." + kind, name + parts[k] + "." + kind, heads);
                    } else {
                        piece(all, name + "in_proj_" + kind, name + parts[k] + "." + kind, k);
                    }
                }
                all.put(name + "out." + kind, all.get(name + (byDistance ? "fc." : "out_proj.") + kind));
            }
            if (byDistance) {
                joinHeads(all, name + "attentions.%d.bias_scale", name + "bias_scale", heads);
                joinHeads(all, name + "attentions.%d.scale_distance.running_mean", name + "running_mean", heads);
            }
        }
        all.put("items_so_far", new Weight(new long[] {1}, new float[] {1}));
    }

    /**
     * Two tiles that only fill up do not see each other, tiles do not see the slide's token; without distances the
     * published code gives head h of bag b the mask of bag (b heads + h) mod bags.
     */
    private static Weight cut(final Weight mask, final int heads, final boolean byDistance) {
        final int bags = (int) mask.shape()[0];
        final int n = (int) mask.shape()[1];
        final int side = n + 1;
        final float[] cut = new float[bags * heads * side * side];
        for (int b = 0; b < bags; b++) {
            for (int h = 0; h < heads; h++) {
                final int of = byDistance ? b : (b * heads + h) % bags;
                for (int q = 1; q < side; q++) {
                    final int row = ((b * heads + h) * side + q) * side;
                    cut[row] = 1;
                    for (int k = 1; k < side; k++) {
                        cut[row + k] = mask.values()[of * n + q - 1] * mask.values()[of * n + k - 1];
                    }
                }
            }
        }
        return new Weight(new long[] {bags, heads, side, side}, cut);
    }

    private static Weight near(final int n) {
        final int side = n + 1;
        final float[] near = new float[side * side];
        for (int q = 1; q < side; q++) {
            for (int k = 1; k < side; k++) {
                near[q * side + k] = 1;
            }
        }
        return new Weight(new long[] {1, 1, side, side}, near);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stamp_vit",
                "stamp_vit_alibi",
                "stamp_vit_alibi_mask",
                "stamp_vit_mask_one_bag",
                "stamp_vit_mask_batch_as_published"
            })
    void equalsThePublishedOne(final String name) throws RunFailed {
        final MilFixture f = new MilFixture(name);
        final boolean byDistance = f.flag("use_alibi");
        final int heads = f.number("heads");
        rename(f, byDistance, f.number("layers"), heads);
        final StampNetwork network = new StampNetwork(
                f.number("d"),
                f.number("dim"),
                heads,
                f.number("layers"),
                f.number("feedforward"),
                f.number("n_classes"),
                byDistance);
        final boolean filled = f.flag("mask");
        final List<Weight> inputs = new ArrayList<>(List.of(f.get("in.features"), f.get("in.coords")));
        if (filled) {
            inputs.add(cut(f.get("in.mask"), heads, byDistance));
            inputs.add(near(f.number("n")));
        }
        final List<Weight> out = Fixture.run(new Bags(network, filled), "bags", f.all(), inputs);
        f.check("out.logits", out.get(0));
        assertTrue(out.get(1).values().length == f.number("batch") * f.number("n"));
    }
}
