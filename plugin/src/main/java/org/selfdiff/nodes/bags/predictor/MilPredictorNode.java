package org.selfdiff.nodes.bags.predictor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
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
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelClass;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nodes.common.AddedColumns;
import org.selfdiff.nodes.common.BagTable;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.Bag;
import org.selfdiff.stages.bags.PredictBags;

/** From the MIL Predictor's settings and ports to {@link PredictBags} and back. */
final class MilPredictorNode {
    private static final String PORT = "Tiles";

    private MilPredictorNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final MilPredictorParameters p = in.getParameters();
        final ModelCard card = ((ModelPortSpec) in.getInPortSpec(0)).require(ModelTask.Bags.class, "MIL Learner");
        final DataTableSpec tiles = in.getInTableSpec(1);
        column(p, card, tiles);
        out.setOutSpecs(slides(card), attention(tiles).spec());
    }

    private static DataColumnSpec column(
            final MilPredictorParameters p, final ModelCard card, final DataTableSpec tiles)
            throws InvalidSettingsException {
        TileTable.check(tiles, PORT);
        final DataColumnSpec column = EmbeddingColumn.require(tiles, p.embeddingColumn, PORT);
        final Optional<EncodedBy> trained = card.input() instanceof ModelInput.Features f
                        && !f.fingerprint().isEmpty()
                ? Optional.of(new EncodedBy(f.encoder(), f.fingerprint(), f.width()))
                : Optional.empty();
        EmbeddingColumn.requireSame(trained, "the model", EmbeddingColumn.encodedBy(column), "the tiles");
        return column;
    }

    private static DataTableSpec slides(final ModelCard card) {
        final List<DataColumnSpec> columns = new ArrayList<>(List.of(
                BagTable.column("Slide", StringCell.TYPE),
                BagTable.column("Patient", StringCell.TYPE),
                BagTable.column("Tiles", IntCell.TYPE),
                BagTable.column("Prediction", StringCell.TYPE)));
        for (final ModelClass c : card.classes()) {
            columns.add(BagTable.column("P (" + c.name() + ")", DoubleCell.TYPE));
        }
        return new DataTableSpec(columns.toArray(DataColumnSpec[]::new));
    }

    private static AddedColumns attention(final DataTableSpec tiles) {
        return AddedColumns.to(tiles).add(BagTable.column("Attention", DoubleCell.TYPE));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final MilPredictorParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final ModelPortObject model = in.getInPortObject(0);
        final BufferedDataTable tiles = in.getInTable(1);
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final DataColumnSpec column;
            try {
                column = column(p, model.card(), tiles.getDataTableSpec());
            } catch (InvalidSettingsException e) {
                throw new RunFailed(
                        e.getMessage(), "port \"" + PORT + "\"", "Correct the connection or the setting.", e);
            }
            final BagTable bags = BagTable.read(tiles, column, control.part(0, 0.1));
            final PredictBags.Result result = PredictBags.run(
                    new PredictBags.Request(model.file(), bags.bags(), p.focus, DeviceChoice.parse(p.compute.device)),
                    control.part(0.1, 1));
            out.setOutData(slides(exec, model.card(), bags, result), tiles(exec, tiles, bags, result));
        });
    }

    private static BufferedDataTable slides(
            final ExecutionContext exec, final ModelCard card, final BagTable bags, final PredictBags.Result result) {
        final BufferedDataContainer container = exec.createDataContainer(slides(card));
        for (int i = 0; i < bags.bags().size(); i++) {
            final Bag bag = bags.bags().get(i);
            final double[] probabilities = result.probabilities().get(i);
            int best = 0;
            for (int c = 1; c < probabilities.length; c++) {
                best = probabilities[c] > probabilities[best] ? c : best;
            }
            final List<DataCell> cells = new ArrayList<>(List.of(
                    new StringCell(bag.name()),
                    new StringCell(bag.patient()),
                    new IntCell(bag.size()),
                    new StringCell(result.classes().get(best))));
            for (final double value : probabilities) {
                cells.add(new DoubleCell(value));
            }
            container.addRowToTable(new DefaultRow("Slide" + i, cells.toArray(DataCell[]::new)));
        }
        container.close();
        return container.getTable();
    }

    private static BufferedDataTable tiles(
            final ExecutionContext exec,
            final BufferedDataTable tiles,
            final BagTable bags,
            final PredictBags.Result result) {
        final double[] byRow = new double[bags.tiles()];
        for (int i = 0; i < bags.bags().size(); i++) {
            final int[] rows = bags.bags().get(i).rows();
            for (int k = 0; k < rows.length; k++) {
                byRow[rows[k]] = result.attention().get(i)[k];
            }
        }
        final AddedColumns columns = attention(tiles.getDataTableSpec());
        final BufferedDataContainer container = exec.createDataContainer(columns.spec());
        int row = 0;
        for (final DataRow r : tiles) {
            container.addRowToTable(columns.row(r, List.of(new DoubleCell(byRow[row++]))));
        }
        container.close();
        return container.getTable();
    }
}
