package org.selfdiff.nodes.common;

import java.util.HashMap;
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
import org.selfdiff.train.LossLog;

/** The two tables that every node that trains puts out beside its model: the log of the steps, and pictures to look at. */
public final class TrainingOutput {
    private TrainingOutput() {}

    /** Columns of the training log. */
    public static DataTableSpec logSpec() {
        return new DataTableSpec(
                Columns.column("Step", LongCell.TYPE),
                Columns.column("Loss", DoubleCell.TYPE),
                Columns.column("Smoothed loss", DoubleCell.TYPE),
                Columns.column("Validation loss", DoubleCell.TYPE),
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
        final Map<Long, Double> validation = new HashMap<>();
        log.checks().forEach(check -> validation.put(check.step(), check.loss()));
        final BufferedDataContainer container = exec.createDataContainer(logSpec());
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
                    new DoubleCell(e.picturesPerSecond())));
        }
        container.close();
        return container.getTable();
    }

    /** Writes pictures with their names, in order. */
    public static BufferedDataTable pictures(final ExecutionContext exec, final Map<String, byte[]> pngs) {
        final BufferedDataContainer container = exec.createDataContainer(picturesSpec());
        pngs.forEach((name, png) -> container.addRowToTable(
                new DefaultRow(name, new StringCell(name), png(png))));
        container.close();
        return container.getTable();
    }

    /** A PNG file's bytes as a cell. */
    public static DataCell png(final byte[] bytes) {
        return new PNGImageContent(bytes).toImageCell();
    }
}
