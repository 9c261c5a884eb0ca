package org.selfdiff.nodes.diffusion.conditions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.StringValue;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.collection.ListCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.selfdiff.diffusion.conditions.Sources;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.diffusion.SampleConditions;

/**
 * The table of conditions.
 *
 * @param column the column of vectors that they are made from
 */
record ConditionTable(DataColumnSpec column) {

    /** Makes conditions and hands them over. */
    @FunctionalInterface
    interface Making {
        void into(SampleConditions.Receiver receiver) throws RunFailed, RunCancelled;
    }

    /** The vectors in a column named and marked like the sources', then where they come from. */
    DataTableSpec spec() {
        final DataColumnSpecCreator vectors =
                new DataColumnSpecCreator(column.getName(), ListCell.getCollectionType(DoubleCell.TYPE));
        vectors.setProperties(column.getProperties());
        DataTableSpec spec = new DataTableSpec(vectors.createSpec());
        spec = with(spec, "Sources", ListCell.getCollectionType(StringCell.TYPE));
        spec = with(spec, "Weights", ListCell.getCollectionType(DoubleCell.TYPE));
        spec = with(spec, "Label", StringCell.TYPE);
        return with(spec, "Strategy", StringCell.TYPE);
    }

    private static DataTableSpec with(final DataTableSpec spec, final String name, final DataType type) {
        final String free = DataTableSpec.getUniqueColumnName(spec, name);
        return new DataTableSpec(spec, new DataTableSpec(new DataColumnSpecCreator(free, type).createSpec()));
    }

    /**
     * Reads vectors, labels and row IDs.
     *
     * @param labels name of the column of labels, empty if there is none
     */
    static Sources sources(
            final BufferedDataTable table, final DataColumnSpec column, final String labels, final RunControl control)
            throws RunFailed, RunCancelled {
        final List<float[]> vectors =
                EmbeddingColumn.read(table, column, control).rows();
        if (vectors.isEmpty()) {
            throw new RunFailed(
                    "There are no rows to make conditions from",
                    "the table on port \"Embeddings\"",
                    "Connect a table with at least one row.");
        }
        final int index = labels.isEmpty() ? -1 : table.getDataTableSpec().findColumnIndex(labels);
        final List<Optional<String>> names = new ArrayList<>();
        final List<String> rows = new ArrayList<>();
        for (final DataRow row : table) {
            rows.add(row.getKey().getString());
            names.add(
                    index >= 0 && row.getCell(index) instanceof StringValue label
                            ? Optional.of(label.getStringValue())
                            : Optional.empty());
        }
        return new Sources(vectors, names, rows);
    }

    /** Writes conditions as they are made; row keys count from {@code Condition0}. */
    BufferedDataTable write(
            final ExecutionContext exec, final Sources sources, final String strategy, final Making making)
            throws RunFailed, RunCancelled {
        final BufferedDataContainer container = exec.createDataContainer(spec());
        try {
            making.into((number, condition) -> container.addRowToTable(new DefaultRow(
                    "Condition" + number,
                    EmbeddingColumn.cell(condition.vector()),
                    list(condition.sources().stream()
                            .map(row -> new StringCell(sources.names().get(row)))
                            .toList()),
                    list(condition.weights().stream().map(DoubleCell::new).toList()),
                    TileTable.text(condition.label()),
                    new StringCell(strategy))));
        } finally {
            container.close();
        }
        return container.getTable();
    }

    /** Missing for a condition that is made of a whole label. */
    private static DataCell list(final List<? extends DataCell> cells) {
        return cells.isEmpty() ? DataType.getMissingCell() : CollectionCellFactory.createListCell(cells);
    }
}
