package org.selfdiff.stages.bags;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunFailed;

/**
 * The tiles of a slide as embeddings with places.
 *
 * @param name of the slide
 * @param patient whom the slide is of; both sides of a split never share one
 * @param rows numbers of the tiles' rows in the table
 * @param features an embedding for each
 * @param columns column of each tile in the slide's grid of tiles
 * @param lines line of each tile in that grid
 */
public record Bag(String name, String patient, int[] rows, List<float[]> features, int[] columns, int[] lines) {

    /**
     * Tiles in the shape of a network's input.
     *
     * @param features (regions, cells, width); zeros in empty cells
     * @param seen (regions, 1 + cells): 0, or minus infinity for an empty cell
     * @param tile number of the tile in each cell, -1 for an empty one
     * @param regions number of regions
     * @param cells cells of a region
     */
    record Regions(float[] features, float[] seen, int[] tile, int regions, int cells) {}

    /** Number of tiles. */
    public int size() {
        return features.size();
    }

    /**
     * Tiles by regions of neighbouring cells, in reading order.
     *
     * @param side cells along a side of a region; 1 for every tile by itself, wherever it lies
     * @throws RunFailed when two tiles lie at one place
     */
    private List<int[]> byRegion(final int side) throws RunFailed {
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
            final int cell = Math.floorMod(lines[i], side) * side + Math.floorMod(columns[i], side);
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

    /**
     * All tiles.
     *
     * @param side cells along a side of a region
     */
    Regions all(final int side) throws RunFailed {
        return filled(byRegion(side), side);
    }

    /** Some regions of {@link #all}, by their numbers. */
    Regions some(final int side, final int[] chosen) throws RunFailed {
        final List<int[]> regions = byRegion(side);
        return filled(Arrays.stream(chosen).mapToObj(regions::get).toList(), side);
    }

    /**
     * Regions drawn at random until they hold so many tiles.
     *
     * @param side cells along a side of a region
     * @param tiles number of tiles; 0 for all
     */
    Regions drawn(final int side, final int tiles, final SeededRandom random) throws RunFailed {
        final List<int[]> regions = byRegion(side);
        if (tiles == 0 || tiles >= size()) {
            return filled(regions, side);
        }
        final List<int[]> chosen = new ArrayList<>();
        int held = 0;
        for (final int index : random.permutation(regions.size())) {
            chosen.add(regions.get(index));
            held += (int) Arrays.stream(regions.get(index)).filter(t -> t >= 0).count();
            if (held >= tiles) {
                break;
            }
        }
        return filled(chosen, side);
    }

    private Regions filled(final List<int[]> regions, final int side) {
        final int cells = side * side;
        final int width = features.get(0).length;
        final float[] values = new float[Math.multiplyExact(regions.size() * cells, width)];
        final float[] seen = new float[regions.size() * (1 + cells)];
        final int[] tile = new int[regions.size() * cells];
        for (int r = 0; r < regions.size(); r++) {
            for (int c = 0; c < cells; c++) {
                final int at = r * cells + c;
                tile[at] = regions.get(r)[c];
                if (tile[at] >= 0) {
                    System.arraycopy(features.get(tile[at]), 0, values, at * width, width);
                } else {
                    seen[r * (1 + cells) + 1 + c] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        return new Regions(values, seen, tile, regions.size(), cells);
    }
}
