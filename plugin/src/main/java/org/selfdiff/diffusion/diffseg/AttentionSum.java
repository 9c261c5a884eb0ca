package org.selfdiff.diffusion.diffseg;

import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Self-attention of all layers of a network, brought to one resolution (DiffSeg, arXiv 2308.12469, section 3.1): each
 * map is enlarged bilinearly, divided by its sum, repeated for the finer places that look, and counts by its side.
 */
public final class AttentionSum {
    private final int side;

    private final float[][] sums;

    private double weight;

    /**
     * Nothing added yet.
     *
     * @param side of the finest attention, in places
     */
    public AttentionSum(final int side) {
        this.side = side;
        this.sums = new float[side * side][side * side];
    }

    /** Mean over heads of attention of shape (heads, places, places). */
    public static float[] meanOfHeads(final float[] attention, final int heads) {
        final int size = attention.length / heads;
        final float[] mean = new float[size];
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int head = 0; head < heads; head++) {
                sum += attention[head * size + i];
            }
            mean[i] = (float) (sum / heads);
        }
        return mean;
    }

    /**
     * Adds a layer.
     *
     * @param coarse its side in places, a divisor of the finest
     * @param attention mean over heads, one row of {@code coarse^2} numbers for each of as many places that look
     */
    public void add(final int coarse, final float[] attention, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final int ratio = side / coarse;
        final int places = coarse * coarse;
        if (ratio * coarse != side || attention.length != places * places) {
            throw new IllegalArgumentException(
                    "attention of " + attention.length + " numbers and side " + coarse + " for " + side);
        }
        final Bilinear enlarge = new Bilinear(coarse, side);
        workers.parts(
                places,
                (place, inner) -> {
                    final float[] map = enlarge.map(attention, place * places);
                    double sum = 0;
                    for (final float value : map) {
                        sum += value;
                    }
                    final float factor = (float) (coarse / sum);
                    final int top = place / coarse * ratio;
                    final int left = place % coarse * ratio;
                    for (int y = top; y < top + ratio; y++) {
                        for (int x = left; x < left + ratio; x++) {
                            add(sums[y * side + x], map, factor);
                        }
                    }
                    return null;
                },
                control);
        weight += coarse;
    }

    private static void add(final float[] sum, final float[] map, final float factor) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * map[i];
        }
    }

    /** The weighted mean: for each place its map, row by row, of sum 1. Nothing can be added afterwards. */
    public List<float[]> maps() {
        final float factor = (float) (1 / weight);
        for (final float[] map : sums) {
            for (int i = 0; i < map.length; i++) {
                map[i] *= factor;
            }
        }
        weight = Double.NaN;
        return List.of(sums);
    }
}
