package org.selfdiff.stages.segmentation;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a segment looks like and where it is, as numbers that are compared: mean and standard deviation of each colour,
 * black 0 and white 1, and the middle, the sides of the tile being 1.
 */
final class SegmentLook {
    private static final int COLOURS = 3;

    private static final int NUMBERS = 2 * COLOURS + 2;

    /** A grey picture has three equal colours, which count as one number. */
    private static final double COLOUR_SHARE = 1.0 / COLOURS;

    private SegmentLook() {}

    /** The looks of all segments; not-a-numbers for one without pixels. */
    static List<double[]> of(final Cut cut) {
        final int width = cut.picture().width();
        final int height = cut.picture().height();
        final byte[] rgb = cut.picture().rgb();
        final double[][] sums = new double[cut.count()][NUMBERS];
        final int[] pixels = new int[cut.count()];
        for (int i = 0; i < cut.segments().length; i++) {
            final double[] sum = sums[cut.segments()[i]];
            pixels[cut.segments()[i]]++;
            for (int c = 0; c < COLOURS; c++) {
                final double value = (rgb[COLOURS * i + c] & 0xff) / 255.0;
                sum[c] += value;
                sum[COLOURS + c] += value * value;
            }
            sum[NUMBERS - 2] += (i % width + 0.5) / width;
            sum[NUMBERS - 1] += (i / width + 0.5) / height;
        }
        for (int s = 0; s < sums.length; s++) {
            for (int k = 0; k < NUMBERS; k++) {
                sums[s][k] = pixels[s] == 0 ? Double.NaN : sums[s][k] / pixels[s];
            }
            for (int c = 0; c < COLOURS; c++) {
                final double variance = sums[s][COLOURS + c] - sums[s][c] * sums[s][c];
                sums[s][COLOURS + c] = Math.sqrt(Math.max(0, variance));
            }
        }
        return Stream.of(sums).toList();
    }

    /** Colours count as one number together. */
    static double squaredDistance(final double[] a, final double[] b) {
        double sum = 0;
        for (int k = 0; k < NUMBERS; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]) * (k < 2 * COLOURS ? COLOUR_SHARE : 1);
        }
        return sum;
    }
}
