package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;

/**
 * Colours of the stains of one picture. Light that passes is {@code white * exp(-sum of amount * density)}, the law of
 * Beer and Lambert; the densities are natural logarithms, in red, green, blue.
 *
 * @param hematoxylin density of one unit
 * @param eosin density of one unit
 * @param blood density of one unit of red cells
 * @param white light without tissue, 0 to 255
 */
public record Staining(double[] hematoxylin, double[] eosin, double[] blood, double[] white) {

    static Staining draw(final SeededRandom random) {
        final double h = random.between(0.75, 1.45);
        final double e = random.between(0.75, 1.3);
        final double warm = random.between(-1, 1);
        final double[] white = new double[3];
        final double light = random.between(236, 249);
        for (int c = 0; c < 3; c++) {
            white[c] = Math.min(254, light + random.between(-3, 3));
        }
        return new Staining(
                stain(random, h, 0.62 - 0.05 * warm, 0.72, 0.28 + 0.03 * warm),
                stain(random, e, 0.13, 0.86, 0.46 + 0.08 * warm),
                stain(random, e, 0.16, 0.76, 0.60),
                white);
    }

    private static double[] stain(
            final SeededRandom random, final double amount, final double r, final double g, final double b) {
        final double[] density = {
            r + random.between(-0.035, 0.035), g + random.between(-0.035, 0.035), b + random.between(-0.035, 0.035)
        };
        final double norm = Math.sqrt(density[0] * density[0] + density[1] * density[1] + density[2] * density[2]);
        for (int c = 0; c < 3; c++) {
            density[c] *= amount / norm;
        }
        return density;
    }

    /** Light that passes in one channel, 0 to 255. */
    double light(final int channel, final double h, final double e, final double b) {
        return white[channel] * StrictMath.exp(-(h * hematoxylin[channel] + e * eosin[channel] + b * blood[channel]));
    }
}
