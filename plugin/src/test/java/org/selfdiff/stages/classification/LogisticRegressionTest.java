package org.selfdiff.stages.classification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunControl;

/** Against scipy's minimisers, which know nothing of Newton's method here, and against an equation of one unknown. */
class LogisticRegressionTest {
    private JsonObject golden;

    private final List<float[]> x = new ArrayList<>();

    private int[] y;

    @BeforeEach
    void read() throws Exception {
        golden = JsonParser.parseString(Files.readString(
                        Path.of("src/test/resources/fixtures/probe/logistic.json"), StandardCharsets.UTF_8))
                .getAsJsonObject();
        for (final JsonElement row : golden.getAsJsonArray("x")) {
            final double[] wide = numbers(row.getAsJsonArray());
            final float[] narrow = new float[wide.length];
            for (int i = 0; i < wide.length; i++) {
                narrow[i] = (float) wide[i];
            }
            x.add(narrow);
        }
        y = Arrays.stream(numbers(golden.getAsJsonArray("y")))
                .mapToInt(v -> (int) v)
                .toArray();
    }

    private static double[] numbers(final JsonArray array) {
        final double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).getAsDouble();
        }
        return values;
    }

    private Labels labels(final int classes) {
        final List<boolean[]> rows = new ArrayList<>();
        for (final int label : y) {
            final boolean[] row = new boolean[classes];
            row[classes == 2 ? label == 1 ? 1 : 0 : label] = true;
            rows.add(row);
        }
        return new Labels(List.of("a", "b", "c").subList(0, classes), false, rows);
    }

    private void check(final String name, final double strength, final boolean standardised, final boolean balanced)
            throws Exception {
        final JsonObject expected = golden.getAsJsonObject(name);
        final boolean softmax = name.startsWith("softmax");
        final Labels labels = labels(softmax ? 3 : 2);
        final double[][] targets = new double[y.length][softmax ? 3 : 1];
        final double[] counts = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            targets[i][softmax ? y[i] : 0] = softmax || y[i] == 1 ? 1 : 0;
            counts[i] = labels.weights(balanced).present()[labels.of(i)];
        }
        final LogisticRegression.Fit fit =
                LogisticRegression.fit(x, targets, counts, strength, standardised, RunControl.silent());
        final double close = 1e-7;
        if (softmax) {
            final double mean = Arrays.stream(fit.bias()).sum() / 3;
            for (int k = 0; k < 3; k++) {
                assertArrayEquals(
                        numbers(expected.getAsJsonArray("weight").get(k).getAsJsonArray()),
                        fit.weight()[k],
                        close,
                        name);
                assertEquals(
                        expected.getAsJsonArray("bias").get(k).getAsDouble(), fit.bias()[k] - mean, 5 * close, name);
            }
        } else {
            assertArrayEquals(numbers(expected.getAsJsonArray("weight")), fit.weight()[0], 5 * close, name);
            assertEquals(expected.get("bias").getAsDouble(), fit.bias()[0], 20 * close, name);
        }
        final LinearProbe probe =
                LinearProbe.fit(x, labels, new ProbeSettings(strength, standardised, balanced), RunControl.silent());
        for (int i = 0; i < 6; i++) {
            final double[] p = probe.probabilities(x.get(i));
            final JsonElement there = expected.getAsJsonArray("p").get(i);
            assertArrayEquals(
                    softmax
                            ? numbers(there.getAsJsonArray())
                            : new double[] {1 - there.getAsDouble(), there.getAsDouble()},
                    p,
                    1e-5,
                    name);
        }
    }

    @Test
    void equalsAnIndependentMinimiser() throws Exception {
        check("softmax", 1, false, false);
        check("softmax_balanced_standardised", 0.3, true, true);
        check("sigmoid", 1, false, false);
        check("sigmoid_balanced_standardised", 10, true, true);
    }

    /** At -1 and 1 the best weight solves w = 2 C / (1 + exp(w)), and nothing is added. */
    @Test
    void solvesTheEquationOfTwoPoints() throws Exception {
        for (final double c : new double[] {0.01, 1, 1000}) {
            double low = 0;
            double high = 2 * c;
            for (int i = 0; i < 200; i++) {
                final double w = (low + high) / 2;
                if (w < 2 * c / (1 + Math.exp(w))) {
                    low = w;
                } else {
                    high = w;
                }
            }
            final LogisticRegression.Fit fit = LogisticRegression.fit(
                    List.of(new float[] {-1}, new float[] {1}),
                    new double[][] {{0}, {1}},
                    new double[] {1, 1},
                    c,
                    false,
                    RunControl.silent());
            assertEquals(low, fit.weight()[0][0], 1e-8 * Math.max(1, low));
            assertEquals(0, fit.bias()[0], 1e-9);
        }
    }

    /** Each of several labels is fitted as if it were alone. */
    @Test
    void labelsDoNotSeeEachOther() throws Exception {
        final List<boolean[]> rows = new ArrayList<>();
        for (int i = 0; i < y.length; i++) {
            rows.add(new boolean[] {y[i] == 1, i % 3 == 0});
        }
        final ProbeSettings settings = new ProbeSettings(1, false, false);
        final LinearProbe both =
                LinearProbe.fit(x, new Labels(List.of("b", "third"), true, rows), settings, RunControl.silent());
        final LinearProbe alone = LinearProbe.fit(x, labels(2), settings, RunControl.silent());
        for (final float[] row : x) {
            assertEquals(alone.probabilities(row)[1], both.probabilities(row)[0], 1e-6);
            assertTrue(both.probabilities(row)[1] > 0 && both.probabilities(row)[1] < 1);
        }
    }
}
