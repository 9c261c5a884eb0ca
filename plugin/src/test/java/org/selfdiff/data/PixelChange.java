package org.selfdiff.data;

/** A change of colours pixel by pixel, in double arithmetic: what the script has to come to. */
final class PixelChange {
    private PixelChange() {}

    /** Values 0 to 255; the result is clamped to the same range. */
    static double[] of(final Augmentation.ColourChange change, final int... rgb) {
        final double[] out = new double[3];
        for (int c = 0; c < 3; c++) {
            double density = 0;
            for (int k = 0; k < 3; k++) {
                density -= change.stainMatrix()[3 * c + k] * Math.log((rgb[k] + 1) / 256.0);
            }
            final double light = 256 * Math.exp(-density) - 1;
            out[c] = Math.max(0, Math.min(255, (light - 127.5) * change.gain() + 127.5 + 255 * change.shift()));
        }
        return out;
    }
}
