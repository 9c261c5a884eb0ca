package org.selfdiff.tensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {
    /** The known answers that Random123 is tested with (kat_vectors, philox 4x32 10): counter, key, result. */
    @ParameterizedTest
    @CsvSource({
        "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
    })
    void knownAnswers(final String counter, final String key, final String result) {
        final int[] c = words(counter);
        final int[] k = words(key);
        assertArrayEquals(words(result), Philox.block(new int[4], 0, c[0], c[1], c[2], c[3], k[0], k[1]));
    }

    private static int[] words(final String text) {
        return Arrays.stream(text.split(" ")).mapToInt(HexFormat::fromHexDigits).toArray();
    }

    /** The documented mapping with the library functions, for the third known answer. */
    @Test
    void mappingIsTheDocumentedOne() {
        final long block = 0x85a308d3243f6a88L >>> 4; // both words in use
        final long stream = 0x0370734413198a2eL;
        final long seed = 0x299f31d0a4093822L;
        final int[] w = Philox.block(
                new int[4], 0, (int) block, (int) (block >>> 32), 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0);
        final float[] g = new float[4];
        final float[] u = new float[4];
        Philox.gaussians(seed, stream, 4 * block, g, 0, 4);
        Philox.uniforms(seed, stream, 4 * block, u, 0, 4);
        for (int i = 0; i < 4; i++) {
            final double first = (Integer.toUnsignedLong(w[i / 2 * 2]) + 0.5) / 0x1p32;
            final double turn = 2 * Math.PI * Integer.toUnsignedLong(w[i / 2 * 2 + 1]) / 0x1p32;
            final double r = Math.sqrt(-2 * Math.log(first));
            assertEquals(r * (i % 2 == 0 ? Math.cos(turn) : Math.sin(turn)), g[i], 1e-6);
            assertEquals((Integer.toUnsignedLong(w[i]) + 0.5) / 0x1p32, u[i], 1e-7);
        }
    }

    /** Bits that must never change: models say which noise they were trained with by seed and step alone. */
    @Test
    void goldenBits() {
        final float[] g = new float[6];
        Philox.gaussians(1, 2, g);
        assertArrayEquals(GOLDEN, g);
    }

    private static final float[] GOLDEN = {-0.42886275f, -0.14084636f, 1.6236722f, 0.4085276f, 0.5014969f, -0.64201367f
    };

    @Test
    void anyPieceEqualsTheSlice() {
        final Random random = new Random(5);
        for (final boolean gaussian : new boolean[] {true, false}) {
            final float[] all = new float[1000];
            fill(gaussian, 0, all, 0, all.length);
            for (int i = 0; i < 500; i++) {
                final int first = random.nextInt(all.length);
                final int count = random.nextInt(all.length - first + 1);
                final float[] piece = new float[count + 7];
                fill(gaussian, first, piece, 3, count);
                assertArrayEquals(
                        Arrays.copyOfRange(all, first, first + count), Arrays.copyOfRange(piece, 3, 3 + count));
                assertEquals(0f, piece[2] + piece[count + 3]); // nothing beside it is touched
            }
        }
    }

    private static void fill(final boolean gaussian, final long first, final float[] out, final int from, final int n) {
        if (gaussian) {
            Philox.gaussians(-3, 1L << 40, first, out, from, n);
        } else {
            Philox.uniforms(-3, 1L << 40, first, out, from, n);
        }
    }

    @Test
    void indicesBeyond32BitsAreNumbersOfTheirOwn() {
        final float[] near = new float[4];
        final float[] far = new float[4];
        Philox.gaussians(1, 1, 0, near, 0, 4);
        Philox.gaussians(1, 1, 1L << 34, far, 0, 4);
        assertTrue(!Arrays.equals(near, far));
    }

    @Test
    void seedsAndStreamsDiffer() {
        final float[][] g = new float[4][8];
        Philox.gaussians(0, 0, g[0]);
        Philox.gaussians(1, 0, g[1]);
        Philox.gaussians(0, 1, g[2]);
        Philox.gaussians(1L << 32, 0, g[3]);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < i; j++) {
                assertTrue(!Arrays.equals(g[i], g[j]), i + " " + j);
            }
        }
    }

    /** Sample moments of a million Gaussians against their standard errors (5 sigma). */
    @Test
    void momentsOfGaussians() {
        final int n = 1 << 20;
        final float[] g = new float[n];
        Philox.gaussians(2024, 7, g);
        final double[] m = new double[5];
        double lag = 0;
        int tail = 0;
        for (int i = 0; i < n; i++) {
            for (int p = 1; p <= 4; p++) {
                m[p] += Math.pow(g[i], p) / n;
            }
            lag += i == 0 ? 0 : g[i] * (double) g[i - 1] / n;
            tail += Math.abs(g[i]) > 3 ? 1 : 0;
        }
        final double root = Math.sqrt(n);
        assertEquals(0, m[1], 5 / root);
        assertEquals(1, m[2], 5 * Math.sqrt(2) / root);
        assertEquals(0, m[3], 5 * Math.sqrt(15) / root);
        assertEquals(3, m[4], 5 * Math.sqrt(96) / root);
        assertEquals(0, lag, 5 / root);
        assertEquals(0.0026997961, tail / (double) n, 5 * Math.sqrt(0.0027) / root);
    }

    @Test
    void momentsOfUniforms() {
        final int n = 1 << 20;
        final float[] u = new float[n];
        Philox.uniforms(3, 9, u);
        double mean = 0;
        double square = 0;
        for (final float v : u) {
            assertTrue(v > 0 && v < 1);
            mean += v / (double) n;
            square += v * (double) v / n;
        }
        assertEquals(0.5, mean, 5 * Math.sqrt(1 / 12.0 / n));
        assertEquals(1 / 3.0, square, 5 * Math.sqrt(4 / 45.0 / n));
    }

    @Test
    void wholeNumbersAreEven() {
        final int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[Philox.below(11, 12, i, 7)]++;
        }
        double chi = 0;
        for (final int c : counts) {
            chi += (c - 10_000.0) * (c - 10_000.0) / 10_000;
        }
        assertTrue(chi < 27.9, Arrays.toString(counts)); // 6 degrees of freedom, 1 in 10,000
        assertEquals(0, Philox.below(1, 2, 3, 1));
        final int big = Philox.below(1, 2, 3, Integer.MAX_VALUE);
        assertTrue(big >= 0);
        assertThrows(IllegalArgumentException.class, () -> Philox.below(1, 2, 3, 0));
    }

    @Test
    void refusesPiecesOutside() {
        final float[] out = new float[3];
        assertThrows(IndexOutOfBoundsException.class, () -> Philox.gaussians(0, 0, 0, out, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> Philox.uniforms(0, 0, -1, out, 0, 3));
    }
}
