package org.selfdiff.metrics.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.metrics.Golden.numbers;
import static org.selfdiff.metrics.Golden.same;
import static org.selfdiff.metrics.Golden.truths;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.metrics.Confusion;
import org.selfdiff.metrics.Golden;
import org.selfdiff.metrics.statistics.Interval;

/** Values of scikit-learn, of Sun and Xu's program, and of torchmetrics. */
class BinaryGoldenTest {
    private static final double EXACT = 1e-12;

    private static final List<JsonObject> CASES = Golden.cases(Golden.read("classification_binary"), "cases");

    private record Case(String name, boolean[] truth, double[] scores, JsonObject expected) {
        static Case of(final JsonObject o) {
            return new Case(
                    o.get("name").getAsString(),
                    truths(o.get("labels")),
                    numbers(o.get("scores")),
                    o.getAsJsonObject("expected"));
        }

        RocCurve curve() {
            return RocCurve.of(truth, scores);
        }
    }

    @Test
    void areas() {
        for (final JsonObject o : CASES) {
            final Case c = Case.of(o);
            same(c.expected.get("auroc"), c.curve().area(), EXACT, c.name);
            same(c.expected.get("average_precision"), c.curve().averagePrecision(), EXACT, c.name);
        }
    }

    @Test
    void curves() {
        int compared = 0;
        for (final JsonObject o : CASES) {
            final Case c = Case.of(o);
            if (c.expected.get("roc_curve") instanceof JsonObject all) {
                roc(all, c.curve(), c.name);
                roc(
                        c.expected.getAsJsonObject("roc_curve_without_collinear_points"),
                        c.curve().withoutCollinear(),
                        c.name);
                compared++;
            }
            if (c.expected.get("precision_recall_curve") instanceof JsonObject pr
                    && c.curve().positives() > 0) {
                final List<RocCurve.Point> points =
                        new java.util.ArrayList<>(c.curve().points());
                Collections.reverse(points);
                same(
                        pr.get("precision"),
                        points.stream().mapToDouble(RocCurve::precision).toArray(),
                        EXACT,
                        c.name);
                same(
                        pr.get("recall"),
                        points.stream().mapToDouble(c.curve()::truePositiveRate).toArray(),
                        EXACT,
                        c.name);
            }
        }
        assertTrue(compared > 5, "curves compared: " + compared);
    }

    private static void roc(final JsonObject expected, final RocCurve curve, final String name) {
        final List<RocCurve.Point> points = curve.points();
        same(
                expected.get("fpr"),
                points.stream().mapToDouble(curve::falsePositiveRate).toArray(),
                EXACT,
                name);
        same(
                expected.get("tpr"),
                points.stream().mapToDouble(curve::truePositiveRate).toArray(),
                EXACT,
                name);
        final JsonArray thresholds = expected.getAsJsonArray("thresholds");
        assertEquals(Double.POSITIVE_INFINITY, points.get(0).threshold(), name);
        for (int i = 1; i < thresholds.size(); i++) {
            assertEquals(thresholds.get(i).getAsDouble(), points.get(i).threshold(), name);
        }
    }

    @Test
    void youden() {
        for (final JsonObject o : CASES) {
            final Case c = Case.of(o);
            if (c.expected.get("youden") instanceof JsonObject youden) {
                final RocCurve.Point best = c.curve().youden();
                same(youden.get("j"), c.curve().youden(best), EXACT, c.name);
                if (best.threshold() < Double.POSITIVE_INFINITY) {
                    same(youden.get("threshold"), best.threshold(), 0, c.name);
                }
            }
        }
    }

    @Test
    void deLong() {
        int compared = 0;
        for (final JsonObject o : CASES) {
            final Case c = Case.of(o);
            final DeLong ours = DeLong.of(c.truth, c.scores);
            if (!(c.expected.get("delong") instanceof JsonObject delong)) {
                assertTrue(Double.isNaN(ours.area()), c.name);
                assertTrue(Double.isNaN(ours.variance()), c.name);
                continue;
            }
            compared++;
            same(delong.get("auc"), ours.area(), EXACT, c.name);
            same(delong.get("variance"), ours.variance(), EXACT, c.name);
            same(delong.get("standard_error"), ours.standardError(), EXACT, c.name);
            interval(delong.get("ci95_unclipped"), ours.interval(0.95), c.name);
            interval(delong.get("ci95_clipped_to_0_1"), ours.interval(0.95).clipped(), c.name);
            if (delong.has("ci95_logit")) {
                interval(delong.get("ci95_logit"), ours.logitInterval(0.95), c.name);
            } else {
                assertTrue(!ours.logitInterval(0.95).isDefined(), c.name);
            }
            same(delong.get("placements_positives"), ours.positivePlacements(), EXACT, c.name);
            same(delong.get("placements_negatives"), ours.negativePlacements(), EXACT, c.name);
        }
        assertTrue(compared > 8, "cases compared: " + compared);
    }

