package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.draw.Colours;
import org.selfdiff.imaging.draw.LineChart;
import org.selfdiff.metrics.classification.Calibration;
import org.selfdiff.metrics.classification.RocCurve;

/**
 * A chart of a model's predictions on all cases.
 *
 * @param name what it shows
 * @param model whose predictions
 * @param picture the chart
 */
public record ClassificationChart(String name, String model, Picture picture) {
    private static final int SIDE = 640;

    /** More curves than this are too many for one chart; the first classes are shown. */
    private static final int MOST_CURVES = 12;

    private static final double[] ENDS = {0, 1};

    static List<ClassificationChart> of(
            final ScoreClassification.Request request, final String model, final ScoredCases cases) {
        final int[] shown = IntStream.range(0, cases.classes())
                .filter(cases::hasBoth)
                // With two classes the second curve is the mirror image of the first.
                .filter(k -> !(cases.exclusive() && cases.classes() == 2) || k == 1)
                .limit(MOST_CURVES)
                .toArray();
        final List<LineChart.Series> roc = new ArrayList<>();
        final List<LineChart.Series> precision = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            final String label = request.classes().get(shown[i]);
            final RocCurve curve = cases.curve(shown[i]);
            roc.add(roc(label, curve, Colours.series(i)));
            precision.add(precision(label, curve, Colours.series(i)));
        }
        final List<ClassificationChart> charts = new ArrayList<>();
        roc.add(diagonal());
        charts.add(chart(model, "ROC curves", "1 - specificity", "sensitivity", roc));
        precision.add(new LineChart.Series("", ENDS, ENDS, Colours.WHITE, true));
        charts.add(chart(model, "Precision and recall", "recall", "precision", precision));
        if (request.probabilities()) {
            final int bins = request.settings().bins();
            final List<LineChart.Series> calibration = new ArrayList<>();
            if (cases.exclusive()) {
                calibration.add(calibration("", OverallScore.calibration(cases, bins), Colours.series(0)));
            } else {
                for (int i = 0; i < shown.length; i++) {
                    calibration.add(calibration(
                            request.classes().get(shown[i]),
                            OverallScore.calibration(cases, shown[i], bins),
                            Colours.series(i)));
                }
            }
            calibration.add(diagonal());
            charts.add(chart(model, "Calibration", "probability", "share that is right", calibration));
        }
        return charts;
    }

    private static ClassificationChart chart(
            final String model,
            final String name,
            final String x,
            final String y,
            final List<LineChart.Series> series) {
        return new ClassificationChart(
                name, model, new LineChart(name + ", " + model, x, y, false, series).draw(SIDE, SIDE));
    }

    private static LineChart.Series diagonal() {
        return new LineChart.Series("", ENDS, ENDS, Colours.INK, true);
    }

    private static LineChart.Series roc(final String label, final RocCurve curve, final int colour) {
        final List<RocCurve.Point> points = curve.withoutCollinear().points();
        return new LineChart.Series(
                named(label, curve.area()),
                points.stream().mapToDouble(curve::falsePositiveRate).toArray(),
                points.stream().mapToDouble(curve::truePositiveRate).toArray(),
                colour,
                false);
    }

    private static LineChart.Series precision(final String label, final RocCurve curve, final int colour) {
        final List<RocCurve.Point> points =
                curve.points().stream().filter(p -> p.truePositives() > 0).toList();
        return new LineChart.Series(
                named(label, curve.averagePrecision()),
                points.stream().mapToDouble(curve::truePositiveRate).toArray(),
                points.stream().mapToDouble(RocCurve::precision).toArray(),
                colour,
                false);
    }

    private static LineChart.Series calibration(final String label, final Calibration calibration, final int colour) {
        final List<Calibration.Bin> bins = new ArrayList<>(calibration.bins());
        Collections.sort(bins, java.util.Comparator.comparingDouble(Calibration.Bin::confidence));
        return new LineChart.Series(
                label,
                bins.stream().mapToDouble(Calibration.Bin::confidence).toArray(),
                bins.stream().mapToDouble(Calibration.Bin::accuracy).toArray(),
                colour,
                false);
    }

    private static String named(final String label, final double value) {
        return String.format(Locale.ROOT, "%s  %.3f", label, value);
    }
}
