package org.selfdiff.nodes.encoders.embedder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
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
import org.selfdiff.model.ModelTask;
import org.selfdiff.nodes.common.AddedColumns;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.Rows;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.nodes.common.WorkflowFolder;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.WriteFeatures;
import org.selfdiff.stages.encoders.AttentionMaps;
import org.selfdiff.stages.encoders.EmbedTiles;
import org.selfdiff.stages.encoders.Encoder;

/** From the Tile Embedder's settings and ports to {@link EmbedTiles} and back. */
final class TileEmbedderNode {
    private static final String EMBEDDING = "Embedding";

    private static final String ATTENTION = "Attention map";

    /** Above so many rows a table of numbers becomes unwieldy. */
    private static final int MOST_IN_TABLE = 200_000;

    private TileEmbedderNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final TileEmbedderParameters p = in.getParameters();
        final ModelCard card = ((ModelPortSpec) in.getInPortSpec(0)).require(ModelTask.Encoder.class, Encoder.MAKERS);
        TileTable.check(in.getInTableSpec(1), "Tiles");
        try {
            Encoder.requireChannels(card.pixels("port \"Encoder\""), "port \"Encoder\"");
            if (p.attention != TileEmbedderParameters.Attention.NONE) {
                Encoder.requireAttention(card);
            }
        } catch (RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
        final ModelTask.Encoder encoder = (ModelTask.Encoder) card.task();
        final int width = p.tokens.pooling().width(encoder.width());
        final DataColumnSpec planned = p.place == TileEmbedderParameters.Place.FILES
                ? EmbeddingColumn.plannedReferences(EMBEDDING, encoder.name(), width)
                : EmbeddingColumn.planned(EMBEDDING, encoder.name(), width);
        out.setOutSpec(
                0,
                columns(in.getInTableSpec(1), planned, p.attention != TileEmbedderParameters.Attention.NONE)
                        .spec());
    }

    private static AddedColumns columns(
            final DataTableSpec table, final DataColumnSpec embedding, final boolean attention) {
        final AddedColumns columns = AddedColumns.to(table).add(embedding);
        return attention ? columns.add(new DataColumnSpecCreator(ATTENTION, StringCell.TYPE).createSpec()) : columns;
    }

    private static Optional<AttentionMaps> attention(final TileEmbedderParameters p) throws RunFailed {
        if (p.attention == TileEmbedderParameters.Attention.NONE) {
            return Optional.empty();
        }
        return Optional.of(new AttentionMaps(
                UserPath.resolve(p.attentionFolder, "Folder for attention maps"),
                p.attention == TileEmbedderParameters.Attention.HEADS));
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
                    DeviceChoice.parse(p.compute.device),
                    UserPath.ifGiven(p.parts, "Folder for interrupted runs"),
                    attention(p));
            final boolean files = p.place == TileEmbedderParameters.Place.FILES
                    || p.place == TileEmbedderParameters.Place.AUTO && table.size() > MOST_IN_TABLE;
            if (files && p.place == TileEmbedderParameters.Place.AUTO) {
                control.warn("The embeddings of " + table.size() + " tiles are in files in \"" + p.folder
                        + "\"; the column refers to them.");
            }
            final Optional<Path> folder =
                    files ? Optional.of(UserPath.resolve(p.folder, "Folder for files")) : Optional.empty();
            try (Rows rows = new Rows(table)) {
                final Embedded embedded = new Embedded(exec, table, rows, request, folder);
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

        private final EmbedTiles.Request request;

        private final Optional<Path> folder;

        private final WorkflowFolder workflow = WorkflowFolder.current();

        private BufferedDataContainer container;

        /** Files go into the folder, if there is one. */
        private Embedded(
                final ExecutionContext exec,
                final BufferedDataTable table,
                final Rows rows,
                final EmbedTiles.Request request,
                final Optional<Path> folder) {
            this.exec = exec;
            this.table = table;
            this.rows = rows;
            this.request = request;
            this.folder = folder;
        }

        private EmbedTiles.Receiver begin(final EncodedBy encodedBy) throws RunFailed {
            final AddedColumns columns = columns(
                    table.getDataTableSpec(),
                    folder.isPresent()
                            ? EmbeddingColumn.referenceSpec(EMBEDDING, encodedBy)
                            : EmbeddingColumn.spec(EMBEDDING, encodedBy),
                    request.attention().isPresent());
            container = exec.createDataContainer(columns.spec());
            if (folder.isEmpty()) {
                return (index, embedding) -> add(columns, index, embedding.map(EmbeddingColumn::cell));
            }
            final WriteFeatures writing =
                    WriteFeatures.of(new WriteFeatures.Request(folder.get(), request.tiles(), Optional.of(encodedBy)));
            return (index, embedding) -> add(
                    columns,
                    index,
                    writing.take(embedding).map(reference -> EmbeddingColumn.cell(reference, workflow)));
        }

        private void add(final AddedColumns columns, final int index, final Optional<DataCell> cell) {
            final List<DataCell> cells = new ArrayList<>();
            cells.add(cell.orElseGet(DataType::getMissingCell));
            request.attention()
                    .ifPresent(maps -> cells.add(
                            cell.isEmpty()
                                    ? DataType.getMissingCell()
                                    : new StringCell(workflow.name(
                                            maps.file(index, request.tiles().get(index))))));
            container.addRowToTable(columns.row(rows.at(index), cells));
        }

        private BufferedDataTable table() {
            container.close();
            return container.getTable();
        }
    }
}
