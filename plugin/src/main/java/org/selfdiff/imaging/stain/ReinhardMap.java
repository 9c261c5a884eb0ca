package org.selfdiff.imaging.stain;

/**
 * Reinhard's transfer: in l-alpha-beta every axis is shifted and scaled from one mean and deviation to another. The map
 * is affine in the logarithms of the cones, so that a pixel costs two small matrices and one matrix between logarithms
 * and powers. Glass is not tissue and must not take on its colour: from the least density of tissue down to none the
 * change fades over to one that makes the source's glass the target's.
 */
final class ReinhardMap implements StainTransform.ColourMap {
    private static final double[] BACK = StainMix.inverse(Ruderman.CONES);

    /** New logarithms of the cones from old ones, 3 x 3, and what is added. */
    private final double[] matrix = new double[9];

    private final double[] shift = new double[3];

    /** By channel and value: what becomes of it on glass. */
    private final double[][] glass = new double[3][256];

    /** What each channel adds to the strength of the change, by value; a sum of 1 or more is the whole change. */
    private final double[][] strength = new double[3][256];

    ReinhardMap(final ColourStatistics source, final ColourStatistics target) {
        final double[] axes = Ruderman.AXES;
        for (int k = 0; k < 3; k++) {
            final double scale = target.deviation()[k] / source.deviation()[k];
            final double offset = target.mean()[k] - scale * source.mean()[k];
            for (int i = 0; i < 3; i++) {
                shift[i] += axes[3 * k + i] * offset;
                for (int j = 0; j < 3; j++) {
                    matrix[3 * i + j] += axes[3 * k + i] * scale * axes[3 * k + j];
                }
            }
        }
        final OpticalDensity density = new OpticalDensity(source.white());
        for (int c = 0; c < 3; c++) {
            for (int v = 0; v < 256; v++) {
                glass[c][v] = (v + 1) * target.white()[c] / source.white()[c] - 1;
                strength[c][v] = density.of(c, v) / (3 * StainSampler.BETA);
            }
        }
    }

    @Override
    public void map(final byte[] from, final byte[] to) {
        final double[] rgb = new double[3];
        final double[] logs = new double[3];
        int last = -1;
        for (int i = 0; i + 2 < from.length; i += 3) {
            final int colour = (from[i] & 0xff) << 16 | (from[i + 1] & 0xff) << 8 | from[i + 2] & 0xff;
            if (colour == last) {
                System.arraycopy(to, i - 3, to, i, 3);
                continue;
            }
            last = colour;
            pixel(colour, rgb, logs);
            for (int c = 0; c < 3; c++) {
                to[i + c] = (byte) Math.round(Math.max(0, Math.min(255, rgb[c])));
            }
        }
    }

    private void pixel(final int colour, final double[] rgb, final double[] logs) {
        final int r = colour >> 16;
        final int g = colour >> 8 & 0xff;
        final int b = colour & 0xff;
        final double share = Math.max(0, Math.min(1, strength[0][r] + strength[1][g] + strength[2][b]));
        final double[] cones = Ruderman.CONES;
        for (int k = 0; k < 3; k++) {
            logs[k] = Math.log(cones[3 * k] * (r + 1) + cones[3 * k + 1] * (g + 1) + cones[3 * k + 2] * (b + 1));
        }
        final double l = power(0, logs);
        final double m = power(1, logs);
        final double s = power(2, logs);
        for (int c = 0; c < 3; c++) {
            final double tissue = BACK[3 * c] * l + BACK[3 * c + 1] * m + BACK[3 * c + 2] * s - 1;
            final double plain = glass[c][colour >> 16 - 8 * c & 0xff];
            rgb[c] = plain + share * (tissue - plain);
        }
    }

    /** A new cone from the old logarithms; beyond white it has no meaning and is held, so that it stays finite. */
    private double power(final int cone, final double[] logs) {
        final int row = 3 * cone;
        return Math.exp(Math.min(
                10, matrix[row] * logs[0] + matrix[row + 1] * logs[1] + matrix[row + 2] * logs[2] + shift[cone]));
    }
}
