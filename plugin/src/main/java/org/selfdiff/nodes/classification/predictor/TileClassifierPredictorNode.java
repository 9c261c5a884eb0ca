package org.selfdiff.nodes.classification.predictor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DoubleCell;
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
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelClass;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nodes.common.AddedColumns;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.classification.PredictTileClasses;

/** From the Tile Classifier Predictor's settings and ports to {@link PredictTileClasses} and back. */
final class TileClassifierPredictorNode {
    private static final String PORT = "Tiles";

    private static final double READING = 0.1;

    private TileClassifierPredictorNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final TileClassifierPredictorParameters p = in.getParameters();
        final ModelCard card =
                ((ModelPortSpec) in.getInPortSpec(0)).require(ModelTask.Classification.class, PredictTileClasses.MAKER);
        final DataTableSpec tiles = in.getInTableSpec(1);
        column(p, card, tiles);
        out.setOutSpec(0, columns(tiles, card).spec());
    }

    /** The column of embeddings, checked against the model; empty for a model of pixels. */
    private static Optional<DataColumnSpec> column(
            final TileClassifierPredictorParameters p, final ModelCard card, final DataTableSpec tiles)
            throws InvalidSettingsException {
        TileTable.check(tiles, PORT);
        if (!(card.input() instanceof ModelInput.Features features)) {
            return Optional.empty();
        }
        final DataColumnSpec column = EmbeddingColumn.require(tiles, p.embeddingColumn, PORT);
        final Optional<EncodedBy> fitted = features.fingerprint().isEmpty()
                ? Optional.empty()
                : Optional.of(new EncodedBy(features.encoder(), features.fingerprint(), features.width()));
        EmbeddingColumn.requireSame(fitted, "the model", EmbeddingColumn.encodedBy(column), "the tiles");
        return Optional.of(column);
    }

    private static AddedColumns columns(final DataTableSpec tiles, final ModelCard card) {
        final AddedColumns columns =
                AddedColumns.to(tiles).add(new DataColumnSpecCreator("Prediction", StringCell.TYPE).createSpec());
        card.classes()
                .forEach(c ->
                        columns.add(new DataColumnSpecCreator("P (" + c.name() + ")", DoubleCell.TYPE).createSpec()));
        return columns;
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final TileClassifierPredictorParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final ModelPortObject model = in.getInPortObject(0);
        final BufferedDataTable table = in.getInTable(1);
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            if (table.size() == 0) {
                control.warn(TileTable.EMPTY);
            }
            final List<double[]> found = PredictTileClasses.run(
                    new PredictTileClasses.Request(
                            model.file(),
                            shown(p, model.card(), table, control.part(0, READING)),
                            p.batchSize,
                            DeviceChoice.parse(p.compute.device)),
                    control.part(READING, 1));
            out.setOutData(0, predictions(exec, p, model.card(), table, found));
        });
    }

    private static PredictTileClasses.Shown shown(
            final TileClassifierPredictorParameters p,
            final ModelCard card,
            final BufferedDataTable table,
            final RunControl control)
            throws RunFailed, RunCancelled {
        try {
            final Optional<DataColumnSpec> column = column(p, card, table.getDataTableSpec());
            return column.isPresent()
                    ? new PredictTileClasses.Shown.Vectors(EmbeddingColumn.read(table, column.get(), control))
                    : new PredictTileClasses.Shown.Pictures(TileTable.read(table));
        } catch (InvalidSettingsException e) {
            throw new RunFailed(e.getMessage(), "port \"" + PORT + "\"", "Correct the connection or the setting.", e);
        }
    }

    private static BufferedDataTable predictions(
            final ExecutionContext exec,
            final TileClassifierPredictorParameters p,
            final ModelCard card,
            final BufferedDataTable table,
            final List<double[]> found) {
        final boolean multiLabel = ((ModelTask.Classification) card.task()).multiLabel();
        final AddedColumns columns = columns(table.getDataTableSpec(), card);
        final BufferedDataContainer container = exec.createDataContainer(columns.spec());
        int at = 0;
        for (final DataRow row : table) {
            final double[] probabilities = found.get(at++);
            final List<DataCell> cells = new ArrayList<>();
            cells.add(new StringCell(
                    multiLabel
                            ? labels(p, card.classes(), probabilities)
                            : card.classes().get(highest(probabilities)).name()));
            for (final double value : probabilities) {
                cells.add(new DoubleCell(value));
            }
            container.addRowToTable(columns.row(row, cells));
        }
        container.close();
        return container.getTable();
    }

    private static String labels(
            final TileClassifierPredictorParameters p, final List<ModelClass> classes, final double[] probabilities) {
        final List<String> names = new ArrayList<>();
        for (int k = 0; k < probabilities.length; k++) {
            if (probabilities[k] >= p.threshold) {
                names.add(classes.get(k).name());
            }
        }
        return names.isEmpty() ? p.noLabel : String.join(p.separator, names);
    }

    private static int highest(final double[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            best = values[k] > values[best] ? k : best;
        }
        return best;
    }
}
