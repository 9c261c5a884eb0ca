package org.selfdiff.imaging.stain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.SeededRandom;

class SymmetricEigenTest {

    private static void check(final double[] a, final double tolerance) {
        final SymmetricEigen eigen = SymmetricEigen.of(a);
        for (int k = 0; k < 3; k++) {
            final double[] v = eigen.vectors()[k];
            for (int i = 0; i < 3; i++) {
                final double av = a[3 * i] * v[0] + a[3 * i + 1] * v[1] + a[3 * i + 2] * v[2];
                assertEquals(eigen.values()[k] * v[i], av, tolerance, "A v = value v");
                assertEquals(i == k ? 1 : 0, Vectors.dot(v, eigen.vectors()[i]), 1e-9, "orthonormal");
            }
        }
    }

    @Test
    void closedForms() {
        // 2 - sqrt 2, 2, 2 + sqrt 2
        final double[] laplace = {2, -1, 0, -1, 2, -1, 0, -1, 2};
        final double root = Math.sqrt(2);
        assertArrayEquals(
                new double[] {2 - root, 2, 2 + root}, SymmetricEigen.of(laplace).values(), 1e-14);
        check(laplace, 1e-14);
        final double[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
        assertArrayEquals(new double[] {0, 0, 3}, SymmetricEigen.of(ones).values(), 1e-14);
        check(ones, 1e-7);
        final double third = 1 / Math.sqrt(3);
        assertEquals(
                1,
                Math.abs(Vectors.dot(
                        new double[] {third, third, third},
                        SymmetricEigen.of(ones).vectors()[2])),
                1e-14);
    }

    @Test
    void equalRootsAndDiagonals() {
        check(new double[] {5, 0, 0, 0, 5, 0, 0, 0, 5}, 1e-14);
        check(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 7}, 1e-7);
        check(new double[] {7, 0, 0, 0, 1, 0, 0, 0, 1}, 1e-7);
        check(new double[] {3, 0, 0, 0, -2, 0, 0, 0, 1}, 1e-14);
        check(new double[9], 0);
        assertArrayEquals(
                new double[] {-2, 1, 3},
                SymmetricEigen.of(new double[] {3, 0, 0, 0, -2, 0, 0, 0, 1}).values(),
                1e-14);
    }

    @Test
    void randomMatricesOfEverySize() {
        final SeededRandom random = new SeededRandom(6);
        for (int n = 0; n < 500; n++) {
            final double scale = Math.pow(10, random.between(-8, 8));
            final double[] a = new double[9];
            for (int i = 0; i < 3; i++) {
                for (int j = i; j < 3; j++) {
                    a[3 * i + j] = scale * random.between(-1, 1);
                    a[3 * j + i] = a[3 * i + j];
                }
            }
            check(a, 1e-10 * scale);
        }
    }
}
