package org.selfdiff.stages.bags;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.nn.mil.RegionGrid;
import org.selfdiff.run.RunFailed;

/**
 * The tiles of a slide, or of all slides of a patient, as embeddings with places.
 *
 * @param name of the slide or patient
 * @param patient whom it is of; both sides of a split never share one
 * @param rows numbers of the tiles' rows in the table
 * @param features an embedding for each
 * @param columns column of each tile in the grid of tiles
 * @param lines line of each tile in that grid; slides of one patient lie below each other, see {@link BagUnit}
 */
public record Bag(String name, String patient, int[] rows, BagFeatures features, int[] columns, int[] lines) {
    /** Numbers of a tensor of 2 GiB. */
    private static final long MOST = Integer.MAX_VALUE / Float.BYTES;

    /**
     * Tiles in the shape of a network's input.
     *
     * @param features (regions, cells, width); zeros in empty cells
     * @param seen (regions, 1 + cells): 0, or minus infinity for an empty cell
     * @param places line and column of each cell (regions, cells, 2), empty ones as well
     * @param tile number of the tile in each cell, -1 for an empty one
     * @param regions number of regions
     * @param cells cells of a region
     */
    record Regions(float[] features, float[] seen, float[] places, int[] tile, int regions, int cells) {}

    /** Number of tiles. */
    public int size() {
        return rows.length;
    }

    /**
     * Tiles by regions of neighbouring cells, in reading order.
     *
     * @param grid how cells are grouped; by single cells every tile is by itself, wherever it lies
     * @throws RunFailed when two tiles lie at one place
     */
    private List<int[]> byRegion(final RegionGrid grid) throws RunFailed {
        final int side = grid.side();
        if (side == 1) {
            final List<int[]> each = new ArrayList<>();
            for (int i = 0; i < size(); i++) {
                each.add(new int[] {i});
            }
            return each;
        }
        final Map<Long, int[]> regions = new TreeMap<>();
        for (int i = 0; i < size(); i++) {
            final long key = (long) Math.floorDiv(lines[i], side) << 32 | Math.floorDiv(columns[i], side) & 0xffffffffL;
            final int[] region = regions.computeIfAbsent(key, k -> {
                final int[] empty = new int[side * side];
                Arrays.fill(empty, -1);
                return empty;
            });
            final int cell = grid.cell(Math.floorMod(lines[i], side), Math.floorMod(columns[i], side));
            if (region[cell] >= 0) {
                throw new RunFailed(
                        "Two tiles lie at one place of the grid, column " + columns[i] + ", line " + lines[i],
                        "slide " + name + ", rows " + (rows[region[cell]] + 1) + " and " + (rows[i] + 1),
                        "Cut tiles without overlap, and give each slide a name of its own.");
            }
            region[cell] = i;
        }
        return List.copyOf(regions.values());
    }

    /** All tiles. */
    Regions all(final RegionGrid grid) throws RunFailed {
        return filled(byRegion(grid), grid);
    }

    /** Some regions of {@link #all}, by their numbers. */
    Regions some(final RegionGrid grid, final int[] chosen) throws RunFailed {
        final List<int[]> regions = byRegion(grid);
        return filled(Arrays.stream(chosen).mapToObj(regions::get).toList(), grid);
    }

    /** The number of each tile's region. */
    int[] regionOfTiles(final RegionGrid grid) throws RunFailed {
        final int[] region = new int[size()];
        final List<int[]> regions = byRegion(grid);
        for (int r = 0; r < regions.size(); r++) {
            for (final int tile : regions.get(r)) {
                if (tile >= 0) {
                    region[tile] = r;
                }
            }
        }
        return region;
    }

    /** The regions of {@link #drawnRegions}. */
    Regions drawn(final RegionGrid grid, final int tiles, final SeededRandom random) throws RunFailed {
        return some(grid, drawnRegions(grid, tiles, random));
    }

    /**
     * Numbers of regions, drawn at random until they hold so many tiles.
     *
     * @param tiles number of tiles; 0 for all
     */
    int[] drawnRegions(final RegionGrid grid, final int tiles, final SeededRandom random) throws RunFailed {
        final List<int[]> regions = byRegion(grid);
        if (tiles == 0 || tiles >= size()) {
            return IntStream.range(0, regions.size()).toArray();
        }
        final int[] order = random.permutation(regions.size());
        int held = 0;
        int count = 0;
        while (count < order.length && held < tiles) {
            held += (int)
                    Arrays.stream(regions.get(order[count])).filter(t -> t >= 0).count();
            count++;
        }
        return Arrays.copyOf(order, count);
    }

    private Regions filled(final List<int[]> regions, final RegionGrid grid) throws RunFailed {
        final int cells = grid.cells();
        final float[] places = new float[2 * regions.size() * cells];
        final int width = features.width();
        if ((long) regions.size() * cells * width > MOST) {
            throw new RunFailed(
                    "The " + regions.size() + " regions of " + cells + " tiles with " + width
                            + " numbers each are more than a step can take at once",
                    name,
                    "Set \"Tiles of a step\" to a smaller number, or smaller regions.");
        }
        final float[] values = new float[regions.size() * cells * width];
        final float[] seen = new float[regions.size() * (1 + cells)];
        final int[] tile = new int[regions.size() * cells];
        final int[][] inside = grid.places();
        for (int r = 0; r < regions.size(); r++) {
            final int[] region = regions.get(r);
            final int first =
                    Arrays.stream(region).filter(t -> t >= 0).findFirst().orElseThrow();
            final int top = lines[first] - Math.floorMod(lines[first], grid.side());
            final int left = columns[first] - Math.floorMod(columns[first], grid.side());
            for (int c = 0; c < cells; c++) {
                places[2 * (r * cells + c)] = top + inside[c][0];
                places[2 * (r * cells + c) + 1] = left + inside[c][1];
                final int at = r * cells + c;
                tile[at] = region[c];
                if (tile[at] < 0) {
                    seen[r * (1 + cells) + 1 + c] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        features.copy(tile, values);
        return new Regions(values, seen, places, tile, regions.size(), cells);
    }
}
