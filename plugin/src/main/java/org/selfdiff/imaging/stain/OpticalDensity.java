package org.selfdiff.imaging.stain;

/**
 * Optical density of a sample value {@code v} before glass of brightness {@code w}: {@code -ln((v + 1) / w)}, as in the
 * reference code of Macenko et al. Values are shifted by one so that black has a density; values above that of the
 * glass have a negative one.
 */
final class OpticalDensity {
    private final double[][] byValue = new double[3][256];

    /** Tables for the three channels. */
    OpticalDensity(final double[] white) {
        for (int c = 0; c < 3; c++) {
            for (int v = 0; v < 256; v++) {
                byValue[c][v] = -Math.log((v + 1) / white[c]);
            }
        }
    }

    /** Density of a value in a channel. */
    double of(final int channel, final int value) {
        return byValue[channel][value];
    }

    /** The three densities of a colour {@code 0xRRGGBB}. */
    void of(final int colour, final double[] out) {
        out[0] = byValue[0][colour >> 16 & 0xff];
        out[1] = byValue[1][colour >> 8 & 0xff];
        out[2] = byValue[2][colour & 0xff];
    }

    /** The value of a density, not rounded and not clamped. */
    static double value(final double density, final double white) {
        return white * Math.exp(-density) - 1;
    }
}
