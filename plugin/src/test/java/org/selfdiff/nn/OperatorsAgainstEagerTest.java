package org.selfdiff.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** Every operator: sizes, script and eager oracle agree. */
@NeedsTorch.Engine
class OperatorsAgainstEagerTest {
    private static final long[] PICTURE = {2, 4, 6, 8};

    private static final long[] TOKENS = {2, 5, 8};

    /** Gives what each operator makes of a picture, tokens, a mask of tokens and numbers of rows. */
    private record Everything() implements Network {
        @Override
        public List<NetworkFunction> functions() {
            return List.of(new All());
        }
    }

    private record All() implements NetworkFunction {
        @Override
        public String name() {
            return "all";
        }

        @Override
        public List<Input> inputs() {
            return List.of(Input.of("x", PICTURE), Input.of("h", TOKENS), Input.exact("n", 2, 3), Input.exact("t", 2));
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> in) {
            final T x = in.get(0);
            final T h = in.get(1);
            final List<T> out = new ArrayList<>(pictures(ops, x));
            out.addAll(tokens(ops, h, in.get(2)));
            out.add(ops.timeEmbedding(in.get(3), 6, Sinusoids.STABLE));
            out.add(ops.timeEmbedding(in.get(3), 6, Sinusoids.ANNOTATED));
            return out;
        }

        private static <T> T drawn(final Ops<T> ops, final String name, final long... shape) {
            return ops.parameter(name, new Initial.Uniform(0.5), shape);
        }

        private static <T> List<T> pictures(final Ops<T> ops, final T x) {
            final T four = drawn(ops, "four", 4);
            final T shift = drawn(ops, "shift", 4);
            final T mean = ops.buffer("mean", new Initial.Uniform(0.3), 4);
            final T variance = ops.buffer("variance", new Initial.Constant(0.7f), 4);
            return List.of(
                    ops.conv(x, drawn(ops, "tall", 3, 4, 3, 1), drawn(ops, "tall.bias", 3), new Window(2, 1, 1, 0, 1)),
                    ops.conv(
                            x,
                            drawn(ops, "deep", 4, 1, 3, 3),
                            null,
                            Window.square(1, 1).inGroups(4)),
                    ops.convTransposed(x, drawn(ops, "up", 4, 3, 4, 4), drawn(ops, "up.bias", 3), 2, 1),
                    ops.padRightBottom(x, 1, 2),
                    ops.maxPool(x, 3, 2, 1),
                    ops.averagePool(x, 3, 1, 1),
                    ops.resize(x, 9, 5, Resize.bilinear()),
                    ops.resize(x, 9, 5, Resize.bicubic(false)),
                    ops.resize(x, 3, 5, Resize.bicubic(true)),
                    ops.resize(x, 3, 11, new Resize(Resize.Kind.BILINEAR, true, 0)),
                    ops.resize(x, 9, 5, new Resize(Resize.Kind.BICUBIC, false, 0.1)),
                    ops.resize(x, 12, 4, Resize.nearest()),
                    ops.resizeLike(x, ops.doubled(x), Resize.nearest()),
                    ops.groupNorm(x, four, shift, 2, 1e-6),
                    ops.batchNorm(x, four, shift, mean, variance, 1e-3),
                    ops.addPerChannel(x, ops.reshape(ops.mean(ops.mean(x, 3), 2), 0, -1)),
                    ops.concat(x, ops.relu(x)),
                    ops.picture(ops.tokens(x), x),
                    ops.linearAttention(ops.conv(x, drawn(ops, "three", 12, 4, 1, 1), null, 1, 0), 2));
        }

