package org.selfdiff.metrics.classification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.metrics.Golden.integers;
import static org.selfdiff.metrics.Golden.same;
import static org.selfdiff.metrics.Golden.table;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfdiff.metrics.Golden;

/** Values of scikit-learn, torchmetrics, and of the program of Guo et al. */
class MultiClassGoldenTest {
    private static final double EXACT = 1e-12;

    /** torchmetrics and Guo et al. round confidences to 32 bits. */
    private static final double SINGLE = 1e-6;

    @Test
    void equalsTheReferences() {
        for (final JsonObject o : Golden.cases(Golden.read("classification_multiclass"), "cases")) {
            final String name = o.get("name").getAsString();
            final JsonObject expected = o.getAsJsonObject("expected");
            final int[] truth = integers(o.get("labels"));
            final double[][] logits = table(o.get("logits"));
            final double[][] p = Arrays.stream(logits)
                    .map(row -> Temperature.softmax(row, 1))
                    .toArray(double[][]::new);
            probabilities(expected.getAsJsonArray("probabilities"), p, name);
            assertArrayEquals(
                    integers(expected.get("predicted")),
                    Arrays.stream(p).mapToInt(ProbabilityScore::highest).toArray(),
                    name);
            for (final String key : expected.keySet()) {
                if (key.startsWith("auroc_ov")) {
                    area(key, expected.get(key), truth, p, name);
                }
            }
            perClass(expected, truth, p, name);
            same(expected.get("log_loss"), ProbabilityScore.logLoss(truth, p), EXACT, name);
            same(expected.get("brier_sum_over_classes_own_formula"), ProbabilityScore.brier(truth, p), EXACT, name);
            if (expected.has("top2_accuracy")) {
                same(expected.get("top2_accuracy"), ProbabilityScore.topAccuracy(truth, p, 2), EXACT, name);
            }
            for (final Map.Entry<String, JsonElement> e : expected.entrySet()) {
                if (e.getKey().startsWith("ece_")) {
                    calibration(e.getKey(), e.getValue(), truth, p, name);
                }
            }
            temperature(expected.get("temperature"), truth, logits, name);
        }
    }

    private static void probabilities(final JsonArray expected, final double[][] p, final String name) {
        for (int i = 0; i < p.length; i++) {
            same(expected.get(i), p[i], EXACT, name);
        }
    }

    private static void area(
            final String key, final JsonElement expected, final int[] truth, final double[][] p, final String name) {
        // scikit-learn refuses a table of two columns here; ours gives the area of both, which is the same twice.
        if (p[0].length == 2 && Golden.undefined(expected)) {
            assertEquals(OneVersusRest.curve(truth, p, 1).area(), OneVersusRest.area(truth, p, false), EXACT, name);
            return;
        }
        final boolean weighted = key.endsWith("weighted");
        same(
                expected,
                key.contains("ovr")
                        ? OneVersusRest.area(truth, p, weighted)
                        : OneVersusRest.pairwiseArea(truth, p, weighted),
                EXACT,
                name + " " + key);
    }

    private static void perClass(final JsonObject expected, final int[] truth, final double[][] p, final String name) {
        for (int k = 0; k < p[0].length; k++) {
            final RocCurve curve = OneVersusRest.curve(truth, p, k);
            if (expected.has("auroc_per_class_one_vs_rest")) {
                same(expected.getAsJsonArray("auroc_per_class_one_vs_rest").get(k), curve.area(), EXACT, name);
            }
            if (expected.has("average_precision_per_class")) {
                same(
                        expected.getAsJsonArray("average_precision_per_class").get(k),
                        curve.averagePrecision(),
                        EXACT,
                        name);
            }
        }
    }

    private static void calibration(
            final String key, final JsonElement expected, final int[] truth, final double[][] p, final String name) {
        final String[] parts = key.split("_");
        final boolean guo = parts[1].equals("guo");
        final Calibration calibration = calibration(
                truth,
                p,
                Integer.parseInt(parts[parts.length - 1]),
                guo ? Calibration.Edge.LOWER_BIN : Calibration.Edge.UPPER_BIN);
        same(
                expected,
                guo ? calibration.expectedError() : BinaryGoldenTest.error(calibration, parts[3]),
                SINGLE,
                name + " " + key);
    }

    private static Calibration calibration(
            final int[] truth, final double[][] p, final int bins, final Calibration.Edge edge) {
        final boolean[] right = new boolean[truth.length];
        final double[] confidence = new double[truth.length];
        for (int i = 0; i < truth.length; i++) {
            final int best = ProbabilityScore.highest(p[i]);
            right[i] = best == truth[i];
            confidence[i] = (float) p[i][best];
        }
        return Calibration.of(right, confidence, bins, edge);
    }

    private static void temperature(
            final JsonElement expected, final int[] truth, final double[][] logits, final String name) {
        final double ours = Temperature.optimum(truth, logits);
        if (!(expected instanceof JsonObject temperature) || Golden.undefined(temperature.get("optimum"))) {
            assertEquals(0, ours, name);
            return;
        }
        same(temperature.get("optimum"), ours, 1e-9, name);
        final double[][] p = Arrays.stream(logits)
                .map(row -> Temperature.softmax(row, 1 / ours))
                .toArray(double[][]::new);
        same(temperature.get("nll_at_optimum"), ProbabilityScore.logLoss(truth, p), EXACT, name);
        if (temperature.has("ece_guo_15_after")) {
            same(
                    temperature.get("ece_guo_15_after"),
                    calibration(truth, p, 15, Calibration.Edge.LOWER_BIN).expectedError(),
                    SINGLE,
                    name);
        }
        assertTrue(ours > 0, name);
    }
}
