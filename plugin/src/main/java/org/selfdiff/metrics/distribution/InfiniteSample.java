package org.selfdiff.metrics.distribution;

/**
 * What a distance that is too large by about 1/N would be with infinitely many pictures (Chong and Forsyth, CVPR 2020):
 * the straight line of the distance on 1/N by least squares, at 0.
 *
 * @param value the line at 0
 * @param slope how much the distance is too large, times N
 */
public record InfiniteSample(double value, double slope) {

    /**
     * Fits the line.
     *
     * @param sizes numbers of pictures, at least two different ones
     * @param distances the distance with each
     */
    public static InfiniteSample of(final int[] sizes, final double[] distances) {
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < sizes.length; i++) {
            meanX += 1.0 / sizes[i] / sizes.length;
            meanY += distances[i] / sizes.length;
        }
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < sizes.length; i++) {
            final double x = 1.0 / sizes[i] - meanX;
            xx += x * x;
            xy += x * (distances[i] - meanY);
        }
        return new InfiniteSample(meanY - xy / xx * meanX, xy / xx);
    }

    /** Sizes for the line: evenly from a smallest one to all. */
    public static int[] sizes(final int smallest, final int all, final int points) {
        final int[] sizes = new int[points];
        for (int i = 0; i < points; i++) {
            sizes[i] = (int) (smallest + (double) (all - smallest) * i / (points - 1));
        }
        return sizes;
    }
}
