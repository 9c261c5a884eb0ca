package org.selfdiff.nodes.classification.scorer;

import java.util.List;
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
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.classification.ClassificationChart;
import org.selfdiff.stages.classification.Score;
import org.selfdiff.stages.classification.ScoreClassification;
import org.selfdiff.stages.classification.ScoreNumbers;
import org.selfdiff.stages.classification.ScoreSurvival;

/** From the Classification Scorer's settings and table to {@link ScoreClassification} and back. */
final class ClassificationScorerNode {
    private static final double READING = 0.1;

    private static final DataTableSpec SCORES = new DataTableSpec(
            new String[] {
                "Model",
                "Part",
                "Class",
                "Score",
                "Value",
                "Lower",
                "Upper",
                "Interval",
                "p",
                "p (Holm)",
                "Cases",
                "Positives"
            },
            new DataType[] {
                StringCell.TYPE,
                StringCell.TYPE,
                StringCell.TYPE,
                StringCell.TYPE,
                DoubleCell.TYPE,
                DoubleCell.TYPE,
                DoubleCell.TYPE,
                StringCell.TYPE,
                DoubleCell.TYPE,
                DoubleCell.TYPE,
                LongCell.TYPE,
                LongCell.TYPE
            });

    private static final DataTableSpec CONFUSION = new DataTableSpec(
            new String[] {"Model", "Part", "Class", "Truth", "Prediction", "Cases", "Share of the truth"},
            new DataType[] {
                StringCell.TYPE,
                StringCell.TYPE,
                StringCell.TYPE,
                StringCell.TYPE,
                StringCell.TYPE,
                LongCell.TYPE,
                DoubleCell.TYPE
            });

    private static final DataTableSpec CHARTS = new DataTableSpec(
            new String[] {"Name", "Model", "Picture"},
            new DataType[] {StringCell.TYPE, StringCell.TYPE, PNGImageContent.TYPE});

    private ClassificationScorerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ClassificationScorerParameters p = in.getParameters();
        if (p.survival()) {
            SurvivalColumns.of(in.getInTableSpec(0), p);
        } else if (p.numbers()) {
            NumberColumns.of(in.getInTableSpec(0), p);
        } else {
            PredictionColumns.of(in.getInTableSpec(0), p);
        }
        out.setOutSpecs(SCORES, CONFUSION, CHARTS);
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ClassificationScorerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final BufferedDataTable table = in.getInTable(0);
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final ScoreClassification.Result result;
            try {
                result = result(table, p, control);
            } catch (InvalidSettingsException e) {
                // Configured before; only a table that changed in between can fail here.
                throw new RunFailed(e.getMessage(), "port \"Predictions\"", "Configure the node again.", e);
            }
            out.setOutData(scores(exec, result), confusion(exec, result), charts(exec, result));
        });
    }

    private static ScoreClassification.Result result(
            final BufferedDataTable table, final ClassificationScorerParameters p, final RunControl control)
            throws InvalidSettingsException, RunFailed, RunCancelled {
        final RunControl reading = control.part(0, READING);
        final RunControl scoring = control.part(READING, 1);
        if (p.survival()) {
            final SurvivalColumns columns = SurvivalColumns.of(table.getDataTableSpec(), p);
            return new ScoreClassification.Result(
                    ScoreSurvival.run(columns.read(table, p, reading), scoring), List.of(), List.of());
        }
        if (p.numbers()) {
            final NumberColumns columns = NumberColumns.of(table.getDataTableSpec(), p);
            return new ScoreClassification.Result(
                    ScoreNumbers.run(columns.read(table, p, reading), scoring), List.of(), List.of());
        }
        final PredictionColumns columns = PredictionColumns.of(table.getDataTableSpec(), p);
        return ScoreClassification.run(PredictionRows.read(table, columns, p, reading), scoring);
    }

    private static BufferedDataTable scores(final ExecutionContext exec, final ScoreClassification.Result result) {
        final BufferedDataContainer container = exec.createDataContainer(SCORES);
        long row = 0;
        for (final Score s : result.scores()) {
            container.addRowToTable(new DefaultRow(
                    "Row" + row++,
                    new StringCell(s.model()),
                    new StringCell(s.part()),
                    new StringCell(s.label()),
                    new StringCell(s.name()),
                    number(s.value()),
                    number(s.interval().low()),
                    number(s.interval().high()),
                    s.method().isEmpty() ? DataType.getMissingCell() : new StringCell(s.method()),
                    number(s.p()),
                    number(s.adjusted()),
                    new LongCell(s.cases()),
                    s.label().equals(Score.ALL_CLASSES) ? DataType.getMissingCell() : new LongCell(s.positives())));
        }
        container.close();
        return container.getTable();
    }

    private static BufferedDataTable confusion(final ExecutionContext exec, final ScoreClassification.Result result) {
        final BufferedDataContainer container = exec.createDataContainer(CONFUSION);
        long row = 0;
        for (final ScoreClassification.Count c : result.confusion()) {
            container.addRowToTable(new DefaultRow(
                    "Row" + row++,
                    new StringCell(c.model()),
                    new StringCell(c.part()),
                    new StringCell(c.label()),
                    new StringCell(c.truth()),
                    new StringCell(c.prediction()),
                    new LongCell(c.cases()),
                    number(c.share())));
        }
        container.close();
        return container.getTable();
    }

    private static BufferedDataTable charts(final ExecutionContext exec, final ScoreClassification.Result result) {
        final BufferedDataContainer container = exec.createDataContainer(CHARTS);
        long row = 0;
        for (final ClassificationChart chart : result.charts()) {
            container.addRowToTable(new DefaultRow(
                    "Row" + row++,
                    new StringCell(chart.name()),
                    new StringCell(chart.model()),
                    TrainingOutput.png(PngEncoder.picture(chart.picture()))));
        }
        container.close();
        return container.getTable();
    }

    private static DataCell number(final double value) {
        return Double.isFinite(value) ? new DoubleCell(value) : DataType.getMissingCell();
    }
}
