package org.selfdiff.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TissueTest {

    private static Picture halves(final int left, final int right) {
        final byte[] rgb = new byte[3 * 8 * 4];
        for (int i = 0; i < 32; i++) {
            final int colour = i % 8 < 4 ? left : right;
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (colour >> 16 - 8 * c);
            }
        }
        return new Picture(8, 4, rgb);
    }

    @Test
    void stainedHalfCounts() {
        final Tissue tissue = Tissue.of(halves(0xf0f0f0, 0xc878a0)); // saturation 0 and 102
        assertEquals(0.5, tissue.fraction(0, 0, 8, 4));
        assertEquals(0, tissue.fraction(0, 0, 4, 4));
        assertEquals(1, tissue.fraction(4, 1, 4, 2));
        assertEquals(0.25, tissue.fraction(1, 1, 4, 1));
        assertEquals(1, tissue.fraction(6, 2, 8, 8), "only what lies in the picture counts");
    }

    @Test
    void glassAloneHasNoneAndTissueAloneIsNotCutInHalves() {
        assertEquals(0, Tissue.of(halves(0xf0f0f0, 0xf3f0f0)).fraction(0, 0, 8, 4));
        assertEquals(1, Tissue.of(halves(0xc878a0, 0x904090)).fraction(0, 0, 8, 4));
    }

    @Test
    void otsuSeparatesTwoHeaps() {
        final long[] histogram = new long[256];
        histogram[10] = 5;
        histogram[11] = 5;
        histogram[50] = 3;
        histogram[60] = 3;
        assertEquals(12, Tissue.otsu(histogram), "the first threshold above the lower heap");
    }
}