    private static void interval(final JsonElement expected, final Interval actual, final String name) {
        if (expected instanceof JsonArray) {
            same(expected, new double[] {actual.low(), actual.high()}, EXACT, name);
        } else {
            same(expected, actual.low(), 0, name);
            same(expected, actual.high(), 0, name);
        }
    }

    @Test
    void pairedDeLong() {
        for (final JsonObject o : Golden.cases(Golden.read("classification_binary"), "delong_paired")) {
            final String name = o.get("name").getAsString();
            final JsonObject expected = o.getAsJsonObject("expected");
            final DeLong a = DeLong.of(truths(o.get("labels")), numbers(o.get("scores_a")));
            final DeLong b = DeLong.of(truths(o.get("labels")), numbers(o.get("scores_b")));
            final JsonArray covariance = expected.getAsJsonArray("covariance");
            same(covariance.get(0), new double[] {a.variance(), DeLong.covariance(a, b)}, EXACT, name);
            same(covariance.get(1), new double[] {DeLong.covariance(b, a), b.variance()}, EXACT, name);
            final DeLong.Comparison comparison = DeLong.compare(a, b);
            same(expected.get("difference"), comparison.difference(), EXACT, name);
            same(expected.get("difference_standard_error"), comparison.standardError(), EXACT, name);
            interval(expected.get("difference_ci95"), comparison.interval(0.95), name);
            same(expected.get("z"), comparison.z(), 1e-10, name);
            same(expected.get("p_two_sided"), comparison.p(), EXACT, name);
            same(expected.get("log10_p"), Math.log10(comparison.p()), 1e-10, name);
        }
    }

    @Test
    void probabilities() {
        int compared = 0;
        for (final JsonObject o : CASES) {
            final Case c = Case.of(o);
            if (c.expected.has("brier")) {
                same(c.expected.get("brier"), ProbabilityScore.brier(c.truth, c.scores), EXACT, c.name);
                same(c.expected.get("log_loss"), ProbabilityScore.logLoss(c.truth, c.scores), EXACT, c.name);
            }
            for (final Map.Entry<String, JsonElement> e : c.expected.entrySet()) {
                if (e.getKey().startsWith("ece_torchmetrics_binary_")) {
                    final String[] parts = e.getKey().split("_");
                    final Calibration calibration =
                            Calibration.of(c.truth, c.scores, Integer.parseInt(parts[4]), Calibration.Edge.UPPER_BIN);
                    same(e.getValue(), error(calibration, parts[3]), EXACT, c.name + " " + e.getKey());
                    compared++;
                }
            }
        }
        assertTrue(compared > 50, "calibration errors compared: " + compared);
    }

    static double error(final Calibration calibration, final String norm) {
        return switch (norm) {
            case "l1" -> calibration.expectedError();
            case "l2" -> calibration.rootMeanSquare();
            case "max" -> calibration.largestError();
            default -> throw new AssertionError(norm);
        };
    }

    @Test
    void atOneHalf() {
        int compared = 0;
        for (final JsonObject o : CASES) {
            final Case c = Case.of(o);
            if (!(c.expected.get("at_threshold_0.5") instanceof JsonObject at)) {
                continue;
            }
            compared++;
            final Confusion counts = Confusion.of(
                    2,
                    IntStream.range(0, c.truth.length)
                            .map(i -> c.truth[i] ? 1 : 0)
                            .toArray(),
                    IntStream.range(0, c.truth.length)
                            .map(i -> c.scores[i] >= 0.5 ? 1 : 0)
                            .toArray());
            same(at.get("tp"), counts.truePositives(1), 0, c.name);
            same(at.get("fp"), counts.falsePositives(1), 0, c.name);
            same(at.get("fn"), counts.falseNegatives(1), 0, c.name);
            same(at.get("tn"), counts.truePositives(0), 0, c.name);
            same(at.get("accuracy"), Agreement.accuracy(counts), EXACT, c.name);
            same(at.get("balanced_accuracy"), Agreement.balancedAccuracy(counts), EXACT, c.name);
            same(at.get("f1"), LabelMetric.F1.of(counts, 1, 0), EXACT, c.name);
            same(at.get("precision"), LabelMetric.PRECISION.of(counts, 1, 0), EXACT, c.name);
            same(at.get("recall"), LabelMetric.RECALL.of(counts, 1, 0), EXACT, c.name);
            if (at.get("specificity") != null) {
                same(at.get("specificity"), LabelMetric.SPECIFICITY.of(counts, 1, 0), EXACT, c.name);
            }
            same(at.get("mcc"), Agreement.matthews(counts), EXACT, c.name);
            same(at.get("kappa"), Agreement.kappa(counts, Agreement.Weights.NONE), EXACT, c.name);
        }
        assertTrue(compared > 5, "compared: " + compared);
    }
}
