package org.selfdiff.metrics.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.metrics.Golden.numbers;
import static org.selfdiff.metrics.Golden.same;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.metrics.Golden;

/** Values of scipy and statsmodels. */
class StatisticsGoldenTest {
    private static final double EXACT = 1e-12;

    private static final JsonObject ALL = Golden.read("statistics");

    @Test
    void wilcoxon() {
        int compared = 0;
        for (final JsonObject o : Golden.cases(ALL.getAsJsonObject("wilcoxon_signed_rank"), "cases")) {
            final double[] d = numbers(o.get("differences"));
            final boolean plain = DoubleStream.of(d).map(Math::abs).distinct().count() == d.length
                    && DoubleStream.of(d).noneMatch(x -> x == 0);
            for (final Map.Entry<String, JsonElement> e :
                    o.getAsJsonObject("expected").entrySet()) {
                final String what = o.get("name").getAsString() + " " + e.getKey();
                final String[] parts = e.getKey().split("_");
                if (parts[0].equals("exact")) {
                    enumerated(e.getValue(), d, what);
                } else if (parts[2].equals("exact")) {
                    // With zeros or ties scipy's exact mode is not exact; what it gives there is not compared.
                    if (plain) {
                        compare(e.getValue(), WilcoxonSignedRank.exact(d, alternative(parts[0])), what);
                        compared++;
                    }
                } else {
                    compare(
                            e.getValue(),
                            WilcoxonSignedRank.approximate(
                                    d, alternative(parts[0]), zeros(parts[1]), parts.length == 4),
                            what);
                    compared++;
                }
            }
        }
        assertTrue(compared > 100, "values compared: " + compared);
    }

    private static void compare(final JsonElement expected, final TestResult ours, final String what) {
        if (expected instanceof JsonObject result) {
            same(result.get("statistic"), ours.statistic(), EXACT, what);
            same(result.get("p"), ours.p(), EXACT, what);
        } else {
            same(expected, ours.p(), 0, what);
        }
    }

    private static void enumerated(final JsonElement expected, final double[] d, final String what) {
        if (!(expected instanceof JsonObject result)) {
            same(expected, WilcoxonSignedRank.exact(d, Alternative.TWO_SIDED).p(), 0, what);
            return;
        }
        same(
                result.get("w_plus"),
                WilcoxonSignedRank.exact(d, Alternative.GREATER).statistic(),
                EXACT,
                what);
        same(
                result.get("p_two_sided"),
                WilcoxonSignedRank.exact(d, Alternative.TWO_SIDED).p(),
                EXACT,
                what);
        same(
                result.get("p_greater"),
                WilcoxonSignedRank.exact(d, Alternative.GREATER).p(),
                EXACT,
                what);
        same(result.get("p_less"), WilcoxonSignedRank.exact(d, Alternative.LESS).p(), EXACT, what);
    }

    private static Alternative alternative(final String name) {
        return switch (name) {
            case "two-sided" -> Alternative.TWO_SIDED;
            case "greater" -> Alternative.GREATER;
            case "less" -> Alternative.LESS;
            default -> throw new AssertionError(name);
        };
    }

    private static WilcoxonSignedRank.Zeros zeros(final String name) {
        return switch (name) {
            case "wilcox" -> WilcoxonSignedRank.Zeros.DROP;
            case "pratt" -> WilcoxonSignedRank.Zeros.PRATT;
            case "zsplit" -> WilcoxonSignedRank.Zeros.SPLIT;
            default -> throw new AssertionError(name);
        };
    }

    @Test
    void mcNemar() {
        for (final JsonObject o : Golden.cases(ALL.getAsJsonObject("mcnemar"), "cases")) {
            final McNemar ours = new McNemar(
                    o.get("only_a_right").getAsLong(), o.get("only_b_right").getAsLong());
            final JsonObject expected = o.getAsJsonObject("expected");
            compare(expected.get("exact"), ours.exact(), ours + " exact");
            if (expected.has("mid_p")) {
                same(expected.get("mid_p"), ours.midP(), EXACT, ours + " mid-p");
            }
            if (expected.has("chi2")) {
                compare(expected.get("chi2"), ours.chiSquare(false), ours + " chi-square");
                compare(expected.get("chi2_continuity"), ours.chiSquare(true), ours + " continuity");
            }
        }
    }

