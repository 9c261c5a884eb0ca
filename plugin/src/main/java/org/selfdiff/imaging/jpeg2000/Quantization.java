package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;

/**
 * QCD or QCC (T.800 A.6.4, A.6.5). Bands are counted LL, then HL, LH, HH of each resolution from the coarsest.
 *
 * @param derived whether one step is given, that of LL, and the others follow from it
 * @param scalar whether there are steps at all; otherwise only exponents
 * @param guardBits 0 to 7
 * @param exponents of each band
 * @param mantissas of each band, 11 bits
 */
record Quantization(boolean derived, boolean scalar, int guardBits, int[] exponents, int[] mantissas) {
    static Quantization read(final ByteCursor in) throws IOException {
        final int style = in.u8();
        final int kind = style & 31;
        if (kind > 2) {
            throw new IOException("quantisation of kind " + kind + " does not exist");
        }
        final int count = kind == 1 ? 1 : kind == 2 ? in.left() / 2 : in.left();
        if (count < 1 || count > 97) {
            throw new IOException("quantisation of " + count + " bands");
        }
        final int[] exponents = new int[count];
        final int[] mantissas = new int[count];
        for (int b = 0; b < count; b++) {
            final int value = kind == 0 ? in.u8() << 8 : in.u16();
            exponents[b] = value >> 11;
            mantissas[b] = value & 0x7ff;
        }
        return new Quantization(kind == 1, kind != 0, style >> 5, exponents, mantissas);
    }

    /** Exponent of band {@code band} of resolution {@code resolution} (T.800 E-5 for derived steps). */
    int exponent(final int resolution, final int band) throws IOException {
        if (derived) {
            return Math.max(0, exponents[0] - Math.max(0, resolution - 1));
        }
        return exponents[index(resolution, band)];
    }

    private int index(final int resolution, final int band) throws IOException {
        final int index = resolution == 0 ? 0 : 3 * (resolution - 1) + 1 + band;
        if (index >= exponents.length) {
            throw new IOException("quantisation is given for " + exponents.length + " bands, there are more");
        }
        return index;
    }

    /** Bit-planes that the band's magnitudes have at most (T.800 E-2). */
    int planes(final int resolution, final int band) throws IOException {
        return Math.max(0, guardBits + exponent(resolution, band) - 1);
    }

    /**
     * The quantisation step (T.800 E-3).
     *
     * @param range bits of the component plus the band's gain: 0 for LL, 1 for HL and LH, 2 for HH
     */
    double step(final int resolution, final int band, final int range) throws IOException {
        final int mantissa = derived ? mantissas[0] : mantissas[index(resolution, band)];
        return Math.scalb(1 + mantissa / 2048.0, range - exponent(resolution, band));
    }
}
