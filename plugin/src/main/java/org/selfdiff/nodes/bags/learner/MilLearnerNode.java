package org.selfdiff.nodes.bags.learner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.filestore.FileStore;
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
import org.selfdiff.model.ModelInput;
import org.selfdiff.nodes.common.BagTable;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.ModelStore;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.Bag;
import org.selfdiff.stages.bags.LearnBags;

/** From the MIL Learner's settings and table to {@link LearnBags} and back. */
final class MilLearnerNode {
    private static final String PORT = "Tiles";

    private static final double READING = 0.05;

    private MilLearnerNode() {}

    /** Classes and their number are seen in the rows, so that the outputs are open until then. */
    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final MilLearnerParameters p = in.getParameters();
        final DataTableSpec table = in.getInTableSpec(0);
        TileTable.check(table, PORT);
        EmbeddingColumn.require(table, p.embeddingColumn, PORT);
        label(p, table);
        out.setOutSpecs(null, null, TrainingOutput.picturesSpec());
    }

    private static String label(final MilLearnerParameters p, final DataTableSpec table)
            throws InvalidSettingsException {
        final String name = p.labelColumn.isBlank() ? BagTable.guessLabel(table) : p.labelColumn;
        if (name.isBlank() || !table.containsName(name)) {
            throw new InvalidSettingsException("The table on port \"" + PORT + "\" has no column "
                    + (name.isBlank() ? "of labels" : "\"" + name + "\"")
                    + ". Choose the column with the slides' classes.");
        }
        return name;
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final MilLearnerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final BufferedDataTable table = in.getInTable(0);
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final DataColumnSpec column;
            final String label;
            try {
                column = EmbeddingColumn.require(table.getDataTableSpec(), p.embeddingColumn, PORT);
                label = label(p, table.getDataTableSpec());
            } catch (InvalidSettingsException e) {
                throw new RunFailed(
                        e.getMessage(), "port \"" + PORT + "\"", "Correct the connection or the setting.", e);
            }
            final BagTable bags = BagTable.read(table, column, control.part(0, READING));
            final List<String> labels = bags.labels(table, label);
            final List<String> classes = new ArrayList<>(new TreeSet<>(labels));
            final int width = bags.bags().get(0).features().get(0).length;
            final Optional<EncodedBy> by = EmbeddingColumn.encodedBy(column);
            final FileStore store = ModelStore.create(exec);
            final LearnBags.Result result = LearnBags.run(
                    new LearnBags.Request(
                            bags.bags(),
                            labels.stream().mapToInt(classes::indexOf).toArray(),
                            classes,
                            p.spec(width, classes.size()),
                            new ModelInput.Features(
                                    width,
                                    by.map(EncodedBy::encoder).orElse("unnamed encoder"),
                                    by.map(EncodedBy::fingerprint).orElse("")),
                            p.folds,
                            p.bagTiles,
                            p.plan(),
                            p.compute.seed,
                            DeviceChoice.parse(p.compute.device),
                            ModelStore.file(store)),
                    control.part(READING, 1));
            final Map<String, byte[]> pictures = new LinkedHashMap<>();
            for (int k = 0; k < result.logs().size(); k++) {
                pictures.put(
                        "Loss curve, fold " + (k + 1),
                        TrainingOutput.curve("Fold " + (k + 1), result.logs().get(k)));
            }
            out.setOutData(
                    new ModelPortObject(result.card(), store),
                    predictions(exec, bags.bags(), labels, classes, result),
                    TrainingOutput.pictures(exec, pictures));
        });
    }

    /** What the network of a slide's fold, which never saw it, says of it. */
    private static BufferedDataTable predictions(
            final ExecutionContext exec,
            final List<Bag> bags,
            final List<String> labels,
            final List<String> classes,
            final LearnBags.Result result) {
        final List<DataColumnSpec> columns = new ArrayList<>(List.of(
                BagTable.column("Slide", StringCell.TYPE),
                BagTable.column("Patient", StringCell.TYPE),
                BagTable.column("Fold", IntCell.TYPE),
                BagTable.column("Truth", StringCell.TYPE),
                BagTable.column("Prediction", StringCell.TYPE)));
        classes.forEach(name -> columns.add(BagTable.column("P (" + name + ")", DoubleCell.TYPE)));
        final BufferedDataContainer container =
                exec.createDataContainer(new DataTableSpec(columns.toArray(DataColumnSpec[]::new)));
        for (int i = 0; i < bags.size(); i++) {
            final double[] p = result.probabilities().get(i);
            int best = 0;
            for (int c = 1; c < p.length; c++) {
                best = p[c] > p[best] ? c : best;
            }
            final List<DataCell> cells = new ArrayList<>(List.of(
                    new StringCell(bags.get(i).name()),
                    new StringCell(bags.get(i).patient()),
                    new IntCell(result.fold()[i] + 1),
                    new StringCell(labels.get(i)),
                    new StringCell(classes.get(best))));
            for (final double value : p) {
                cells.add(new DoubleCell(value));
            }
            container.addRowToTable(new DefaultRow("Slide" + i, cells.toArray(DataCell[]::new)));
        }
        container.close();
        return container.getTable();
    }
}
