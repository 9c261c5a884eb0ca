package org.selfdiff.imaging.stain;

/**
 * Three stains as directions in optical density, and what follows from them: unmixing, and the change of colours when
 * the amount of a stain changes. Densities are natural logarithms; so are the amounts, in units of a row.
 */
public final class StainMix {
    private static final StainMix HED = new StainMix(new double[] {
        0.65, 0.70, 0.29,
        0.07, 0.99, 0.11,
        0.27, 0.57, 0.78
    });

    /** One stain a row: density in red, green, blue. */
    private final double[] stains;

    private final double[] inverse;

    private StainMix(final double[] stains) {
        this.stains = stains;
        this.inverse = inverse(stains);
    }

    /**
     * Hematoxylin, eosin and DAB as they are published: Ruifrok and Johnston 2001, "Quantification of histochemical
     * staining by color deconvolution", the same matrix as scikit-image's HED.
     */
    public static StainMix hed() {
        return HED;
    }

    /**
     * Two stains, and as the third what neither of them explains: the unit vector at right angles to both.
     *
     * @param first density of the first stain in red, green, blue, usually hematoxylin
     * @param second of the second one, usually eosin, not parallel to the first
     */
    public static StainMix of(final double[] first, final double[] second) {
        final double[] rest = Vectors.unit(Vectors.cross(first, second));
        return new StainMix(
                new double[] {first[0], first[1], first[2], second[0], second[1], second[2], rest[0], rest[1], rest[2]
                });
    }

    /**
     * How much of a stain one unit of density in a channel stands for, so that the amount of stain {@code s} in a pixel
     * is the sum over its channels of {@code density * unmixing(channel, s)}.
     */
    public double unmixing(final int channel, final int stain) {
        return inverse[3 * channel + stain];
    }

    /**
     * The 3 x 3 matrix, row by row, that takes optical densities (red, green, blue) to those after the amount of each
     * stain is multiplied: {@code S^T diag(amounts) S^-T}. This is the stain augmentation of Tellez et al. 2018,
     * "Whole-slide mitosis detection in H&E breast histology using PHH3 as a reference".
     *
     * @param amounts a factor for each stain
     */
    public double[] scaling(final double[] amounts) {
        return restaining(this, amounts);
    }

    /**
     * Density in red, green, blue of some amounts of the stains: what is added to a pixel when its amounts are raised
     * by these, the additive term of Tellez et al.
     */
    public double[] density(final double[] amounts) {
        final double[] out = new double[3];
        for (int c = 0; c < 3; c++) {
            for (int s = 0; s < 3; s++) {
                out[c] += amounts[s] * stains[3 * s + c];
            }
        }
        return out;
    }

    /**
     * The 3 x 3 matrix, row by row, that takes the optical densities of a pixel in these stains to those of the same
     * amounts, each multiplied, in other stains: {@code T^T diag(amounts) S^-T}.
     *
     * @param target the other stains
     * @param amounts a factor for each stain
     */
    double[] restaining(final StainMix target, final double[] amounts) {
        final double[] m = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int s = 0; s < 3; s++) {
                    m[3 * i + j] += target.stains[3 * s + i] * amounts[s] * inverse[3 * j + s];
                }
            }
        }
        return m;
    }

    /** By cofactors. */
    static double[] inverse(final double[] m) {
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
