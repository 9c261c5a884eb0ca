package org.selfdiff.imaging.stain;

/**
 * The colour space l-alpha-beta of Ruderman, Cronin and Chiao 1998, in which the channels of natural pictures are
 * hardly correlated, as Reinhard et al. 2001 compute it: red, green, blue to cones (L, M, S), their natural logarithms,
 * and an orthonormal change of axes. It is used rather than CIELAB because it is the paper's own, and because its
 * logarithms make a change of light or of section thickness a mere shift. Values of 0 to 255 are shifted by one, so
 * that black has a logarithm.
 */
final class Ruderman {
    /** Red, green, blue to L, M, S, row by row. */
    static final double[] CONES = {
        0.3811, 0.5783, 0.0402,
        0.1967, 0.7244, 0.0782,
        0.0241, 0.1288, 0.8444
    };

    /** Logarithms of L, M, S to l, alpha, beta, row by row; its inverse is its transpose. */
    static final double[] AXES = {
        1 / Math.sqrt(3), 1 / Math.sqrt(3), 1 / Math.sqrt(3),
        1 / Math.sqrt(6), 1 / Math.sqrt(6), -2 / Math.sqrt(6),
        1 / Math.sqrt(2), -1 / Math.sqrt(2), 0
    };

    private Ruderman() {}

    static double[] of(final int colour) {
        final double[] out = new double[3];
        of(colour, out);
        return out;
    }

    /** l, alpha and beta of a colour {@code 0xRRGGBB}. */
    static void of(final int colour, final double[] out) {
        final double r = (colour >> 16 & 0xff) + 1;
        final double g = (colour >> 8 & 0xff) + 1;
        final double b = (colour & 0xff) + 1;
        final double l = Math.log(CONES[0] * r + CONES[1] * g + CONES[2] * b);
        final double m = Math.log(CONES[3] * r + CONES[4] * g + CONES[5] * b);
        final double s = Math.log(CONES[6] * r + CONES[7] * g + CONES[8] * b);
        for (int k = 0; k < 3; k++) {
            out[k] = AXES[3 * k] * l + AXES[3 * k + 1] * m + AXES[3 * k + 2] * s;
        }
    }
}
