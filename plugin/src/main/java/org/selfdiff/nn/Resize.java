package org.selfdiff.nn;

/**
 * How a picture is brought to another size; each as PyTorch does it with {@code align_corners=False}.
 *
 * @param kind the interpolation
 * @param antialias whether it averages over what lies between when it makes a picture smaller; cubic interpolation then
 *     has another kernel also when it enlarges
 * @param offset added to the new number of places before the scale is computed, {@code (n + offset) / N}; 0 where the
 *     scale is that of the sizes. DINO interpolates its positions with 0.1
 */
public record Resize(Kind kind, boolean antialias, double offset) {

    /** The interpolation. */
    public enum Kind {
        /** The nearest pixel. */
        NEAREST,
        /** Linear in both directions. */
        BILINEAR,
        /** Cubic in both directions. */
        BICUBIC
    }

    /** The nearest pixel. */
    public static Resize nearest() {
        return new Resize(Kind.NEAREST, false, 0);
    }

    /** Linear, without averaging. */
    public static Resize bilinear() {
        return new Resize(Kind.BILINEAR, false, 0);
    }

    /** Cubic. */
    public static Resize bicubic(final boolean antialias) {
        return new Resize(Kind.BICUBIC, antialias, 0);
    }
}
