package org.selfdiff.nodes.bags.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
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
import org.selfdiff.data.EncodedBy;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.nodes.common.BagPrediction;
import org.selfdiff.nodes.common.BagTable;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.BagTargets;
import org.selfdiff.stages.bags.BagUnit;
import org.selfdiff.stages.bags.CompareBags;

/** From the MIL Comparison's settings and table to {@link CompareBags} and back. */
final class MilComparisonNode {
    private static final String PORT = "Tiles";

    private static final double READING = 0.05;

    private static final DataTableSpec METHODS = new DataTableSpec(
            BagTable.column("Method", StringCell.TYPE),
            BagTable.column("AUROC", DoubleCell.TYPE),
            BagTable.column("AUROC low", DoubleCell.TYPE),
            BagTable.column("AUROC high", DoubleCell.TYPE),
            BagTable.column("AUROC, least of the repetitions", DoubleCell.TYPE),
            BagTable.column("AUROC, largest of the repetitions", DoubleCell.TYPE),
            BagTable.column("Average precision", DoubleCell.TYPE),
            BagTable.column("Balanced accuracy", DoubleCell.TYPE),
            BagTable.column("p against the best", DoubleCell.TYPE),
            BagTable.column("Seconds", DoubleCell.TYPE));

    private MilComparisonNode() {}

    /** Classes are seen in the rows, so that the predictions' columns are open until then. */
    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final MilComparisonParameters p = in.getParameters();
        final DataTableSpec table = in.getInTableSpec(0);
        TileTable.check(table, PORT);
        EmbeddingColumn.require(table, p.embeddingColumn, PORT);
        label(p, table);
        out.setOutSpecs(null, METHODS, TrainingOutput.picturesSpec());
    }

    private static int label(final MilComparisonParameters p, final DataTableSpec table)
            throws InvalidSettingsException {
        final String name = p.labelColumn.isBlank() ? BagTable.guessLabel(table) : p.labelColumn;
        final int index = table.findColumnIndex(name);
        if (index < 0) {
            throw new InvalidSettingsException("The table on port \"" + PORT + "\" has no column "
                    + (name.isBlank() ? "of labels" : "\"" + name + "\"")
                    + ". Choose the column with the slides' classes.");
        }
        return index;
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final MilComparisonParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final BufferedDataTable table = in.getInTable(0);
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final DataColumnSpec column;
            final int label;
            try {
                column = EmbeddingColumn.require(table.getDataTableSpec(), p.embeddingColumn, PORT);
                label = label(p, table.getDataTableSpec());
            } catch (InvalidSettingsException e) {
                throw new RunFailed(
                        e.getMessage(), "port \"" + PORT + "\"", "Correct the connection or the setting.", e);
            }
            final BagTable bags = BagTable.read(table, column, BagUnit.SLIDE, control.part(0, READING));
            final String[] labels = labels(table, label, bags);
            final List<String> classes = List.copyOf(new TreeSet<>(Arrays.asList(labels)));
            final BagTargets targets = BagTargets.classes(
                    classes, Arrays.stream(labels).mapToInt(classes::indexOf).toArray());
            final Optional<EncodedBy> by = EmbeddingColumn.encodedBy(column);
            final CompareBags.Result result = CompareBags.run(
                    new CompareBags.Request(
                            bags.bags(),
                            BagUnit.SLIDE,
                            targets,
                            p.networks(bags.width(), targets.outputs()),
                            new ModelInput.Features(
                                    bags.width(),
                                    by.map(EncodedBy::encoder).orElse("unnamed encoder"),
                                    by.map(EncodedBy::fingerprint).orElse("")),
                            p.folds,
                            p.repetitions,
                            p.training(),
                            DeviceChoice.parse(p.compute.device)),
                    control.part(READING, 1));
            out.setOutData(
                    predictions(exec, bags, targets, labels, result),
                    methods(exec, result),
                    TrainingOutput.pictures(exec, Map.of("Methods", PngEncoder.picture(result.chart()))));
        });
    }

    private static String[] labels(final BufferedDataTable table, final int column, final BagTable bags)
            throws RunFailed {
        final String[] labels = new String[bags.bags().size()];
        int i = 0;
        for (final DataRow row : table) {
            final int bag = bags.bagOfRow()[i++];
            final String place =
                    "column \"" + table.getDataTableSpec().getColumnSpec(column).getName() + "\", row \""
                            + row.getKey().getString() + "\"";
            if (!(row.getCell(column) instanceof StringValue text)) {
                throw new RunFailed(
                        "The tile has no label", place, "Give every slide a label, or filter such rows out.");
            }
            final String label = text.getStringValue();
            if (labels[bag] != null && !labels[bag].equals(label)) {
                throw new RunFailed(
                        "The slide " + bags.bags().get(bag).name() + " has two labels, \"" + labels[bag] + "\" and \""
                                + label + "\"",
                        place,
                        "Choose a column that says the same for all tiles of a slide.");
            }
            labels[bag] = label;
        }
        return labels;
    }

    private static BufferedDataTable predictions(
            final ExecutionContext exec,
            final BagTable bags,
            final BagTargets targets,
            final String[] labels,
            final CompareBags.Result result) {
        final List<DataColumnSpec> columns = new ArrayList<>();
        columns.add(BagTable.column("Method", StringCell.TYPE));
        columns.add(BagTable.column("Repetition", IntCell.TYPE));
        columns.addAll(BagPrediction.names(BagUnit.SLIDE));
        columns.add(BagTable.column("Fold", IntCell.TYPE));
        columns.add(BagTable.column("Truth", StringCell.TYPE));
        columns.addAll(BagPrediction.columns(Target.CLASS, targets.names()));
        final BufferedDataContainer container =
                exec.createDataContainer(new DataTableSpec(columns.toArray(DataColumnSpec[]::new)));
        for (final CompareBags.Trial trial : result.trials()) {
            for (int i = 0; i < labels.length; i++) {
                final List<DataCell> cells = new ArrayList<>();
                cells.add(new StringCell(trial.method()));
                cells.add(new IntCell(trial.repetition() + 1));
                cells.addAll(BagPrediction.names(BagUnit.SLIDE, bags.bags().get(i)));
                cells.add(new IntCell(trial.fold()[i] + 1));
                cells.add(new StringCell(labels[i]));
                cells.addAll(BagPrediction.cells(
                        Target.CLASS, targets.names(), trial.predictions().get(i)));
                container.addRowToTable(new DefaultRow("Row" + container.size(), cells.toArray(DataCell[]::new)));
            }
        }
        container.close();
        return container.getTable();
    }

    private static BufferedDataTable methods(final ExecutionContext exec, final CompareBags.Result result) {
        final BufferedDataContainer container = exec.createDataContainer(METHODS);
        for (final CompareBags.Standing s : result.standings()) {
            container.addRowToTable(new DefaultRow(
                    s.method(),
                    new StringCell(s.method()),
                    TileTable.number(s.auroc()),
                    TileTable.number(s.interval().low()),
                    TileTable.number(s.interval().high()),
                    TileTable.number(Arrays.stream(s.single()).min().orElse(Double.NaN)),
                    TileTable.number(Arrays.stream(s.single()).max().orElse(Double.NaN)),
                    TileTable.number(s.averagePrecision()),
                    TileTable.number(s.balancedAccuracy()),
                    TileTable.number(s.p()),
                    new DoubleCell(s.seconds())));
        }
        container.close();
        return container.getTable();
    }
}
