package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.draw.Colours;
import org.selfdiff.imaging.draw.LineChart;

/** The areas of a comparison over the ratio of synthetic to real pictures, intervals drawn lightly. */
public final class AugmentationChart {
    private static final int WIDTH = 900;

    private static final int HEIGHT = 540;

    private AugmentationChart() {}

    /**
     * Draws it.
     *
     * @param seeds trainings of each kind
     */
    public static Picture of(final CompareAugmentation.Result result, final int seeds) {
        final List<CompareAugmentation.Line> means = result.lines().stream()
                .filter(line -> line.label().equals(Score.ALL_CLASSES))
                .toList();
        final List<CompareAugmentation.Line> mixed = means.stream()
                .filter(line -> line.arm().real() > 0)
                .sorted(Comparator.comparingDouble(line -> line.arm().ratio()))
                .toList();
        final double[] ratios =
                mixed.stream().mapToDouble(line -> line.arm().ratio()).toArray();
        final List<LineChart.Series> series = new ArrayList<>();
        add(series, "real and synthetic", ratios, mixed, Colours.series(0));
        means.stream().filter(line -> line.arm().real() == 0).findFirst().ifPresent(alone -> {
            final double[] ends = {0, ratios[ratios.length - 1]};
            add(series, "synthetic alone", ends, List.of(alone, alone), Colours.series(1));
        });
        final int real = means.get(0).arm().real();
        final String title = real + " real pictures, " + result.test() + " test pictures, mean of " + seeds
                + (seeds == 1 ? " training" : " trainings");
        return new LineChart(title, "synthetic pictures for each real one", "AUROC", false, series).draw(WIDTH, HEIGHT);
    }

    private static void add(
            final List<LineChart.Series> series,
            final String name,
            final double[] x,
            final List<CompareAugmentation.Line> lines,
            final int colour) {
        final ToDoubleFunction<CompareAugmentation.Line> low =
                line -> line.interval().low();
        final ToDoubleFunction<CompareAugmentation.Line> high =
                line -> line.interval().high();
        series.add(new LineChart.Series(
                name,
                x,
                lines.stream().mapToDouble(CompareAugmentation.Line::area).toArray(),
                colour,
                false));
        series.add(new LineChart.Series("", x, lines.stream().mapToDouble(low).toArray(), colour, true));
        series.add(new LineChart.Series("", x, lines.stream().mapToDouble(high).toArray(), colour, true));
    }
}