    @Test
    void multipleTesting() {
        for (final JsonObject o : Golden.cases(ALL.getAsJsonObject("multiple_testing"), "cases")) {
            final JsonObject expected = o.getAsJsonObject("expected");
            for (final String key : expected.keySet()) {
                final String what = o.get("name").getAsString() + " " + key;
                final double[] ours = correction(key).adjusted(numbers(o.get("p")));
                same(expected.getAsJsonObject(key).get("adjusted"), ours, EXACT, what);
                for (int i = 0; i < ours.length; i++) {
                    assertEquals(
                            expected.getAsJsonObject(key)
                                    .getAsJsonArray("reject_0.05")
                                    .get(i)
                                    .getAsBoolean(),
                            ours[i] <= 0.05,
                            what);
                }
            }
        }
    }

    private static MultipleTesting correction(final String key) {
        return switch (key) {
            case "bonferroni" -> MultipleTesting.BONFERRONI;
            case "holm" -> MultipleTesting.HOLM;
            case "holm-sidak" -> MultipleTesting.HOLM_SIDAK;
            case "simes-hochberg" -> MultipleTesting.HOCHBERG;
            case "fdr_bh" -> MultipleTesting.BENJAMINI_HOCHBERG;
            case "fdr_by" -> MultipleTesting.BENJAMINI_YEKUTIELI;
            default -> throw new AssertionError(key);
        };
    }

    @Test
    void proportions() {
        for (final JsonObject o : Golden.cases(ALL.getAsJsonObject("proportion_ci"), "cases")) {
            final Proportion ours =
                    new Proportion(o.get("successes").getAsLong(), o.get("n").getAsLong());
            final JsonObject expected = o.getAsJsonObject("expected");
            interval(expected.get("wilson95"), ours.wilson(0.95), ours + " Wilson");
            interval(expected.get("clopper_pearson95"), ours.clopperPearson(0.95), ours + " Clopper-Pearson");
        }
    }

    static void interval(final JsonElement expected, final Interval ours, final String what) {
        same(expected, new double[] {ours.low(), ours.high()}, EXACT, what);
    }

    @Test
    void testsOfTwoSamples() {
        final JsonObject extras = ALL.getAsJsonObject("extras");
        final double[] x = numbers(extras.get("x"));
        final double[] y = numbers(extras.get("y"));
        final double[] roundX = Arrays.stream(x).map(Math::rint).toArray();
        final double[] roundY = Arrays.stream(y).map(Math::rint).toArray();
        final double[] d = new double[x.length];
        Arrays.setAll(d, i -> x[i] - y[i]);
        final JsonObject expected = extras.getAsJsonObject("expected");
        result(expected, "paired_t", "t", PairedT.of(d));
        result(expected, "pearson", "r", Correlation.pearson(x, y));
        result(expected, "spearman_of_rounded", "rho", Correlation.spearman(roundX, roundY));
        result(expected, "mann_whitney_of_rounded_asymptotic_continuity", "u", MannWhitney.approximate(roundX, roundY));
        result(expected, "mann_whitney_exact", "u", MannWhitney.exact(x, y));
        same(
                expected.getAsJsonObject("kendall_tau_b_of_rounded").get("tau"),
                Correlation.kendall(roundX, roundY),
                EXACT,
                "tau");
    }

    private static void result(
            final JsonObject expected, final String key, final String statistic, final TestResult ours) {
        same(expected.getAsJsonObject(key).get(statistic), ours.statistic(), EXACT, key);
        same(expected.getAsJsonObject(key).get("p"), ours.p(), EXACT, key);
    }
}
