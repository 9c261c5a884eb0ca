package org.selfdiff.diffusion.diffseg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterMatchingTest {
    /** The best sum of all ways to match, by trying them. */
    private static double best(final double[][] gain, final int row, final boolean[] used) {
        if (row == gain.length) {
            return 0;
        }
        final long free = gain[0].length - Arrays.stream(toInts(used)).sum();
        double best = gain.length - row > free ? best(gain, row + 1, used) : Double.NEGATIVE_INFINITY;
        for (int column = 0; column < gain[0].length; column++) {
            if (!used[column]) {
                used[column] = true;
                best = Math.max(best, gain[row][column] + best(gain, row + 1, used));
                used[column] = false;
            }
        }
        return best;
    }

    private static int[] toInts(final boolean[] flags) {
        final int[] ints = new int[flags.length];
        for (int i = 0; i < flags.length; i++) {
            ints[i] = flags[i] ? 1 : 0;
        }
        return ints;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 4", "6, 6", "3, 5", "6, 3", "5, 1"})
    void hungarianIsTheBestOfAllMatchings(final int rows, final int columns) {
        final SplittableRandom random = new SplittableRandom(rows * 10L + columns);
        for (int trial = 0; trial < 50; trial++) {
            final double[][] gain = new double[rows][columns];
            for (final double[] row : gain) {
                Arrays.setAll(row, i -> random.nextInt(6)); // so that there are ties
            }
            final int[] classes = ClusterMatching.hungarian(gain);
            double sum = 0;
            int matched = 0;
            final boolean[] used = new boolean[columns];
            for (int row = 0; row < rows; row++) {
                if (classes[row] >= 0) {
                    assertEquals(false, used[classes[row]], "two clusters of one class");
                    used[classes[row]] = true;
                    sum += gain[row][classes[row]];
                    matched++;
                }
            }
            assertEquals(Math.min(rows, columns), matched);
            assertEquals(best(gain, 0, new boolean[columns]), sum, 1e-9);
        }
    }

    @Test
    void overlapsByHand() {
        final long[][] counts = {{6, 2}, {0, 4}, {0, 0}};
        final double[][] overlap = ClusterMatching.intersectionOverUnion(counts);
        assertArrayEquals(new double[] {6.0 / 8, 2.0 / 12}, overlap[0], 1e-12);
        assertArrayEquals(new double[] {0, 4.0 / 6}, overlap[1], 1e-12);
        assertArrayEquals(new double[] {0, 0}, overlap[2], 0);
        assertArrayEquals(new int[] {0, 1, -1}, ClusterMatching.hungarian(overlap));
        assertArrayEquals(new int[] {0, 1, -1}, ClusterMatching.majority(counts));
    }
}
