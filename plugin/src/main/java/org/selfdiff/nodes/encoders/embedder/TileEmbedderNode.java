package org.selfdiff.nodes.encoders.embedder;

import java.util.List;
import org.knime.core.data.DataType;
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
import org.selfdiff.model.ModelTask;
import org.selfdiff.nodes.common.AddedColumns;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.Rows;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.encoders.EmbedTiles;
import org.selfdiff.stages.encoders.Encoder;

/** From the Tile Embedder's settings and ports to {@link EmbedTiles} and back. */
final class TileEmbedderNode {
    private static final String EMBEDDING = "Embedding";

    private TileEmbedderNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final TileEmbedderParameters p = in.getParameters();
        final ModelCard card = ((ModelPortSpec) in.getInPortSpec(0)).require(ModelTask.Encoder.class, Encoder.MAKERS);
        TileTable.check(in.getInTableSpec(1), "Tiles");
        try {
            Encoder.requireChannels(card.pixels("port \"Encoder\""), "port \"Encoder\"");
        } catch (RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
        final ModelTask.Encoder encoder = (ModelTask.Encoder) card.task();
        out.setOutSpec(
                0,
                AddedColumns.to(in.getInTableSpec(1))
                        .add(EmbeddingColumn.planned(
                                EMBEDDING, encoder.name(), p.tokens.pooling().width(encoder.width())))
                        .spec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final TileEmbedderParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final ModelPortObject model = in.getInPortObject(0);
            final BufferedDataTable table = in.getInTable(1);
            if (table.size() == 0) {
                control.warn(TileTable.EMPTY);
            }
            final EmbedTiles.Request request = new EmbedTiles.Request(
                    model.file(),
                    TileTable.read(table),
                    p.tokens.pooling(),
                    p.batchSize,
                    p.onFailure.policy(),
                    DeviceChoice.parse(p.compute.device));
            try (Rows rows = new Rows(table)) {
                final Embedded embedded = new Embedded(exec, table, rows);
                EmbedTiles.run(request, embedded::begin, control);
                out.setOutData(0, embedded.table());
            }
        });
    }

    /** The table that comes out, row by row. */
    private static final class Embedded {
        private final ExecutionContext exec;

        private final BufferedDataTable table;

        private final Rows rows;

        private BufferedDataContainer container;

        private Embedded(final ExecutionContext exec, final BufferedDataTable table, final Rows rows) {
            this.exec = exec;
            this.table = table;
            this.rows = rows;
        }

        private EmbedTiles.Receiver begin(final EncodedBy encodedBy) {
            final AddedColumns columns =
                    AddedColumns.to(table.getDataTableSpec()).add(EmbeddingColumn.spec(EMBEDDING, encodedBy));
            container = exec.createDataContainer(columns.spec());
            return (index, embedding) -> container.addRowToTable(columns.row(
                    rows.at(index), List.of(embedding.map(EmbeddingColumn::cell).orElseGet(DataType::getMissingCell))));
        }

        private BufferedDataTable table() {
            container.close();
            return container.getTable();
        }
    }
}
