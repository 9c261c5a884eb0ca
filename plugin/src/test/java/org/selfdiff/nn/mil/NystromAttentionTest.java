package org.selfdiff.nn.mil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** Attention by landmarks against the published one. */
@NeedsTorch.Engine
class NystromAttentionTest {
    /** The attention with or without a mask. */
    private record Attend(NystromAttention attention, boolean masked) implements Network, NetworkFunction {
        @Override
        public List<NetworkFunction> functions() {
            return List.of(this);
        }

        @Override
        public String name() {
            return "attend";
        }

        @Override
        public List<Input> inputs() {
            final List<Input> inputs = new ArrayList<>(List.of(Input.of("x", 1, 11, attention.width())));
            if (masked) {
                inputs.add(Input.of("mask", 1, 11, 1));
            }
            return inputs;
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> in) {
            final NystromAttention.Seen<T> seen = attention.seen(ops, in.get(0), masked ? in.get(1) : null);
            return List.of(seen.out(), seen.first());
        }
    }

    /** Some iterations of the pseudo-inverse. */
    private record Invert(int iterations, int side) implements Network, NetworkFunction {
        @Override
        public List<NetworkFunction> functions() {
            return List.of(this);
        }

        @Override
        public String name() {
            return "invert";
        }

        @Override
        public List<Input> inputs() {
            return List.of(Input.of("x", 1, 2, side, side));
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> in) {
            return List.of(NystromAttention.pseudoInverse(ops, in.get(0), iterations));
        }
    }

    private static List<Weight> seen(final MilFixture f, final boolean masked) throws RunFailed {
        final NystromAttention attention = new NystromAttention(
                "",
                f.number("dim"),
                f.number("heads"),
                f.number("dim_head"),
                f.number("num_landmarks"),
                f.number("pinv_iterations"),
                f.flag("residual") ? f.number("residual_conv_kernel") : 0);
        final List<Weight> inputs = new ArrayList<>(List.of(f.get("in.x")));
        if (masked) {
            inputs.add(new Weight(
                    new long[] {1, f.number("n"), 1}, f.get("in.mask").values()));
        }
        return f.run(new Attend(attention, masked), inputs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nystrom_n12_m4",
                "nystrom_n10_m4_padded",
                "nystrom_n5_m16_fewer_tokens_than_landmarks",
                "nystrom_n8_m8_every_token",
                "nystrom_n8_m8_20_iterations"
            })
    void equalsThePublishedOne(final String name) throws RunFailed {
        final MilFixture f = new MilFixture(name);
        final List<Weight> out = seen(f, false);
        f.check("out.y", out.get(0));
        // the first token's weights, from the whole matrix there
        final float[] all = f.get("out.attn_padded").values();
        final int padded = (int) f.get("out.attn_padded").shape()[3];
        final int n = f.number("n");
        final float[] first = out.get(1).values();
        for (int h = 0; h < f.number("heads"); h++) {
            for (int i = 0; i < n; i++) {
                final int at = (h * padded + padded - n) * padded + padded - n + i;
                assertEquals(all[at], first[h * n + i], f.tolerance());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nystrom_mask"})
    void missingTokens(final String name) throws RunFailed {
        final MilFixture f = new MilFixture(name);
        f.check("out.y", seen(f, true).get(0));
    }

    /** With every token a landmark it is plain attention, the nearer the more iterations. */
    @ParameterizedTest
    @CsvSource({"nystrom_n8_m8_every_token, 2e-2", "nystrom_n8_m8_20_iterations, 2e-4"})
    void everyTokenALandmark(final String name, final double tolerance) throws RunFailed {
        final MilFixture f = new MilFixture(name);
        final float[] exact = f.get("out.exact_y").values();
        final float[] actual = seen(f, false).get(0).values();
        for (int i = 0; i < exact.length; i++) {
            assertEquals(exact[i], actual[i], tolerance);
        }
    }

    @ParameterizedTest
    @CsvSource({"identity3, 12", "softmax4, 12", "softmax8_three_heads, 12", "near_singular5, 6"})
    void pseudoInverse(final String name, final int most) throws RunFailed {
        final MilFixture f = new MilFixture("nystrom_pinv_iterations");
        final Weight x = f.get("in." + name);
        int checked = 0;
        for (final int iterations : new int[] {0, 1, 2, 3, 6, 12}) {
            if (iterations <= most) {
                final float[] expected =
                        f.get("out." + name + ".iter" + iterations).values();
                final float[] actual = f.run(new Invert(iterations, (int) x.shape()[3]), List.of(x))
                        .get(0)
                        .values();
                double size = 1;
                for (final float value : expected) {
                    size = Math.max(size, Math.abs(value));
                }
                for (int i = 0; i < expected.length; i++) {
                    assertEquals(expected[i], actual[i], 3e-5 * size, name + " after " + iterations);
                }
                checked++;
            }
        }
        assertTrue(checked >= 5);
    }
}
