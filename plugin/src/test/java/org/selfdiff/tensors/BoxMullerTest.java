package org.selfdiff.tensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BoxMullerTest {
    @Test
    void logarithmIsExactFarBelowAFloat() {
        final Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            final double u = i < 40 ? Math.scalb(1.0, -i) : (random.nextInt(1 << 30) + 0.5) * 0x1p-30;
            final double expected = StrictMath.log(u);
            assertEquals(expected, log(u), 1e-11 * Math.abs(expected) + 1e-18, "ln " + u);
        }
        assertEquals(StrictMath.log(1 - 0x1p-33), log(1 - 0x1p-33), 1e-20);
    }

    /** From the root of twice its negative. */
    private static double log(final double u) {
        int exponent = Math.getExponent(u);
        double m = u / Math.scalb(1.0, exponent);
        if (m > Math.sqrt(2)) {
            m /= 2;
            exponent++;
        }
        final double[] size = {m};
        BoxMuller.sizes(new double[] {exponent}, size, 1);
        return -size[0] * size[0] / 2;
    }

    private static void pair(final int radius, final int angle, final float[] out, final int at) {
        final BoxMuller pairs = new BoxMuller(1);
        System.arraycopy(new int[] {7, 9, radius, angle}, 0, pairs.words(), 0, 4);
        final float[] four = new float[4];
        pairs.convert(1, four, 0);
        System.arraycopy(four, 2, out, at, 2);
    }

    @Test
    void pairsAreOnTheCircleAtTheAngle() {
        final Random random = new Random(2);
        final int[] corners = {
            0,
            1,
            -1,
            0x20000000,
            0x1FFFFFFF,
            0x40000000,
            0x60000000,
            0x80000000,
            0xA0000000,
            0xBFFFFFFF,
            0xC0000000,
            0xE0000000,
            0xDFFFFFFF,
            0x9FFFFFFF
        };
        final float[] out = new float[3];
        for (int i = 0; i < 100_000; i++) {
            final int radius = i % 3 == 0 ? corners[random.nextInt(corners.length)] : random.nextInt();
            final int angle = i < corners.length ? corners[i] : random.nextInt();
            pair(radius, angle, out, 1);
            final double u = (Integer.toUnsignedLong(radius) + 0.5) / 0x1p32;
            final double r = StrictMath.sqrt(-2 * StrictMath.log(u));
            final double turn = Integer.toUnsignedLong(angle) / 0x1p32 * 2 * Math.PI;
            assertEquals(r * StrictMath.cos(turn), out[1], 6e-8 * r + 1e-12, radius + " " + angle);
            assertEquals(r * StrictMath.sin(turn), out[2], 6e-8 * r + 1e-12, radius + " " + angle);
        }
        pair(0, 0, out, 0);
        assertTrue(out[0] > 6.7 && out[0] < 6.77, "greatest " + out[0]);
        assertEquals(0f, out[1]);
    }
}
