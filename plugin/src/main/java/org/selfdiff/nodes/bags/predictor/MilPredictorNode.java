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
import org.selfdiff.nodes.common.BagPrediction;
import org.selfdiff.nodes.common.BagTable;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.Bag;
import org.selfdiff.stages.bags.BagUnit;
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
        out.setOutSpecs(slides(card, unit(card)), attention(tiles).spec());
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

    private static DataTableSpec slides(final ModelCard card, final BagUnit unit) {
        final List<DataColumnSpec> columns = new ArrayList<>(BagPrediction.names(unit));
        columns.add(BagTable.column("Tiles", IntCell.TYPE));
        columns.addAll(BagPrediction.columns(target(card), names(card)));
        return new DataTableSpec(columns.toArray(DataColumnSpec[]::new));
    }

    private static ModelTask.Bags.Target target(final ModelCard card) {
        return ((ModelTask.Bags) card.task()).target();
    }

    private static List<String> names(final ModelCard card) {
        return card.classes().stream().map(ModelClass::name).toList();
    }

    private static BagUnit unit(final ModelCard card) throws InvalidSettingsException {
        try {
            return PredictBags.unit(card, "port \"Model\"");
        } catch (RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    private static AddedColumns attention(final DataTableSpec tiles) {
        return AddedColumns.to(tiles)
                .add(BagTable.column("Attention", DoubleCell.TYPE))
                .add(BagTable.column("Region", IntCell.TYPE))
                .add(BagTable.column("Region attention", DoubleCell.TYPE));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final MilPredictorParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final ModelPortObject model = in.getInPortObject(0);
        final BufferedDataTable tiles = in.getInTable(1);
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final DataColumnSpec column;
            final BagUnit unit;
            try {
                column = column(p, model.card(), tiles.getDataTableSpec());
                unit = unit(model.card());
            } catch (InvalidSettingsException e) {
                throw new RunFailed(
                        e.getMessage(), "port \"" + PORT + "\"", "Correct the connection or the setting.", e);
            }
            final BagTable bags = BagTable.read(tiles, column, unit, control.part(0, 0.1));
            final PredictBags.Result result = PredictBags.run(
                    new PredictBags.Request(
                            model.file(), bags.bags(), p.passes(), p.calibrated, DeviceChoice.parse(p.compute.device)),
                    control.part(0.1, 1));
            out.setOutData(slides(exec, model.card(), unit, bags, result), tiles(exec, tiles, bags, result));
        });
    }

    private static BufferedDataTable slides(
            final ExecutionContext exec,
            final ModelCard card,
            final BagUnit unit,
            final BagTable bags,
            final PredictBags.Result result) {
        final BufferedDataContainer container = exec.createDataContainer(slides(card, unit));
        for (int i = 0; i < bags.bags().size(); i++) {
            final Bag bag = bags.bags().get(i);
            final List<DataCell> cells = new ArrayList<>(BagPrediction.names(unit, bag));
            cells.add(new IntCell(bag.size()));
            cells.addAll(BagPrediction.cells(
                    target(card), names(card), result.predictions().get(i)));
            container.addRowToTable(new DefaultRow(BagPrediction.key(unit, i), cells.toArray(DataCell[]::new)));
        }
        container.close();
        return container.getTable();
    }

    private static BufferedDataTable tiles(
            final ExecutionContext exec,
            final BufferedDataTable tiles,
            final BagTable bags,
            final PredictBags.Result result) {
        final int[] place = new int[bags.tiles()];
        for (final Bag bag : bags.bags()) {
            for (int k = 0; k < bag.rows().length; k++) {
                place[bag.rows()[k]] = k;
            }
        }
        final AddedColumns columns = attention(tiles.getDataTableSpec());
        final BufferedDataContainer container = exec.createDataContainer(columns.spec());
        int row = 0;
        for (final DataRow r : tiles) {
            final PredictBags.Attention attention = result.attention().get(bags.bagOfRow()[row]);
            final int region = attention.region()[place[row]];
            container.addRowToTable(columns.row(
                    r,
                    List.of(
                            new DoubleCell(attention.tiles()[place[row]]),
                            new IntCell(region + 1),
                            new DoubleCell(attention.regions()[region]))));
            row++;
        }
        container.close();
        return container.getTable();
    }
}
