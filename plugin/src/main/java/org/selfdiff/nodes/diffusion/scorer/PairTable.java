package org.selfdiff.nodes.diffusion.scorer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.selfdiff.stages.diffusion.ScoreDistribution;

/**
 * The nearest pairs with all columns of both tables but the embeddings, so that the pictures can be seen side by side.
 *
 * @param synthetic table of synthetic pictures
 * @param syntheticEmbeddings their column, which is left out
 * @param real table of real pictures
 * @param realEmbeddings their column, which is left out
 */
record PairTable(DataTableSpec synthetic, String syntheticEmbeddings, DataTableSpec real, String realEmbeddings) {

    /** Columns of the output. */
    DataTableSpec spec() {
        final DataTableSpecCreator creator = new DataTableSpecCreator();
        final Set<String> names = new HashSet<>();
        add(creator, names, "Synthetic row", StringCell.TYPE);
        add(creator, names, "Real row", StringCell.TYPE);
        add(creator, names, "Distance", DoubleCell.TYPE);
        add(creator, names, "Held-out nearer", DoubleCell.TYPE);
        for (final int i : kept(synthetic, syntheticEmbeddings)) {
            final DataColumnSpec column = synthetic.getColumnSpec(i);
            add(creator, names, column.getName() + " (synthetic)", column.getType());
        }
        for (final int i : kept(real, realEmbeddings)) {
            final DataColumnSpec column = real.getColumnSpec(i);
            add(creator, names, column.getName() + " (real)", column.getType());
        }
        return creator.createSpec();
    }

    private static void add(
            final DataTableSpecCreator creator, final Set<String> names, final String name, final DataType type) {
        String unique = name;
        for (int i = 1; !names.add(unique); i++) {
            unique = name + " (#" + i + ")";
        }
        creator.addColumns(new DataColumnSpecCreator(unique, type).createSpec());
    }

    private static int[] kept(final DataTableSpec table, final String embeddings) {
        return IntStream.range(0, table.getNumColumns())
                .filter(i -> !table.getColumnSpec(i).getName().equals(embeddings))
                .toArray();
    }

    /** Writes pairs. */
    BufferedDataTable write(
            final ExecutionContext exec,
            final BufferedDataTable syntheticTable,
            final BufferedDataTable realTable,
            final List<ScoreDistribution.NearestPair> pairs) {
        final Map<Integer, DataRow> first = rows(
                syntheticTable,
                kept(synthetic, syntheticEmbeddings),
                pairs.stream().map(p -> p.pair().synthetic()).toList());
        final Map<Integer, DataRow> second = rows(
                realTable,
                kept(real, realEmbeddings),
                pairs.stream().map(p -> p.pair().training()).toList());
        final BufferedDataContainer container = exec.createDataContainer(spec());
        long row = 0;
        for (final ScoreDistribution.NearestPair pair : pairs) {
            final DataRow a = first.get(pair.pair().synthetic());
            final DataRow b = second.get(pair.pair().training());
            final List<DataCell> cells = new ArrayList<>(List.of(
                    new StringCell(a.getKey().getString()),
                    new StringCell(b.getKey().getString()),
                    new DoubleCell(pair.pair().distance()),
                    DistributionScorerNode.number(pair.heldOutNearer())));
            for (final int i : kept(synthetic, syntheticEmbeddings)) {
                cells.add(a.getCell(i));
            }
            for (final int i : kept(real, realEmbeddings)) {
                cells.add(b.getCell(i));
            }
            container.addRowToTable(new DefaultRow("Row" + row++, cells));
        }
        container.close();
        return container.getTable();
    }

    /** Some rows of a table by their index, without the embeddings. */
    private static Map<Integer, DataRow> rows(
            final BufferedDataTable table, final int[] columns, final List<Integer> wanted) {
        final Set<Integer> indices = new HashSet<>(wanted);
        final Map<Integer, DataRow> rows = new HashMap<>();
        // Where there is nothing but embeddings, names of rows come with them.
        final int[] read = columns.length == 0 ? new int[1] : columns;
        try (CloseableRowIterator all =
                table.filter(TableFilter.materializeCols(read)).iterator()) {
            for (int i = 0; all.hasNext() && rows.size() < indices.size(); i++) {
                final DataRow row = all.next();
                if (indices.contains(i)) {
                    rows.put(i, row);
                }
            }
        }
        return rows;
    }
}
