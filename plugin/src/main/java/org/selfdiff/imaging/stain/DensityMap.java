package org.selfdiff.imaging.stain;

/**
 * A linear map of optical densities, by tables: what each value of each channel adds to each new density as a whole
 * number, and the new value for every sum. A step of the sums is 1/2048, a ninth of a grey level where it counts most.
 */
final class DensityMap implements StainTransform.ColourMap {
    private static final int STEPS = 2048;

    /** Densities in the last table: from brighter than the glass to black. */
    private static final int LEAST = -STEPS;

    private static final int MOST = 7 * STEPS;

    /** A table by value for each pair of old and new channel. */
    private final int[][] sums = new int[9][256];

    private final byte[][] values = new byte[3][MOST - LEAST + 1];

    /** From stains in some amounts to other stains in theirs. */
    DensityMap(final StainVectors source, final StainVectors target) {
        this(source.mix().restaining(target.mix(), amounts(source, target)), source.white(), target.white());
    }

    /**
     * The rest, in which the noise and the clipped channels are, shrinks with the stains but does not grow with them.
     */
    private static double[] amounts(final StainVectors source, final StainVectors target) {
        final double first = target.most()[0] / source.most()[0];
        final double second = target.most()[1] / source.most()[1];
        return new double[] {first, second, Math.min(1, Math.min(first, second))};
    }

    /**
     * Any linear map.
     *
     * @param matrix new densities from old ones, 3 x 3, row by row
     */
    private DensityMap(final double[] matrix, final double[] whiteBefore, final double[] whiteAfter) {
        final OpticalDensity density = new OpticalDensity(whiteBefore);
        for (int to = 0; to < 3; to++) {
            for (int from = 0; from < 3; from++) {
                for (int v = 0; v < 256; v++) {
                    final double d = STEPS * matrix[3 * to + from] * density.of(from, v);
                    // three of these fit into an int whatever a hostile fit says
                    sums[3 * to + from][v] = (int) Math.round(Math.max(-1e8, Math.min(1e8, d)));
                }
            }
            for (int i = 0; i < values[to].length; i++) {
                final double v = OpticalDensity.value((double) (i + LEAST) / STEPS, whiteAfter[to]);
                values[to][i] = (byte) Math.round(Math.max(0, Math.min(255, v)));
            }
        }
    }

    @Override
    public void map(final byte[] from, final byte[] to) {
        for (int c = 0; c < 3; c++) {
            channel(from, to, c, sums[3 * c], sums[3 * c + 1], sums[3 * c + 2]);
        }
    }

    /** One channel after the other: its four tables stay in the first cache. */
    private void channel(
            final byte[] from, final byte[] to, final int c, final int[] red, final int[] green, final int[] blue) {
        final byte[] value = values[c];
        for (int i = 0; i + 2 < from.length; i += 3) {
            final int sum = red[from[i] & 0xff] + green[from[i + 1] & 0xff] + blue[from[i + 2] & 0xff];
            to[i + c] = value[Math.max(LEAST, Math.min(MOST, sum)) - LEAST];
        }
    }
}
