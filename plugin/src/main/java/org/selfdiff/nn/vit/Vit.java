package org.selfdiff.nn.vit;

import java.util.List;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;

/**
 * A vision transformer for pictures of one size. Tokens stand in the order class token, registers, patches in reading
 * order; all have passed the last normalisation.
 *
 * @param spec sizes
 * @param height of the pictures in pixels, a multiple of the patch's side
 * @param width of the pictures in pixels, a multiple of the patch's side
 */
public record Vit(VitSpec spec, int height, int width) implements Network {
    /** The function {@code x -> tokens} (batch, 1 + registers + patches, width). */
    public static final String TOKENS = "tokens";

    /** The function {@code x -> (tokens, weights)} with the last block's attention (batch, heads, tokens, tokens). */
    public static final String ATTENTION = "attention";

    /** Prefix of the parameters of the map that makes tokens of patches. */
    public static final String PATCHES = "patch_embed.proj.";

    /** Refuses sizes that are no multiples of the patch's side. */
    public Vit {
        if (height % spec.patch() != 0 || width % spec.patch() != 0 || height < 1 || width < 1) {
            throw new IllegalArgumentException(width + " x " + height + " in patches of " + spec.patch());
        }
    }

    /** Number of tokens of a picture. */
    public int tokens() {
        return spec.extraTokens() + height / spec.patch() * (width / spec.patch());
    }

    @Override
    public List<NetworkFunction> functions() {
        return List.of(new Tokens(this), new Attention(this));
    }

    private NetworkFunction.Input input() {
        return NetworkFunction.Input.of("x", 1, spec.channels(), height, width);
    }

    private record Tokens(Vit network) implements NetworkFunction {
        @Override
        public String name() {
            return TOKENS;
        }

        @Override
        public List<Input> inputs() {
            return List.of(network.input());
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
            return List.of(network.tokens(ops, inputs.get(0)));
        }
    }

    private record Attention(Vit network) implements NetworkFunction {
        @Override
        public String name() {
            return ATTENTION;
        }

        @Override
        public List<Input> inputs() {
            return List.of(network.input());
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
            return network.attention(ops, inputs.get(0));
        }
    }

    /** Describes the way to the tokens. */
    public <T> T tokens(final Ops<T> ops, final T x) {
        T h = embedded(ops, x);
        for (int i = 0; i < spec.depth(); i++) {
            h = block(i).forward(ops, h);
        }
        return last(ops, h);
    }

    private <T> List<T> attention(final Ops<T> ops, final T x) {
        T h = embedded(ops, x);
        for (int i = 0; i < spec.depth() - 1; i++) {
            h = block(i).forward(ops, h);
        }
        final VitBlock.Seen<T> seen = block(spec.depth() - 1).seen(ops, h);
        return List.of(last(ops, seen.out()), seen.weights());
    }

    private VitBlock block(final int i) {
        return new VitBlock(
                "blocks." + i + ".",
                spec.width(),
                spec.heads(),
                spec.hidden(),
                spec.gated(),
                spec.layerScale(),
                spec.epsilon());
    }

    private <T> T last(final Ops<T> ops, final T h) {
        final T scale = ops.parameter("norm.weight", Initial.ones(), spec.width());
        return ops.layerNorm(h, scale, ops.parameter("norm.bias", Initial.zeros(), spec.width()), spec.epsilon());
    }

    /** Patches, with class token, registers and positions. */
    public <T> T embedded(final Ops<T> ops, final T x) {
        final int d = spec.width();
        final int p = spec.patch();
        final T classToken = ops.parameter("cls_token", Initial.normal(0.02), 1, 1, d);
        final T table = ops.parameter(
                "pos_embed", Initial.normal(0.02), 1, spec.positions().rows(spec.registers()), d);
        final Initial fan = Initial.fanIn((long) spec.channels() * p * p);
        final T weight = ops.parameter(PATCHES + "weight", fan, d, spec.channels(), p, p);
        final T patches = ops.tokens(ops.conv(x, weight, ops.parameter(PATCHES + "bias", fan, d), p, 0));
        final T registers =
                spec.registers() == 0 ? null : ops.parameter("reg_token", Initial.normal(0.02), 1, spec.registers(), d);
        return joined(ops, classToken, registers, patches, table);
    }

    private <T> T joined(final Ops<T> ops, final T classToken, final T registers, final T patches, final T table) {
        final VitSpec.Positions positions = spec.positions();
        final T placed = ops.add(patches, patchRows(ops, table));
        int row = 0;
        T first = classToken;
        if (positions.forClass()) {
            first = ops.add(first, ops.slice(table, 1, 0, 1));
            row = 1;
        }
        T all = ops.repeatLike(first, patches);
        if (registers != null) {
            final T marked = positions.forRegisters()
                    ? ops.add(registers, ops.slice(table, 1, row, row + spec.registers()))
                    : registers;
            all = ops.join(all, ops.repeatLike(marked, patches), 1);
        }
        return ops.join(all, placed, 1);
    }

    private <T> T patchRows(final Ops<T> ops, final T table) {
        final VitSpec.Positions positions = spec.positions();
        final int side = positions.side();
        final int first = positions.rows(spec.registers()) - side * side;
        final T rows = first == 0 ? table : ops.slice(table, 1, first, -1);
        final int down = height / spec.patch();
        final int right = width / spec.patch();
        if (down == side && right == side && !positions.resizeAlways()) {
            return rows;
        }
        final T picture = ops.reshape(ops.transpose(rows, 1, 2), 1, spec.width(), side, side);
        return ops.tokens(ops.resize(picture, down, right, positions.resize()));
    }
}
