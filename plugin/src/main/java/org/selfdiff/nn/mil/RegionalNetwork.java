package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.Sinusoids;
import org.selfdiff.nn.block.Layers;

/**
 * Transformers inside regions of neighbouring tiles, inside regions of those and on, and then between the outermost
 * (after Cersovsky et al. 2023; what is not public there is a setting here). Empty cells are not seen. Time and memory
 * are linear in tiles where one block stands between regions that a token aggregates.
 *
 * @param width numbers of a tile
 * @param hidden width inside
 * @param outputs numbers of the answer
 * @param depth blocks of each level
 * @param heads heads of attention
 * @param grid the levels
 * @param form positions and aggregation
 */
record RegionalNetwork(int width, int hidden, int outputs, int depth, int heads, RegionGrid grid, MilSpec.Regions form)
        implements BagNetwork {

    @Override
    public <T> List<T> classify(final Ops<T> ops, final Tiles<T> in) {
        final List<Integer> steps = grid.steps();
        T h = ops.gelu(Layers.linear(ops, "embed", in.x(), width, hidden));
        if (form.positions() == MilSpec.Positions.ABSOLUTE) {
            h = ops.add(h, ops.reshape(sinusoids(ops, in.places()), -1, grid.cells(), hidden));
        }
        T seen = Pooling.finite(ops, ops.reshape(ops.slice(in.seen(), 3, 1, -1), 0, -1));
        T weights = null;
        int left = grid.cells();
        for (int level = 0; level < steps.size(); level++) {
            final int members = steps.get(level) * steps.get(level);
            final T groups = placed(ops, level, ops.reshape(h, -1, members, hidden), steps.get(level));
            final T open = ops.reshape(seen, -1, 1, 1, members);
            final Pooling.Pooled<T> pooled = pooling(
                            level == 0 ? "inside." : "inside" + level + ".", of("region_token", level))
                    .pool(ops, groups, open, relative(ops, level, steps.get(level)));
            weights = weights == null
                    ? pooled.weights()
                    : ops.mul(ops.reshape(pooled.weights(), -1, 1), shares(ops, weights));
            left /= members;
            weights = ops.reshape(weights, -1, (long) grid.cells() / left);
            h = ops.reshape(pooled.out(), -1, left, hidden);
            seen = ops.reshape(ops.max(open, 3), -1, left);
        }
        T regions = ops.transpose(h, 0, 1);
        if (form.positions() == MilSpec.Positions.ABSOLUTE) {
            final T corners = ops.transpose(ops.slice(in.places(), 1, 0, 1), 0, 1);
            final T places = sinusoids(ops, ops.scale(corners, 1.0 / grid.side()));
            regions = ops.add(regions, ops.reshape(places, 1, -1, hidden));
        }
        final Pooling.Pooled<T> slide = pooling("between.", "slide_token").pool(ops, regions, null, null);
        return List.of(Pooling.answer(ops, slide.out(), hidden, outputs), slide.weights(), weights);
    }

    private Pooling pooling(final String blocks, final String token) {
        return new Pooling(blocks, token, hidden, depth, heads, form.aggregation());
    }

    private static String of(final String name, final int level) {
        return level == 0 ? name : name + "." + level;
    }

    private <T> T placed(final Ops<T> ops, final int level, final T groups, final int side) {
        return form.positions() == MilSpec.Positions.LEARNED
                ? ops.add(
                        groups, ops.parameter(of("places", level), Initial.normal(0.02), 1, (long) side * side, hidden))
                : groups;
    }

    /** Weights of members divided by their sum, or 0 where nothing is seen. */
    private static <T> T shares(final Ops<T> ops, final T weights) {
        return ops.div(weights, ops.plus(ops.sum(weights, 1), 1e-12));
    }

    /** Of the line in the first half, of the column in the second: (places, hidden). */
    private <T> T sinusoids(final Ops<T> ops, final T places) {
        final T flat = ops.reshape(places, -1, 2);
        final int lines = hidden / 4 * 2;
        final T line = ops.timeEmbedding(ops.reshape(ops.slice(flat, 1, 0, 1), -1), lines, Sinusoids.STABLE);
        final T column = ops.timeEmbedding(ops.reshape(ops.slice(flat, 1, 1, 2), -1), hidden - lines, Sinusoids.STABLE);
        return ops.join(line, column, 1);
    }

    /** A trained number for each offset between two members and each head: (1, heads, members, members). */
    private <T> T relative(final Ops<T> ops, final int level, final int side) {
        if (form.positions() != MilSpec.Positions.RELATIVE) {
            return null;
        }
        final int offsets = 2 * side - 1;
        final T table = ops.parameter(of("offsets", level), Initial.normal(0.02), heads, offsets, offsets);
        T rows = null;
        for (int line = 0; line < side; line++) {
            final T lines = ops.slice(table, 1, side - 1 - line, offsets - line);
            for (int column = 0; column < side; column++) {
                final T cut = ops.slice(lines, 2, side - 1 - column, offsets - column);
                final T row = ops.reshape(cut, 1, heads, 1, (long) side * side);
                rows = rows == null ? row : ops.join(rows, row, 2);
            }
        }
        return rows;
    }
}
