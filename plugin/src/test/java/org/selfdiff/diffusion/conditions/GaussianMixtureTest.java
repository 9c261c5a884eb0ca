package org.selfdiff.diffusion.conditions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.tensors.Philox;

class GaussianMixtureTest {
    /** Values of an independent program, see the file. */
    private record Golden(double[][] rows, int[] groups, double oas, Case[] cases) {}

    private record Case(
            String shape,
            Double shrinkage,
            double[] weights,
            double[][] means,
            double[][][] covariances,
            double logLikelihood,
            double bic) {}

    private static Golden golden() throws IOException {
        try (Reader reader = new InputStreamReader(
                GaussianMixtureTest.class.getResourceAsStream("/gaussian-mixture.json"), StandardCharsets.UTF_8)) {
            return new Gson().fromJson(reader, Golden.class);
        }
    }

    static Stream<Case> cases() throws IOException {
        return Arrays.stream(golden().cases);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isThatOfAnotherProgram(final Case expected) throws IOException, RunCancelled {
        final Golden golden = golden();
        final GaussianMixture.Estimate estimate = new GaussianMixture.Estimate(
                Covariance.Shape.valueOf(expected.shape),
                1e-6,
                expected.shrinkage == null ? OptionalDouble.empty() : OptionalDouble.of(expected.shrinkage));
        final GaussianMixture mixture =
                GaussianMixture.fit(golden.rows, golden.groups, 2, estimate, RunControl.silent());
        assertEquals(expected.logLikelihood, mixture.logLikelihood(), 1e-8);
        assertEquals(expected.bic, mixture.bic(), 1e-8);
        assertArrayEquals(expected.weights, mixture.weights(), 1e-10);
        for (int k = 0; k < 2; k++) {
            assertArrayEquals(expected.means[k], mixture.means()[k], 1e-9);
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    assertEquals(expected.covariances[k][r][c], mixture.covariances()[k].entry(r, c), 1e-9);
                }
            }
        }
    }

    private static double[][] normalRows(final int count, final int dimensions) {
        final double[][] rows = new double[count][dimensions];
        for (int i = 0; i < count; i++) {
            final float[] z = new float[dimensions];
            Philox.gaussians(3, i, z);
            for (int d = 0; d < dimensions; d++) {
                rows[i][d] = z[d] + (d > 0 ? 0.5 * rows[i][d - 1] : 0);
            }
        }
        return rows;
    }

    /** One component is mean and covariance, and its likelihood {@code -n/2 (d log 2 pi + log det + d)}. */
    @Test
    void oneComponentHasAClosedForm() throws RunCancelled {
        final double[][] rows = normalRows(50, 2);
        final GaussianMixture mixture = GaussianMixture.fit(
                rows,
                new int[50],
                1,
                new GaussianMixture.Estimate(Covariance.Shape.FULL, 0, OptionalDouble.of(0)),
                RunControl.silent());
        final double[] mean = {
            Arrays.stream(rows).mapToDouble(r -> r[0]).average().orElseThrow(),
            Arrays.stream(rows).mapToDouble(r -> r[1]).average().orElseThrow()
        };
        final double[][] c = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                final int a = i;
                final int b = j;
                c[i][j] = Arrays.stream(rows)
                        .mapToDouble(r -> (r[a] - mean[a]) * (r[b] - mean[b]))
                        .average()
                        .orElseThrow();
                assertEquals(c[i][j], mixture.covariances()[0].entry(i, j), 1e-12);
            }
        }
        assertArrayEquals(mean, mixture.means()[0], 1e-12);
        final double logDeterminant = Math.log(c[0][0] * c[1][1] - c[0][1] * c[1][0]);
        final double expected = -25 * (2 * Math.log(2 * Math.PI) + logDeterminant + 2);
        assertEquals(expected, mixture.logLikelihood(), 1e-9);
        assertEquals(5 * Math.log(50) - 2 * expected, mixture.bic(), 1e-9);
    }

    /** Draws have the mixture's own mean and covariance. */
    @ParameterizedTest
    @EnumSource
    void drawsFollowTheMixture(final Covariance.Shape shape) throws RunCancelled {
        final double[][] rows = normalRows(400, 3);
        final GaussianMixture mixture = GaussianMixture.fit(
                rows,
                new int[400],
                1,
                new GaussianMixture.Estimate(shape, 0, OptionalDouble.of(0)),
                RunControl.silent());
        final int n = 40_000;
        final double[] sum = new double[3];
        final double[][] squares = new double[3][3];
        for (int i = 0; i < n; i++) {
            final float[] z = new float[3];
            Philox.gaussians(4, i, z);
            final float[] drawn = mixture.draw(0.5, z);
            for (int r = 0; r < 3; r++) {
                sum[r] += drawn[r];
                for (int c = 0; c < 3; c++) {
                    squares[r][c] += (drawn[r] - mixture.means()[0][r]) * (drawn[c] - mixture.means()[0][c]);
                }
            }
        }
        for (int r = 0; r < 3; r++) {
            assertEquals(mixture.means()[0][r], sum[r] / n, 0.03);
            for (int c = 0; c < 3; c++) {
                assertEquals(mixture.covariances()[0].entry(r, c), squares[r][c] / n, 0.05);
            }
        }
    }

    /** Components are drawn as often as they weigh. */
    @Test
    void componentsAreDrawnByWeight() throws RunCancelled {
        final double[][] rows = {{-1}, {-1.1}, {-0.9}, {5}, {5.1}, {4.9}, {5.05}, {4.95}, {5.02}};
        final GaussianMixture mixture = GaussianMixture.fit(
                rows,
                new int[] {0, 0, 0, 1, 1, 1, 1, 1, 1},
                2,
                new GaussianMixture.Estimate(Covariance.Shape.DIAGONAL, 1e-6, OptionalDouble.empty()),
                RunControl.silent());
        int high = 0;
        for (int i = 0; i < 9000; i++) {
            high += mixture.draw((i + 0.5) / 9000, new float[1])[0] > 2 ? 1 : 0;
        }
        assertEquals(6000, high, 1);
    }

    @Test
    void shrinkageIsThatOfAnotherProgram() throws IOException {
        final Golden golden = golden();
        final double[] ones = new double[golden.rows.length];
        Arrays.fill(ones, 1);
        final double[] mean = new double[3];
        for (final double[] row : golden.rows) {
            for (int d = 0; d < 3; d++) {
                mean[d] += row[d] / golden.rows.length;
            }
        }
        final Covariance plain =
                Covariance.estimate(Covariance.Shape.FULL, golden.rows, ones, mean, 0, OptionalDouble.of(0));
        final double[][] triangle = new double[3][];
        for (int r = 0; r < 3; r++) {
            triangle[r] = new double[r + 1];
            for (int c = 0; c <= r; c++) {
                triangle[r][c] = plain.entry(r, c);
            }
        }
        assertEquals(golden.oas, Covariance.Full.oas(triangle, golden.rows.length), 1e-12);
    }
}
