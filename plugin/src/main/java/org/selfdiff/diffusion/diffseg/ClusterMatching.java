package org.selfdiff.diffusion.diffseg;

import java.util.Arrays;

/** Which class a segment is, by how much they overlap in labelled pictures. */
public final class ClusterMatching {
    private ClusterMatching() {}

    /**
     * One to one, so that the sum of what is matched is largest (Kuhn 1955, Munkres 1957; here by shortest augmenting
     * paths, Jonker and Volgenant 1987).
     *
     * @param gain of giving a cluster (row) a class (column), such as their intersection over union; finite
     * @return for each cluster its class, -1 where there are more clusters than classes and it got none
     */
    public static int[] hungarian(final double[][] gain) {
        final int rows = gain.length;
        final int columns = rows == 0 ? 0 : gain[0].length;
        final int n = Math.max(rows, columns);
        final double[] ofRow = new double[n + 1];
        final double[] ofColumn = new double[n + 1];
        final int[] rowOf = new int[n + 1];
        for (int row = 1; row <= n; row++) {
            rowOf[0] = row;
            augment(gain, n, ofRow, ofColumn, rowOf);
        }
        final int[] classes = new int[rows];
        Arrays.fill(classes, -1);
        for (int column = 1; column <= columns; column++) {
            if (rowOf[column] <= rows) {
                classes[rowOf[column] - 1] = column - 1;
            }
        }
        return classes;
    }

    /** Finds the cheapest path by which the row at column 0 gets a column, and turns it round. */
    private static void augment(
            final double[][] gain, final int n, final double[] ofRow, final double[] ofColumn, final int[] rowOf) {
        final double[] least = new double[n + 1];
        final int[] way = new int[n + 1];
        final boolean[] used = new boolean[n + 1];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        int at = 0;
        do {
            used[at] = true;
            final int row = rowOf[at];
            double step = Double.POSITIVE_INFINITY;
            int next = 0;
            for (int column = 1; column <= n; column++) {
                if (!used[column]) {
                    final double cost = cost(gain, row - 1, column - 1) - ofRow[row] - ofColumn[column];
                    if (cost < least[column]) {
                        least[column] = cost;
                        way[column] = at;
                    }
                    if (least[column] < step) {
                        step = least[column];
                        next = column;
                    }
                }
            }
            for (int column = 0; column <= n; column++) {
                if (used[column]) {
                    ofRow[rowOf[column]] += step;
                    ofColumn[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        } while (rowOf[at] != 0);
        while (at != 0) {
            rowOf[at] = rowOf[way[at]];
            at = way[at];
        }
    }

    /** Rows and columns beyond the table gain nothing. */
    private static double cost(final double[][] gain, final int row, final int column) {
        return row < gain.length && column < gain[0].length ? -gain[row][column] : 0;
    }

    /**
     * Intersection over union of clusters and classes.
     *
     * @param counts pixels of a cluster (row) in a class (column)
     */
    public static double[][] intersectionOverUnion(final long[][] counts) {
        final double[][] overlap = new double[counts.length][];
        for (int row = 0; row < counts.length; row++) {
            overlap[row] = new double[counts[row].length];
            final long inRow = Arrays.stream(counts[row]).sum();
            for (int column = 0; column < counts[row].length; column++) {
                final int at = column;
                final long inColumn =
                        Arrays.stream(counts).mapToLong(c -> c[at]).sum();
                final long union = inRow + inColumn - counts[row][column];
                overlap[row][column] = union == 0 ? 0 : (double) counts[row][column] / union;
            }
        }
        return overlap;
    }

    /** Each cluster by itself: the class of most of its pixels, the first of several; -1 for one without pixels. */
    public static int[] majority(final long[][] counts) {
        final int[] classes = new int[counts.length];
        for (int row = 0; row < counts.length; row++) {
            classes[row] = -1;
            long most = 0;
            for (int column = 0; column < counts[row].length; column++) {
                if (counts[row][column] > most) {
                    most = counts[row][column];
                    classes[row] = column;
                }
            }
        }
        return classes;
    }
}
