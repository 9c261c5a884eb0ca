package org.selfdiff.stages.classification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.metrics.Golden.integers;
import static org.selfdiff.metrics.Golden.numbers;
import static org.selfdiff.metrics.Golden.same;
import static org.selfdiff.metrics.Golden.table;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.metrics.Golden;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class ScoreClassificationTest {
    private static final ScoreClassification.Settings EXCLUSIVE =
            new ScoreClassification.Settings(true, 0.5, 0.95, 200, 1, 15);

    private static final ScoreClassification.Settings LABELS =
            new ScoreClassification.Settings(false, 0.5, 0.95, 100, 1, 10);

    private static JsonObject golden(final String file, final String name) {
        return Golden.cases(Golden.read(file), "cases").stream()
                .filter(o -> o.get("name").getAsString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Score find(final List<Score> scores, final String part, final String label, final String name) {
        return scores.stream()
                .filter(s -> s.part().equals(part)
                        && s.label().equals(label)
                        && s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(part + " " + label + " " + name));
    }

    private static boolean[][] oneHot(final int[] truth, final int classes) {
        final boolean[][] labels = new boolean[truth.length][classes];
        for (int i = 0; i < truth.length; i++) {
            labels[i][truth[i]] = true;
        }
        return labels;
    }

    @Test
    void severalClassesEqualTheReferences() throws Exception {
        final JsonObject o = golden("classification_multiclass", "three_classes_overconfident");
        final JsonObject expected = o.getAsJsonObject("expected");
        final int[] truth = integers(o.get("labels"));
        final List<Score> scores = ScoreClassification.run(
                        new ScoreClassification.Request(
                                List.of("a", "b", "c"),
                                oneHot(truth, 3),
                                List.of(new ScoreClassification.Model("M", table(expected.get("probabilities")))),
                                Optional.empty(),
                                Optional.empty(),
                                EXCLUSIVE),
                        RunControl.silent())
                .scores();
        final String all = Score.ALL_CASES;
        final String classes = Score.ALL_CLASSES;
        same(
                expected.get("auroc_ovr_macro"),
                find(scores, all, classes, "AUROC (macro)").value(),
                1e-12,
                "ovr");
        same(
                expected.get("auroc_ovr_weighted"),
                find(scores, all, classes, "AUROC (weighted)").value(),
                1e-12,
                "weighted");
        same(
                expected.get("auroc_ovo_macro"),
                find(scores, all, classes, "AUROC (pairs of classes)").value(),
                1e-12,
                "ovo");
        same(expected.get("log_loss"), find(scores, all, classes, "Log loss").value(), 1e-12, "log loss");
        same(
                expected.get("ece_guo_15"),
                find(scores, all, classes, "Calibration error (15 bins)").value(),
                1e-6,
                "calibration");
        final double[] areas = numbers(expected.get("auroc_per_class_one_vs_rest"));
        for (int k = 0; k < 3; k++) {
            final Score area = find(scores, all, List.of("a", "b", "c").get(k), "AUROC");
            assertEquals(areas[k], area.value(), 1e-12);
            assertTrue(area.interval().low() < areas[k]
                    && areas[k] < area.interval().high());
            assertEquals("DeLong", area.method());
        }
        for (final Score s : scores) {
            if (s.method().equals("bootstrap")) {
                assertTrue(s.interval().low() <= s.interval().high(), s.toString());
                assertTrue(
                        s.interval().low() < s.value() + 0.05 && s.interval().high() > s.value() - 0.05, s.toString());
            }
        }
    }

    /** A case with ties; the threshold counts what lies on it as found, as the reference does. */
    @Test
    void twoClassesEqualTheReferenceAtTheThreshold() throws Exception {
        final JsonObject o = golden("classification_binary", "ties_one_decimal");
        final JsonObject expected = o.getAsJsonObject("expected");
        final double[] second = numbers(o.get("scores"));
        final ScoreClassification.Result result = ScoreClassification.run(
                new ScoreClassification.Request(
                        List.of("no", "yes"),
                        oneHot(integers(o.get("labels")), 2),
                        List.of(new ScoreClassification.Model("M", pairs(second))),
                        Optional.empty(),
                        Optional.empty(),
                        EXCLUSIVE),
                RunControl.silent());
        final JsonObject at = expected.getAsJsonObject("at_threshold_0.5");
        same(at.get("recall"), value(result, "yes", "Recall (sensitivity)"), 1e-12, "recall");
        same(at.get("specificity"), value(result, "yes", "Specificity"), 1e-12, "specificity");
        same(at.get("f1"), value(result, "yes", "F1"), 1e-12, "F1");
        same(at.get("kappa"), value(result, Score.ALL_CLASSES, "Cohen's kappa"), 1e-12, "kappa");
        same(
                expected.get("ece_torchmetrics_binary_l1_16"),
                OverallScore.calibration(
                                new ScoredCases(true, 0.5, oneHot(integers(o.get("labels")), 2), pairs(second)), 16)
                        .expectedError(),
                1e-12,
                "calibration");
        final ScoreClassification.Count falsePositives = result.confusion().get(1);
        assertEquals("no", falsePositives.truth());
        assertEquals("yes", falsePositives.prediction());
        same(at.get("fp"), falsePositives.cases(), 0, "false positives");
        assertEquals(3, result.charts().size());
    }

    private static double value(final ScoreClassification.Result result, final String label, final String name) {
        return find(result.scores(), Score.ALL_CASES, label, name).value();
    }

    private static double[][] pairs(final double[] second) {
        final double[][] both = new double[second.length][];
        for (int i = 0; i < both.length; i++) {
            both[i] = new double[] {1 - second[i], second[i]};
        }
        return both;
    }

    @Test
    void comparedModelsGiveThePairedTest() throws Exception {
        final JsonObject o = Golden.cases(Golden.read("classification_binary"), "delong_paired").stream()
                .filter(c -> c.get("name").getAsString().equals("two_classifiers"))
                .findFirst()
                .orElseThrow();
        final List<Score> scores = ScoreClassification.run(
                        new ScoreClassification.Request(
                                List.of("0", "1"),
                                oneHot(integers(o.get("labels")), 2),
                                List.of(
                                        new ScoreClassification.Model("A", pairs(numbers(o.get("scores_a")))),
                                        new ScoreClassification.Model("B", pairs(numbers(o.get("scores_b"))))),
                                Optional.empty(),
                                Optional.empty(),
                                EXCLUSIVE),
                        RunControl.silent())
                .scores();
        final Score difference = scores.stream()
                .filter(s -> s.model().equals("A - B")
                        && s.label().equals("1")
                        && s.name().equals("AUROC"))
                .findFirst()
                .orElseThrow();
        final JsonObject expected = o.getAsJsonObject("expected");
        same(expected.get("difference"), difference.value(), 1e-12, "difference");
        same(expected.get("p_two_sided"), difference.p(), 1e-12, "p");
        assertEquals(difference.p(), difference.adjusted(), "two classes are one test");
        assertEquals(
                1,
                scores.stream().filter(s -> s.method().equals("McNemar, exact")).count());
    }

    private static ScoreClassification.Request noisy(final int n, final long seed, final boolean grouped) {
        final Random random = new Random(seed);
        final boolean[][] labels = new boolean[n][3];
        final double[][] scores = new double[n][3];
        final List<String> parts = new ArrayList<>();
        final List<String> groups = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 3; k++) {
                labels[i][k] = random.nextInt(3) == 0;
                scores[i][k] =
                        Math.min(1, Math.max(0, 0.5 + (labels[i][k] ? 0.2 : -0.2) + 0.3 * random.nextGaussian()));
            }
            parts.add("fold " + i % 3);
            groups.add("patient " + i / 10);
        }
        return new ScoreClassification.Request(
                List.of("x", "y", "z"),
                labels,
                List.of(new ScoreClassification.Model("M", scores)),
                Optional.of(parts),
                grouped ? Optional.of(groups) : Optional.empty(),
                LABELS);
    }

    @Test
    void labelsThatDoNotExcludeEachOtherAndParts() throws Exception {
        final ScoreClassification.Request request = noisy(150, 1, false);
        final List<Score> scores =
                ScoreClassification.run(request, RunControl.silent()).scores();
        final double[] folds = IntStream.range(0, 3)
                .mapToDouble(f -> find(scores, "fold " + f, "y", "AUROC").value())
                .toArray();
        final Score mean = find(scores, Score.MEAN, "y", "AUROC");
        assertEquals((folds[0] + folds[1] + folds[2]) / 3, mean.value(), 1e-12);
        assertEquals(150, mean.cases());
        final Score macro = find(scores, Score.ALL_CASES, Score.ALL_CLASSES, "AUROC (macro)");
        double sum = 0;
        for (final String label : request.classes()) {
            sum += find(scores, Score.ALL_CASES, label, "AUROC").value();
        }
        assertEquals(sum / 3, macro.value(), 1e-12);
        assertTrue(find(scores, Score.ALL_CASES, Score.ALL_CLASSES, "All labels right")
                        .value()
                < 1);
    }

    @Test
    void theSameSeedGivesTheSameIntervalsAndGroupsWidenThem() throws Exception {
        final ScoreClassification.Request alone = noisy(200, 2, false);
        final List<Score> once =
                ScoreClassification.run(alone, RunControl.silent()).scores();
        assertEquals(once, ScoreClassification.run(alone, RunControl.silent()).scores());
        // Patients whose ten tiles are alike: a tile says little that the others have not said.
        final int[] truth = IntStream.range(0, 200).map(i -> i / 10 % 2).toArray();
        final Random random = new Random(4);
        final double[] ofPatient = random.doubles(20).toArray();
        final double[] scores = new double[200];
        java.util.Arrays.setAll(
                scores, i -> Math.min(0.99, 0.7 * ofPatient[i / 10] + 0.15 * truth[i] + 0.05 * random.nextDouble()));
        final List<String> patients =
                IntStream.range(0, 200).mapToObj(i -> "p" + i / 10).toList();
        assertTrue(width(truth, scores, Optional.of(patients)) > 1.8 * width(truth, scores, Optional.empty()));
    }

    private static double width(final int[] truth, final double[] scores, final Optional<List<String>> groups)
            throws Exception {
        final Score score = find(
                ScoreClassification.run(
                                new ScoreClassification.Request(
                                        List.of("0", "1"),
                                        oneHot(truth, 2),
                                        List.of(new ScoreClassification.Model("M", pairs(scores))),
                                        Optional.empty(),
                                        groups,
                                        EXCLUSIVE),
                                RunControl.silent())
                        .scores(),
                Score.ALL_CASES,
                Score.ALL_CLASSES,
                "AUROC (macro)");
        return score.interval().high() - score.interval().low();
    }

    @Test
    void oneClassOnlyIsWarnedOf() throws Exception {
        final List<String> warnings = new ArrayList<>();
        final RunControl listening = new RunControl() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(final double fraction, final String message) {
                assertTrue(fraction >= 0 && fraction <= 1);
            }

            @Override
            public void warn(final String message) {
                warnings.add(message);
            }
        };
        final List<Score> scores = ScoreClassification.run(
                        new ScoreClassification.Request(
                                List.of("a", "b", "never"),
                                oneHot(new int[] {0, 1, 0, 1}, 3),
                                List.of(new ScoreClassification.Model("M", new double[][] {
                                    {0.6, 0.3, 0.1}, {0.2, 0.7, 0.1}, {0.5, 0.4, 0.1}, {0.3, 0.6, 0.1}
                                })),
                                Optional.empty(),
                                Optional.empty(),
                                EXCLUSIVE),
                        listening)
                .scores();
        assertTrue(warnings.get(0).contains("\"never\""), warnings.toString());
        assertEquals(Double.NaN, find(scores, Score.ALL_CASES, "never", "AUROC").value());
        assertEquals(
                1,
                find(scores, Score.ALL_CASES, Score.ALL_CLASSES, "AUROC (macro)")
                        .value());
    }

    @Test
    void noCasesAreRefusedAndZeroResamplesGiveNoBootstrap() throws Exception {
        final RunFailed e = assertThrows(
                RunFailed.class,
                () -> ScoreClassification.run(
                        new ScoreClassification.Request(
                                List.of("a", "b"),
                                new boolean[0][],
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                EXCLUSIVE),
                        RunControl.silent()));
        assertFalse(e.remedy().isBlank());
        final List<Score> scores = ScoreClassification.run(
                        new ScoreClassification.Request(
                                List.of("a", "b"),
                                oneHot(new int[] {0, 1, 1}, 2),
                                List.of(new ScoreClassification.Model("M", pairs(new double[] {0.1, 0.8, 0.7}))),
                                Optional.empty(),
                                Optional.empty(),
                                new ScoreClassification.Settings(true, 0.5, 0.9, 0, 1, 5)),
                        RunControl.silent())
                .scores();
        assertTrue(scores.stream().noneMatch(s -> s.method().equals("bootstrap")));
        assertEquals(
                1, find(scores, Score.ALL_CASES, Score.ALL_CLASSES, "Accuracy").value());
    }

    @Test
    void resamplesAreAFunctionOfSeedAndNumber() {
        final Resampling one = new Resampling(5, Optional.of(List.of("b", "a", "b", "c", "a")), 10, 3);
        assertEquals(3, one.units());
        assertEquals(List.of(0, 2, 3, 0, 2), one.cases(new int[] {0, 2, 0}));
        assertArrayEquals(one.draw(4), new Resampling(3, Optional.empty(), 10, 3).draw(4));
    }
}
