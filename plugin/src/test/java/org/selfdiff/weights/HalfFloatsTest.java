package org.selfdiff.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** All 65,536 values of both formats, against their definitions in double arithmetic. */
class HalfFloatsTest {
    @Test
    void everyBinary16() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            assertSame(value(bits, 5, 10), HalfFloats.ofF16((short) bits), bits);
        }
    }

    @Test
    void everyBfloat16() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            assertSame(value(bits, 8, 7), HalfFloats.ofBf16((short) bits), bits);
        }
    }

    @Test
    void someByName() {
        assertEquals(65504f, HalfFloats.ofF16((short) 0x7BFF));
        assertEquals(1 / 3f, HalfFloats.ofF16((short) 0x3555), 1e-4f);
        assertEquals(5.9604645e-8f, HalfFloats.ofF16((short) 0x0001));
        assertEquals(-2f, HalfFloats.ofBf16((short) 0xC000));
        assertEquals(3.140625f, HalfFloats.ofBf16((short) 0x4049));
    }

    /** (-1)^sign 2^(exponent - bias) 1.fraction, and the special cases. */
    private static double value(final int bits, final int exponentBits, final int fractionBits) {
        final double sign = bits >= 1 << 15 ? -1 : 1;
        final int exponent = bits / (1 << fractionBits) % (1 << exponentBits);
        final double fraction = bits % (1 << fractionBits) / Math.pow(2, fractionBits);
        final int bias = (1 << exponentBits - 1) - 1;
        if (exponent == (1 << exponentBits) - 1) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0
                ? sign * Math.pow(2, 1 - bias) * fraction
                : sign * Math.pow(2, exponent - bias) * (1 + fraction);
    }

    private static void assertSame(final double expected, final float actual, final int bits) {
        if (Double.isNaN(expected)) {
            assertTrue(Float.isNaN(actual), Integer.toHexString(bits));
        } else {
            // the doubles' bits: exact, and the sign of zero counts
            assertEquals(
                    Double.doubleToRawLongBits(expected),
                    Double.doubleToRawLongBits(actual),
                    Integer.toHexString(bits));
        }
    }
}
