package org.selfdiff.metrics.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.metrics.Golden.integers;
import static org.selfdiff.metrics.Golden.same;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.metrics.Confusion;
import org.selfdiff.metrics.Golden;

/** Values of scikit-learn and torchmetrics for predicted labels. */
class LabelGoldenTest {
    private static final double EXACT = 1e-12;

    private static final double SINGLE = 1e-6;

    @Test
    void equalsTheReferences() {
        int compared = 0;
        for (final JsonObject o : Golden.cases(Golden.read("classification_labels"), "cases")) {
            final String name = o.get("name").getAsString();
            final Confusion counts = Confusion.of(
                    o.get("n_classes").getAsInt(), integers(o.get("labels")), integers(o.get("predicted")));
            for (final Map.Entry<String, JsonElement> e :
                    o.getAsJsonObject("expected").entrySet()) {
                compare(e.getKey(), e.getValue(), counts, name + " " + e.getKey());
                compared++;
            }
        }
        assertTrue(compared > 300, "values compared: " + compared);
    }

    private static void compare(
            final String key, final JsonElement expected, final Confusion counts, final String what) {
        switch (key) {
            case "confusion_matrix_rows_true" -> matrix(expected, counts, what);
            case "accuracy" -> same(expected, Agreement.accuracy(counts), EXACT, what);
            case "balanced_accuracy" -> same(expected, Agreement.balancedAccuracy(counts), EXACT, what);
            case "balanced_accuracy_adjusted" -> same(
                    expected, Agreement.adjustedBalancedAccuracy(counts), EXACT, what);
            case "mcc" -> same(expected, Agreement.matthews(counts), EXACT, what);
            default -> {
                final String[] parts = key.split("_");
                if (parts[0].equals("kappa")) {
                    final Agreement.Weights weights = Agreement.Weights.valueOf(parts[1].toUpperCase(Locale.ROOT));
                    same(expected, Agreement.kappa(counts, weights), EXACT, what);
                } else if (parts[0].equals("torchmetrics")) {
                    torchmetrics(parts, expected, counts, what);
                } else {
                    scikit(parts, expected, counts, what);
                }
            }
        }
    }

    private static void matrix(final JsonElement expected, final Confusion counts, final String what) {
        for (int t = 0; t < counts.classes(); t++) {
            final int truth = t;
            same(
                    expected.getAsJsonArray().get(t),
                    IntStream.range(0, counts.classes())
                            .mapToDouble(p -> counts.count(truth, p))
                            .toArray(),
                    0,
                    what);
        }
    }

    /** Such as f1_macro_seen_labels_zero_division_1 or f1_per_class_zero_division_0. */
    private static void scikit(
            final String[] parts, final JsonElement expected, final Confusion counts, final String what) {
        final LabelMetric metric = LabelMetric.valueOf(parts[0].toUpperCase(Locale.ROOT));
        final double undefined = Double.parseDouble(parts[parts.length - 1]);
        if (parts[1].equals("per")) {
            same(expected, each(metric, counts, undefined), EXACT, what);
        } else {
            final boolean seen = parts[2].equals("seen");
            same(expected, metric.average(counts, average(parts[1]), seen, undefined), EXACT, what);
        }
    }

    /** Such as torchmetrics_accuracy_macro, whose accuracy is recall, or torchmetrics_specificity_per_class. */
    private static void torchmetrics(
            final String[] parts, final JsonElement expected, final Confusion counts, final String what) {
        final LabelMetric metric = parts[1].equals("accuracy")
                ? LabelMetric.RECALL
                : LabelMetric.valueOf(parts[1].toUpperCase(Locale.ROOT));
        if (parts[2].equals("per")) {
            same(expected, each(metric, counts, 0), SINGLE, what);
        } else {
            final LabelMetric.Average average = average(parts[2]);
            same(expected, metric.average(counts, average, average == LabelMetric.Average.MACRO, 0), SINGLE, what);
        }
    }

    private static LabelMetric.Average average(final String name) {
        return LabelMetric.Average.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static double[] each(final LabelMetric metric, final Confusion counts, final double undefined) {
        return IntStream.range(0, counts.classes())
                .mapToDouble(k -> metric.of(counts, k, undefined))
                .toArray();
    }

    @Test
    void kappaOfOneClassIsUndefined() {
        final Confusion one = Confusion.of(2, new int[] {1, 1}, new int[] {1, 1});
        assertEquals(Double.NaN, Agreement.kappa(one, Agreement.Weights.NONE));
    }
}