        private static <T> List<T> tokens(final Ops<T> ops, final T h, final T n) {
            final T eight = drawn(ops, "eight", 8);
            final T weights = ops.attentionWeights(h, h, 2, drawn(ops, "bias", 1, 2, 5, 5));
            return List.of(
                    ops.layerNorm(h, eight, drawn(ops, "eight.shift", 8), 1e-6),
                    ops.layerNorm(h, null, null, 1e-5),
                    ops.unitLength(h, 1e-12),
                    ops.silu(h),
                    ops.gelu(h),
                    ops.tanh(h),
                    ops.sigmoid(h),
                    ops.softmax(h, 1),
                    ops.linear(h, drawn(ops, "linear", 3, 8), drawn(ops, "linear.bias", 3)),
                    ops.add(h, eight),
                    ops.sub(h, eight),
                    ops.mul(h, eight),
                    ops.div(h, ops.plus(ops.sigmoid(h), 0.5)),
                    ops.scale(h, -1.5),
                    ops.plus(h, 1.5),
                    ops.matmul(h, ops.transpose(h, 1, 2)),
                    ops.sum(h, 1),
                    ops.mean(h, -1),
                    ops.max(h, 1),
                    ops.scale(ops.argMax(h, 2), 1),
                    ops.slice(h, 1, 1, -1),
                    ops.slice(h, 2, 2, 5),
                    ops.first(h, 2, h),
                    ops.last(h, 2, h),
                    ops.padFront(h, 3),
                    ops.padFront(h, 5),
                    ops.square(h, 1, true),
                    ops.square(h, 1, false),
                    ops.square(h, 4, false),
                    ops.squarePicture(ops.square(h, 1, true)),
                    ops.regions(ops.square(h, 4, false), 2),
                    ops.fromRegions(ops.scale(ops.regions(ops.square(h, 4, false), 2), 2), 2),
                    ops.distances(h),
                    ops.reshape(h, 0, 5, 2, -1),
                    ops.repeatLike(drawn(ops, "one", 1, 2, 8), h),
                    ops.join(h, h, 1),
                    ops.lookup(drawn(ops, "table", 4, 3), n),
                    ops.piece(h, 1, 2),
                    weights,
                    ops.weighted(weights, h),
                    ops.attention(h, ops.slice(h, 1, 0, 3), ops.slice(h, 1, 0, 3), 4));
        }
    }

    private static Weight input(final int stream, final long... shape) {
        int size = 1;
        for (final long side : shape) {
            size *= (int) side;
        }
        final float[] values = new float[size];
        Fixture.fill("input/" + stream, 0, 2, values);
        return new Weight(shape, values);
    }

    private static NDArray array(final NDManager manager, final Weight weight) {
        final double[] wide = new double[weight.values().length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = weight.values()[i];
        }
        return manager.create(wide, new Shape(weight.shape()));
    }

    @Test
    void allAgree() throws RunFailed {
        final Network network = new Everything();
        final Map<String, Weight> weights = InitialWeights.draw(network, 5).weights();
        final List<Weight> inputs = List.of(
                input(1, PICTURE),
                input(2, TOKENS),
                new Weight(new long[] {2, 3}, new float[] {0, 3, 1, 2, 2, 0}),
                new Weight(new long[] {2}, new float[] {3, 711}));
        final List<Weight> script = Fixture.run(network, "all", weights, inputs);
        final List<long[]> shapes = new ShapeOps().trace(network.function("all"));
        try (NDManager manager = NDManager.newBaseManager()) {
            final Map<String, NDArray> parameters = new LinkedHashMap<>();
            weights.forEach((name, weight) -> parameters.put(name, array(manager, weight)));
            final List<NDArray> eager = network.function("all")
                    .apply(
                            new EagerOps(parameters),
                            inputs.stream().map(w -> array(manager, w)).toList());
            assertEquals(script.size(), eager.size());
            for (int i = 0; i < script.size(); i++) {
                assertArrayEquals(shapes.get(i), script.get(i).shape(), "sizes of number " + i);
                final double[] expected = eager.get(i).toDoubleArray();
                assertEquals(expected.length, script.get(i).values().length, "number " + i);
                double largest = 0;
                for (int k = 0; k < expected.length; k++) {
                    assertEquals(expected[k], script.get(i).values()[k], 2e-5, "number " + i);
                    largest = Math.max(largest, Math.abs(expected[k]));
                }
                assertTrue(largest > 1e-3, "number " + i + " is nothing");
            }
        }
    }
}
