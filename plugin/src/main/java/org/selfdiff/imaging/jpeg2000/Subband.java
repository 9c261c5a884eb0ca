package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;

/**
 * A sub-band of a tile-component.
 *
 * @param highX 1 where it is high-pass along rows (HL, HH)
 * @param highY 1 where it is high-pass along columns (LH, HH)
 * @param area in the band's own coordinates
 * @param planes bit-planes of its magnitudes at most (T.800 E-2)
 * @param step quantisation step (T.800 E-3), 1 if reversible
 */
record Subband(int highX, int highY, Area area, int planes, double step) {

    static Subband of(
            final Area tile,
            final int bits,
            final int resolution,
            final int index,
            final CodingStyle style,
            final Quantization quantization)
            throws IOException {
        final int highX = resolution == 0 ? 0 : index + 1 & 1;
        final int highY = resolution == 0 ? 0 : index + 1 >> 1;
        final int level = resolution == 0 ? style.levels() : style.levels() - resolution + 1;
        if (style.reversible() && quantization.scalar()) {
            throw new IOException("the reversible wavelet with quantisation steps is not allowed");
        }
        return new Subband(
                highX,
                highY,
                tile.band(level, highX, highY),
                quantization.planes(resolution, index),
                style.reversible() ? 1 : quantization.step(resolution, index, bits + highX + highY));
    }
}
