package org.selfdiff.weights;

/** 16-bit floating point widened to 32 bits; every half value, infinities and not-a-numbers included, is exact. */
final class HalfFloats {
    private static final float SUBNORMAL_UNIT = 0x1p-24f;

    private HalfFloats() {}

    /** IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
    static float ofF16(final short half) {
        final int bits = half & 0xFFFF;
        final int sign = bits >>> 15 << 31;
        final int exponent = bits >>> 10 & 0x1F;
        final int fraction = bits & 0x3FF;
        if (exponent == 0) {
            final float size = fraction * SUBNORMAL_UNIT;
            return Float.intBitsToFloat(Float.floatToRawIntBits(size) | sign);
        }
        final int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** bfloat16: the upper 16 bits of a float. */
    static float ofBf16(final short half) {
        return Float.intBitsToFloat(half << 16);
    }
}
