package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.draw.Colours;
import org.selfdiff.imaging.draw.LineChart;
import org.selfdiff.train.LossLog;

/** The two tables that every node that trains puts out beside its model: the log of the steps, and pictures to look at. */
public final class TrainingOutput {
    private static final int WIDTH = 900;

    private static final int HEIGHT = 540;

    private TrainingOutput() {}

    /** Columns of the training log. */
    public static DataTableSpec logSpec() {
        return logSpec("Validation loss");
    }

    /**
     * Columns of the training log.
     *
     * @param measured name of the column of what is measured now and then
     */
    public static DataTableSpec logSpec(final String measured) {
        return new DataTableSpec(
                Columns.column("Step", LongCell.TYPE),
                Columns.column("Loss", DoubleCell.TYPE),
                Columns.column("Smoothed loss", DoubleCell.TYPE),
                Columns.column(measured, DoubleCell.TYPE),
                Columns.column("Learning rate", DoubleCell.TYPE),
                Columns.column("Gradient norm", DoubleCell.TYPE),
                Columns.column("Pictures per second", DoubleCell.TYPE));
    }

    /** Columns of the table of pictures. */
    public static DataTableSpec picturesSpec() {
        return new DataTableSpec(
                Columns.column("Name", StringCell.TYPE), Columns.column("Picture", PNGImageContent.TYPE));
    }

    /** Writes the log, one row per step; the validation loss stands in the row of the step after which it was taken. */
    public static BufferedDataTable log(final ExecutionContext exec, final LossLog log) {
        return log(exec, logSpec(), log);
    }

    /** The same in the columns of {@link #logSpec(String)}. */
    public static BufferedDataTable log(final ExecutionContext exec, final DataTableSpec spec, final LossLog log) {
        final Map<Long, Double> validation = new HashMap<>();
        log.checks().forEach(check -> validation.put(check.step(), check.value()));
        final BufferedDataContainer container = exec.createDataContainer(spec);
        for (final LossLog.Entry e : log.entries()) {
            final Double validated = validation.get(e.step());
            container.addRowToTable(new DefaultRow(
                    "Step" + e.step(),
                    new LongCell(e.step()),
                    new DoubleCell(e.loss()),
                    new DoubleCell(e.smoothed()),
                    validated == null ? DataType.getMissingCell() : new DoubleCell(validated),
                    new DoubleCell(e.rate()),
                    new DoubleCell(e.gradientNorm()),
                    new DoubleCell(e.speed())));
        }
        container.close();
        return container.getTable();
    }

    /** Writes pictures with their names, in order. */
    public static BufferedDataTable pictures(final ExecutionContext exec, final Map<String, byte[]> pngs) {
        final BufferedDataContainer container = exec.createDataContainer(picturesSpec());
        pngs.forEach((name, png) -> container.addRowToTable(new DefaultRow(name, new StringCell(name), png(png))));
        container.close();
        return container.getTable();
    }

    /** The curves of a training's losses as a PNG file: every step lightly, smoothed, and validation where there was one. */
    public static byte[] curve(final String title, final LossLog log) {
        return curve(title, "validation", log);
    }

    /**
     * The same where something else than the loss of held-out data is measured.
     *
     * @param measured what, in small letters
     */
    public static byte[] curve(final String title, final String measured, final LossLog log) {
        final double[] steps =
                log.entries().stream().mapToDouble(LossLog.Entry::step).toArray();
        final LineChart.Series each = new LineChart.Series(
                "",
                steps,
                log.entries().stream().mapToDouble(LossLog.Entry::loss).toArray(),
                Colours.series(0),
                true);
        final LineChart.Series smoothed = new LineChart.Series(
                "training, smoothed",
                steps,
                log.entries().stream().mapToDouble(LossLog.Entry::smoothed).toArray(),
                Colours.series(0),
                false);
        final List<LineChart.Series> series = new ArrayList<>(List.of(each, smoothed));
        if (!log.checks().isEmpty()) {
            series.add(new LineChart.Series(
                    measured,
                    log.checks().stream().mapToDouble(LossLog.Check::step).toArray(),
                    log.checks().stream().mapToDouble(LossLog.Check::value).toArray(),
                    Colours.series(1),
                    false));
        }
        return PngEncoder.picture(new LineChart(title, "step", "loss", true, series).draw(WIDTH, HEIGHT));
    }

    /** A PNG file's bytes as a cell. */
    public static DataCell png(final byte[] bytes) {
        return new PNGImageContent(bytes).toImageCell();
    }
}
