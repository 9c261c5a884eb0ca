package org.selfdiff.nodes.bags.learner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.selfdiff.nodes.common.BagPrediction;
import org.selfdiff.nodes.common.BagTable;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.ModelStore;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.Bag;
import org.selfdiff.stages.bags.BagTargets;
import org.selfdiff.stages.bags.BagUnit;
import org.selfdiff.stages.bags.LearnBags;

/** From the MIL Learner's settings and tables to {@link LearnBags} and back. */
final class MilLearnerNode {
    /** Index of the table of labels. */
    static final int LABELS = 1;

    private static final String PORT = "Tiles";

    private static final String LABEL_PORT = "Labels";

    private static final double READING = 0.05;

    private MilLearnerNode() {}

    /** Classes and their number are seen in the rows, so that the outputs are open until then. */
    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final MilLearnerParameters p = in.getParameters();
        final DataTableSpec table = in.getInTableSpec(0);
        TileTable.check(table, PORT);
        EmbeddingColumn.require(table, p.embeddingColumn, PORT);
        truthColumns(p, table, Optional.ofNullable((DataTableSpec) in.getInPortSpec(LABELS)));
        out.setOutSpecs(null, null, TrainingOutput.picturesSpec());
    }

    private static TruthColumns truthColumns(
            final MilLearnerParameters p, final DataTableSpec tiles, final Optional<DataTableSpec> labels)
            throws InvalidSettingsException {
        return TruthColumns.of(labels.orElse(tiles), p, labels.isPresent() ? LABEL_PORT : PORT);
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final MilLearnerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final BufferedDataTable table = in.getInTable(0);
        final Optional<BufferedDataTable> labels = Optional.ofNullable((BufferedDataTable) in.getInPortObject(LABELS));
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final DataColumnSpec column;
            final TruthColumns columns;
            try {
                column = EmbeddingColumn.require(table.getDataTableSpec(), p.embeddingColumn, PORT);
                columns = truthColumns(p, table.getDataTableSpec(), labels.map(BufferedDataTable::getDataTableSpec));
            } catch (InvalidSettingsException e) {
                throw new RunFailed(
                        e.getMessage(), "port \"" + PORT + "\"", "Correct the connection or the setting.", e);
            }
            final BagTable bags = BagTable.read(table, column, p.bagUnit(), control.part(0, READING));
            final BagTruth truth = BagTruth.of(rows(p, table, labels, bags, columns, control), p, columns);
            final Optional<EncodedBy> by = EmbeddingColumn.encodedBy(column);
            final FileStore store = ModelStore.create(exec);
            final LearnBags.Result result = LearnBags.run(
                    new LearnBags.Request(
                            bags.bags(),
                            p.bagUnit(),
                            truth.targets(),
                            p.spec(bags.width(), truth.targets().outputs()),
                            new ModelInput.Features(
                                    bags.width(),
                                    by.map(EncodedBy::encoder).orElse("unnamed encoder"),
                                    by.map(EncodedBy::fingerprint).orElse("")),
                            new LearnBags.Split(p.folds, truth.folds(), p.seeds),
                            p.training(),
                            DeviceChoice.parse(p.compute.device),
                            p.checkpoints.path(),
                            ModelStore.file(store)),
                    control.part(READING, 1));
            out.setOutData(
                    new ModelPortObject(result.card(), store),
                    predictions(exec, p.bagUnit(), bags.bags(), truth, result),
                    TrainingOutput.pictures(exec, curves(result, p.seeds)));
        });
    }

    private static TruthRows rows(
            final MilLearnerParameters p,
            final BufferedDataTable tiles,
            final Optional<BufferedDataTable> labels,
            final BagTable bags,
            final TruthColumns columns,
            final RunControl control)
            throws RunFailed {
        final String unit = p.bagUnit().word();
        return labels.isPresent()
                ? TruthRows.ofLabels(labels.get(), bags, unit, p.slideColumn, p.patientColumn, columns.all(), control)
                : TruthRows.ofTiles(tiles, bags, unit, columns.all());
    }

    private static Map<String, byte[]> curves(final LearnBags.Result result, final int seeds) {
        final Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (int k = 0; k < result.logs().size(); k++) {
            final String fold = "fold " + (k / seeds + 1) + (seeds == 1 ? "" : ", network " + (k % seeds + 1));
            pictures.put(
                    "Loss curve, " + fold,
                    TrainingOutput.curve("F" + fold.substring(1), result.logs().get(k)));
        }
        return pictures;
    }

    /** What the network of a bag's fold, which never saw it, says of it. */
    private static BufferedDataTable predictions(
            final ExecutionContext exec,
            final BagUnit unit,
            final List<Bag> bags,
            final BagTruth truth,
            final LearnBags.Result result) {
        final BagTargets targets = truth.targets();
        final List<DataColumnSpec> columns = new ArrayList<>(BagPrediction.names(unit));
        columns.add(BagTable.column("Fold", IntCell.TYPE));
        switch (targets.kind()) {
            case CLASS, LABELS -> columns.add(BagTable.column("Truth", StringCell.TYPE));
            case REGRESSION -> columns.add(BagTable.column("Truth", DoubleCell.TYPE));
            case SURVIVAL -> {
                columns.add(BagTable.column("Time", DoubleCell.TYPE));
                columns.add(BagTable.column("Event", IntCell.TYPE));
            }
        }
        columns.addAll(BagPrediction.columns(targets.kind(), targets.names()));
        final BufferedDataContainer container =
                exec.createDataContainer(new DataTableSpec(columns.toArray(DataColumnSpec[]::new)));
        for (int i = 0; i < bags.size(); i++) {
            final List<DataCell> cells = new ArrayList<>(BagPrediction.names(unit, bags.get(i)));
            cells.add(new IntCell(result.fold()[i] + 1));
            cells.addAll(truth.cells().get(i));
            cells.addAll(BagPrediction.cells(
                    targets.kind(), targets.names(), result.predictions().get(i)));
            container.addRowToTable(new DefaultRow(BagPrediction.key(unit, i), cells.toArray(DataCell[]::new)));
        }
        container.close();
        return container.getTable();
    }
}
