package org.selfdiff.data;

/**
 * Stains as directions in optical density: hematoxylin, eosin and a third at right angles to neither (Ruifrok and
 * Johnston 2001, "Quantification of histochemical staining by color deconvolution", with DAB's row as the rest, as in
 * scikit-image's HED).
 */
final class StainMix {
    /** One stain a row: density in red, green, blue. */
    private static final double[] STAINS = {
        0.65, 0.70, 0.29,
        0.07, 0.99, 0.11,
        0.27, 0.57, 0.78
    };

    private static final double[] INVERSE = inverse(STAINS);

    private StainMix() {}

    /**
     * The 3 x 3 matrix, row by row, that takes optical densities (red, green, blue) to those after the amount of each
     * stain is multiplied: {@code S^T diag(amounts) S^-T}.
     */
    static double[] scaling(final double[] amounts) {
        final double[] m = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int s = 0; s < 3; s++) {
                    m[3 * i + j] += STAINS[3 * s + i] * amounts[s] * INVERSE[3 * j + s];
                }
            }
        }
        return m;
    }

    /** By cofactors. */
    private static double[] inverse(final double[] m) {
        final double[] out = new double[9];
        double determinant = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                final int a = (i + 1) % 3;
                final int b = (i + 2) % 3;
                final int c = (j + 1) % 3;
                final int d = (j + 2) % 3;
                out[3 * j + i] = m[3 * a + c] * m[3 * b + d] - m[3 * a + d] * m[3 * b + c];
            }
        }
        for (int j = 0; j < 3; j++) {
            determinant += m[j] * out[3 * j];
        }
        for (int i = 0; i < 9; i++) {
            out[i] /= determinant;
        }
        return out;
    }
}
