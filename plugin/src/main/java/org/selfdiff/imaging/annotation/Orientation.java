package org.selfdiff.imaging.annotation;

import java.math.BigDecimal;

/** On which side of a line a point lies, without error. */
final class Orientation {
    /**
     * Bound of the relative error of the determinant in double precision: Shewchuk, Adaptive Precision Floating-Point
     * Arithmetic and Fast Robust Geometric Predicates, 1997, section 4, {@code (3 + 16 eps) eps} with eps = 2^-53.
     */
    private static final double BOUND = (3 + 16 * 0x1p-53) * 0x1p-53;

    private static final double EXACT = 0x1p25; // differences and products of whole numbers below are exact

    private Orientation() {}

    /** The sign of the turn from a over b to c: 1 to the right on the screen, -1 to the left, 0 if on one line. */
    static int of(
            final double ax, final double ay, final double bx, final double by, final double cx, final double cy) {
        final double left = (bx - ax) * (cy - ay);
        final double right = (by - ay) * (cx - ax);
        final double det = left - right;
        if (Math.abs(det) > BOUND * (Math.abs(left) + Math.abs(right))
                || whole(ax) && whole(ay) && whole(bx) && whole(by) && whole(cx) && whole(cy)) {
            return (int) Math.signum(det);
        }
        if (ax == bx && bx == cx || ay == by && by == cy) {
            return 0;
        }
        return minus(bx, ax).multiply(minus(cy, ay)).compareTo(minus(by, ay).multiply(minus(cx, ax)));
    }

    private static boolean whole(final double value) {
        return Math.abs(value) < EXACT && value == Math.rint(value);
    }

    private static BigDecimal minus(final double a, final double b) {
        return new BigDecimal(a).subtract(new BigDecimal(b));
    }
}
