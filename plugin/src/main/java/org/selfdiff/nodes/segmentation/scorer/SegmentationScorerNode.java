package org.selfdiff.nodes.segmentation.scorer;

import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.data.PictureCache;
import org.selfdiff.metrics.EmptyClassPolicy;
import org.selfdiff.metrics.Scoring;
import org.selfdiff.nodes.common.MaskNote;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.PredictionTable;
import org.selfdiff.stages.segmentation.ScoreSegmentation;

/** From the Segmentation Scorer's settings and table to {@link ScoreSegmentation} and back. */
final class SegmentationScorerNode {
    private static final String[] SUMMARY = {
        "Class",
        "Dice (pooled)",
        "IoU (pooled)",
        "Precision (pooled)",
        "Recall (pooled)",
        "Dice (mean)",
        "Dice (deviation)",
        "IoU (mean)",
        "IoU (deviation)",
        "Precision (mean)",
        "Precision (deviation)",
        "Recall (mean)",
        "Recall (deviation)",
        "Pictures"
    };

    private static final String[] PICTURES = {"Picture", "Class", "Dice", "IoU", "Precision", "Recall"};

    private SegmentationScorerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        PredictionTable.check(in.getInTableSpec(0), "Predictions");
        MaskNote.of(in.getInTableSpec(0)).ifPresent(out::setWarningMessage);
        out.setOutSpecs(spec(SUMMARY, 1, 1), spec(PICTURES, 2, 0));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final SegmentationScorerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final BufferedDataTable table = in.getInTable(0);
            if (table.size() == 0) {
                control.warn("There are no predictions to score.");
                out.setOutData(empty(exec, spec(SUMMARY, 1, 1)), empty(exec, spec(PICTURES, 2, 0)));
                return;
            }
            final List<String> classes = PredictionTable.classes(table);
            try (PictureCache cache = PictureCache.standard()) {
                final ScoreSegmentation.Result result = ScoreSegmentation.run(
                        new ScoreSegmentation.Request(
                                PredictionTable.pairs(table, cache),
                                p.maskValues.of(PredictionTable.trained(table.getDataTableSpec()), classes),
                                new Scoring(EmptyClassPolicy.valueOf(p.emptyClass.name()), p.backgroundCounts)),
                        control);
                result.warning().ifPresent(control::warn);
                out.setOutData(summary(exec, result), pictures(exec, result, classes));
            }
        });
    }

    /** The first columns are texts, the last are counts, those between are scores. */
    private static DataTableSpec spec(final String[] names, final int texts, final int counts) {
        final DataType[] types = new DataType[names.length];
        for (int i = 0; i < names.length; i++) {
            types[i] = i < texts ? StringCell.TYPE : i >= names.length - counts ? IntCell.TYPE : DoubleCell.TYPE;
        }
        return new DataTableSpec(names, types);
    }

    private static BufferedDataTable empty(final ExecutionContext exec, final DataTableSpec spec) {
        final BufferedDataContainer container = exec.createDataContainer(spec);
        container.close();
        return container.getTable();
    }

    private static BufferedDataTable summary(final ExecutionContext exec, final ScoreSegmentation.Result result) {
        final BufferedDataContainer container = exec.createDataContainer(spec(SUMMARY, 1, 1));
        int row = 0;
        for (final ScoreSegmentation.ClassScores c : result.classes()) {
            add(
                    container,
                    "Class " + row++,
                    c.name(),
                    c.pooled(),
                    List.of(c.dice(), c.iou(), c.precision(), c.recall()));
        }
        add(container, "Mean", "mean", result.pooled(), result.perPicture());
        container.close();
        return container.getTable();
    }

    private static void add(
            final BufferedDataContainer container,
            final String key,
            final String name,
            final Scoring.Scores pooled,
            final List<Scoring.Mean> means) {
        final DataCell[] cells = new DataCell[SUMMARY.length];
        cells[0] = new StringCell(name);
        cells[1] = score(pooled.dice());
        cells[2] = score(pooled.iou());
        cells[3] = score(pooled.precision());
        cells[4] = score(pooled.recall());
        for (int i = 0; i < means.size(); i++) {
            cells[5 + 2 * i] = score(means.get(i).mean());
            cells[6 + 2 * i] = score(means.get(i).deviation());
        }
        cells[SUMMARY.length - 1] = new IntCell(means.get(0).count());
        container.addRowToTable(new DefaultRow(key, cells));
    }

    private static BufferedDataTable pictures(
            final ExecutionContext exec, final ScoreSegmentation.Result result, final List<String> classes) {
        final BufferedDataContainer container = exec.createDataContainer(spec(PICTURES, 2, 0));
        long row = 0;
        for (final ScoreSegmentation.PictureScores picture : result.pictures()) {
            for (int c = 0; c < classes.size(); c++) {
                final Scoring.Scores s = picture.classes().get(c);
                container.addRowToTable(new DefaultRow(
                        "Row" + row++,
                        new StringCell(picture.name()),
                        new StringCell(classes.get(c)),
                        score(s.dice()),
                        score(s.iou()),
                        score(s.precision()),
                        score(s.recall())));
            }
        }
        container.close();
        return container.getTable();
    }

    /** A score, missing where the policy leaves it out. */
    private static DataCell score(final double value) {
        return Double.isNaN(value) ? DataType.getMissingCell() : new DoubleCell(value);
    }
}
