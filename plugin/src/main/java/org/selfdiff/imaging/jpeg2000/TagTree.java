package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;

/**
 * A tag tree (T.800 B.10.2): numbers of a grid of leaves, each node the smallest of its four children, of which only so
 * much is read as a question needs.
 */
final class TagTree {
    /** Column count of each level, leaves first. */
    private final int[] widths;

    /** Where each level begins in the arrays. */
    private final int[] starts;

    /** What a node's number is at least. */
    private final int[] low;

    /** Whether that is its number. */
    private final boolean[] known;

    TagTree(final int width, final int height) {
        int levels = 1;
        while (width - 1 >> levels - 1 > 0 || height - 1 >> levels - 1 > 0) {
            levels++;
        }
        widths = new int[levels];
        starts = new int[levels];
        int nodes = 0;
        for (int k = 0; k < levels; k++) {
            widths[k] = (width - 1 >> k) + 1;
            starts[k] = nodes;
            nodes += widths[k] * ((height - 1 >> k) + 1);
        }
        low = new int[nodes];
        known = new boolean[nodes];
    }

    /** Reads as much as it takes to tell whether the number of a leaf is below {@code threshold}. */
    boolean below(final int threshold, final int x, final int y, final PacketBits bits) throws IOException {
        int least = 0;
        boolean found = false;
        for (int k = widths.length - 1; k >= 0; k--) {
            final int node = starts[k] + (y >> k) * widths[k] + (x >> k);
            int value = Math.max(least, low[node]);
            while (value < threshold && !known[node]) {
                if (bits.bit() == 1) {
                    known[node] = true;
                } else {
                    value++;
                }
            }
            low[node] = value;
            least = value;
            found = known[node];
        }
        return found && least < threshold;
    }

    /** Reads the number of a leaf, which must not be above {@code most}. */
    int value(final int x, final int y, final int most, final PacketBits bits) throws IOException {
        for (int threshold = 1; threshold <= most + 1; threshold++) {
            if (below(threshold, x, y, bits)) {
                return threshold - 1;
            }
        }
        throw new IOException("a code-block leaves out more than the " + most + " bit-planes there are");
    }
}
