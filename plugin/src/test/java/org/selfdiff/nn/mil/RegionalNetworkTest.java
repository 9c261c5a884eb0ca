package org.selfdiff.nn.mil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** Regions in levels: what is empty, and in which order regions stand, changes nothing. */
@NeedsTorch.Engine
class RegionalNetworkTest {
    private static final int WIDTH = 5;

    private static final float EMPTY = Float.NEGATIVE_INFINITY;

    private static MilSpec spec(final MilSpec.Positions positions, final MilSpec.Aggregation aggregation) {
        return new MilSpec(MilSpec.Method.REGIONAL, WIDTH, 8, 4, 2, 2, 2, 2)
                .with(new MilSpec.Regions(List.of(4, 8), positions, aggregation));
    }

    /** Regions of 8 x 8 tiles, of which most are empty: (x, seen, places). */
    private static final class Slide {
        private final RegionGrid grid = new RegionGrid(List.of(2, 4, 8));

        private final int regions;

        private final float[] x;

        private final float[] seen;

        private final float[] places;

        Slide(final int regions) {
            this.regions = regions;
            final int cells = grid.cells();
            x = new float[regions * cells * WIDTH];
            seen = new float[regions * (1 + cells)];
            places = new float[regions * cells * 2];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) Math.sin(i);
            }
            for (int r = 0; r < regions; r++) {
                for (int c = 0; c < cells; c++) {
                    // whole regions of 2 x 2 and of 4 x 4 are empty, and single cells of others
                    final boolean empty = c >= 16 && c < 32 || c / 4 % 2 == 1 || c % 4 == 3;
                    seen[r * (1 + cells) + 1 + c] = empty ? EMPTY : 0;
                    places[2 * (r * cells + c)] = grid.places()[c][0];
                    places[2 * (r * cells + c) + 1] = 8 * r + grid.places()[c][1];
                }
            }
        }

        Slide filled(final float value) {
            final Slide other = new Slide(regions);
            for (int r = 0; r < regions; r++) {
                for (int c = 0; c < grid.cells(); c++) {
                    if (seen[r * (1 + grid.cells()) + 1 + c] == EMPTY) {
                        final int at = (r * grid.cells() + c) * WIDTH;
                        Arrays.fill(other.x, at, at + WIDTH, value);
                    }
                }
            }
            return other;
        }

        Slide turned() {
            final Slide other = new Slide(regions);
            for (int r = 0; r < regions; r++) {
                final int to = regions - 1 - r;
                copy(x, other.x, r, to);
                copy(seen, other.seen, r, to);
                copy(places, other.places, r, to);
            }
            return other;
        }

        private void copy(final float[] from, final float[] into, final int r, final int to) {
            final int length = from.length / regions;
            System.arraycopy(from, r * length, into, to * length, length);
        }

        List<Weight> ask(final MilSpec spec) throws RunFailed {
            final MilNetwork network = new MilNetwork(spec);
            final int cells = grid.cells();
            return Fixture.run(
                    network,
                    MilNetwork.CLASSIFY,
                    InitialWeights.draw(network, 3).weights(),
                    List.of(
                            new Weight(new long[] {regions, cells, WIDTH}, x),
                            new Weight(new long[] {regions, 1, 1, 1 + cells}, seen),
                            new Weight(new long[] {regions, cells, 2}, places)));
        }
    }

    private static void same(final List<Weight> expected, final List<Weight> actual) {
        assertArrayEquals(expected.get(0).values(), actual.get(0).values(), 1e-6f);
    }

    @ParameterizedTest
    @CsvSource({
        "LEARNED, TOKEN",
        "LEARNED, MEAN",
        "LEARNED, GATED_ATTENTION",
        "ABSOLUTE, TOKEN",
        "ABSOLUTE, GATED_ATTENTION",
        "RELATIVE, TOKEN",
        "RELATIVE, MEAN"
    })
    void emptyCellsAndTheOrderOfRegionsChangeNothing(
            final MilSpec.Positions positions, final MilSpec.Aggregation aggregation) throws RunFailed {
        final MilSpec spec = spec(positions, aggregation);
        final Slide slide = new Slide(3);
        final List<Weight> before = slide.ask(spec);
        same(before, slide.filled(77).ask(spec));
        same(before, slide.turned().ask(spec));
        final int cells = slide.grid.cells();
        final float[] attention = before.get(2).values();
        assertEquals(3 * cells, attention.length);
        double sum = 0;
        for (int i = 0; i < attention.length; i++) {
            final boolean empty = slide.seen[i / cells * (1 + cells) + 1 + i % cells] == EMPTY;
            assertTrue(empty ? attention[i] == 0 : attention[i] > 0, i + ": " + attention[i]);
            sum += attention[i];
        }
        assertTrue(sum <= 3 + 1e-4 && sum > 0.5, "attention of the regions to their cells " + sum);
        final Slide other = new Slide(3);
        Arrays.fill(other.x, 0, WIDTH, 77);
        assertTrue(Math.abs(before.get(0).values()[0] - other.ask(spec).get(0).values()[0]) > 1e-5);
    }

    /** Where tiles lie in their region matters, with whatever positions. */
    @ParameterizedTest
    @EnumSource(MilSpec.Positions.class)
    void placesMatter(final MilSpec.Positions positions) throws RunFailed {
        final MilSpec spec = spec(positions, MilSpec.Aggregation.TOKEN);
        final Slide slide = new Slide(2);
        final Slide other = new Slide(2);
        for (int k = 0; k < WIDTH; k++) { // the first two tiles of the first region change places
            other.x[k] = slide.x[WIDTH + k];
            other.x[WIDTH + k] = slide.x[k];
        }
        final float[] before = slide.ask(spec).get(0).values();
        final float[] after = other.ask(spec).get(0).values();
        assertTrue(Math.abs(before[0] - after[0]) > 1e-7, positions + ": " + before[0] + " and " + after[0]);
    }

    @Test
    void cellsOfInnerRegionsFollowEachOther() {
        final RegionGrid grid = new RegionGrid(List.of(2, 4));
        assertEquals(List.of(2, 2), grid.steps());
        final int[] line = new int[8];
        for (int c = 0; c < 4; c++) {
            line[c] = grid.cell(0, c);
            line[4 + c] = grid.cell(2, c);
        }
        assertArrayEquals(new int[] {0, 1, 4, 5, 8, 9, 12, 13}, line);
        assertArrayEquals(new int[] {3, 2}, grid.places()[grid.cell(3, 2)]);
        assertThrows(IllegalArgumentException.class, () -> new RegionGrid(List.of(2, 3)));
    }

    @ParameterizedTest
    @EnumSource(MilSpec.Method.class)
    void aBagOfOneTile(final MilSpec.Method method) throws RunFailed {
        final MilSpec spec = new MilSpec(method, WIDTH, 8, 4, 2, 2, 1, 2);
        final MilNetwork network = new MilNetwork(spec);
        final int cells = spec.cells();
        final float[] seen = new float[1 + cells];
        Arrays.fill(seen, 2, seen.length, EMPTY);
        final float[] x = new float[cells * WIDTH];
        Arrays.fill(x, 0, WIDTH, 0.5f);
        final List<Weight> out = Fixture.run(
                network,
                MilNetwork.CLASSIFY,
                InitialWeights.draw(network, 3).weights(),
                List.of(
                        new Weight(new long[] {1, cells, WIDTH}, x),
                        new Weight(new long[] {1, 1, 1, 1 + cells}, seen),
                        new Weight(new long[] {1, cells, 2}, new float[2 * cells])));
        assertEquals(2, out.get(0).values().length);
        for (final Weight weight : out) {
            for (final float value : weight.values()) {
                assertTrue(Float.isFinite(value), method + " " + value);
            }
        }
    }

    @Test
    void sidesThatDoNotFitAreNamed() {
        final MilSpec spec = spec(MilSpec.Positions.LEARNED, MilSpec.Aggregation.TOKEN)
                .with(new MilSpec.Regions(List.of(3), MilSpec.Positions.LEARNED, MilSpec.Aggregation.TOKEN));
        assertTrue(assertThrows(RunFailed.class, spec::checked).what().contains("3 tiles"));
    }

    @Test
    void theDescriptionComesBack() throws RunFailed {
        final MilSpec spec = spec(MilSpec.Positions.RELATIVE, MilSpec.Aggregation.MEAN);
        assertEquals(spec, MilSpec.fromJson(spec.toJson(), "here"));
        final MilSpec clam = new MilSpec(MilSpec.Method.CLAM_MB, WIDTH, 8, 4, 2, 2, 1, 2)
                .with(new MilSpec.Instances(3, true, false, 0.5));
        assertEquals(clam, MilSpec.fromJson(clam.toJson(), "here"));
    }
}
