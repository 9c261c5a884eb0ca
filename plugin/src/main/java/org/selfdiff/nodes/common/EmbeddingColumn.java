package org.selfdiff.nodes.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.StringValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParametersInput;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.features.FeatureFile;
import org.selfdiff.data.features.FeatureReference;
import org.selfdiff.data.features.FeatureRows;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Embeddings as a column of a table: a list of doubles in each row, which KNIME's own nodes can work with, or a text that
 * refers to a row of a file of features, where a table of numbers would become too large. Properties of the column say
 * which encoder made them, and travel with it through every node. Lists without them, from anywhere else, are read just
 * as well.
 */
public final class EmbeddingColumn {
    /** Property of the column: name of the encoder. */
    public static final String ENCODER = "selfdiff.encoder";

    /** Property of the column: the encoder's fingerprint. */
    public static final String FINGERPRINT = "selfdiff.encoder.fingerprint";

    /** Property of the column: how many numbers an embedding has. */
    public static final String WIDTH = "selfdiff.encoder.width";

    /** Property of a column of texts: they are {@link FeatureReference}s. */
    private static final String REFERENCES = "selfdiff.embedding.references";

    private static final int ROWS_BETWEEN_REPORTS = 1000;

    private EmbeddingColumn() {}

    /** A column of embeddings as an output table declares it. */
    public static DataColumnSpec spec(final String name, final EncodedBy encodedBy) {
        return spec(name, VectorCells.LIST, properties(encodedBy));
    }

    /** The same before the encoder's fingerprint is known: as a node declares it while it is configured. */
    public static DataColumnSpec planned(final String name, final String encoder, final int width) {
        return spec(name, VectorCells.LIST, Map.of(ENCODER, encoder, WIDTH, Integer.toString(width)));
    }

    /** The same for references to files of features. */
    public static DataColumnSpec plannedReferences(final String name, final String encoder, final int width) {
        return spec(
                name, StringCell.TYPE, Map.of(ENCODER, encoder, WIDTH, Integer.toString(width), REFERENCES, "true"));
    }

    /** A column of references to files of features as an output table declares it. */
    public static DataColumnSpec referenceSpec(final String name, final EncodedBy encodedBy) {
        final Map<String, String> properties = new HashMap<>(properties(encodedBy));
        properties.put(REFERENCES, "true");
        return spec(name, StringCell.TYPE, properties);
    }

    private static DataColumnSpec spec(final String name, final DataType type, final Map<String, String> properties) {
        final DataColumnSpecCreator creator = new DataColumnSpecCreator(name, type);
        creator.setProperties(new DataColumnProperties(properties));
        return creator.createSpec();
    }

    private static Map<String, String> properties(final EncodedBy encodedBy) {
        return Map.of(
                ENCODER, encodedBy.encoder(),
                FINGERPRINT, encodedBy.fingerprint(),
                WIDTH, Integer.toString(encodedBy.width()));
    }

    /** Whether a column holds embeddings, or references to them. */
    static boolean holds(final DataColumnSpec column) {
        return VectorCells.holds(column.getType()) || refers(column);
    }

    /** Whether a column holds references to files of features. */
    public static boolean refers(final DataColumnSpec column) {
        return column.getType().isCompatible(StringValue.class)
                && column.getProperties().containsProperty(REFERENCES);
    }

    /** The cell of one row. */
    public static DataCell cell(final float[] embedding) {
        return VectorCells.list(embedding);
    }

    /** The cell of one row of a column of references; files in the workflow are named relative to it. */
    public static DataCell cell(final FeatureReference reference, final WorkflowFolder workflow) {
        return new StringCell(reference.text(workflow::name));
    }

    /** Who made the embeddings of a column; empty if its properties do not say so. */
    public static Optional<EncodedBy> encodedBy(final DataColumnSpec column) {
        final DataColumnProperties properties = column.getProperties();
        final String width = properties.getProperty(WIDTH, "");
        if (!properties.containsProperty(FINGERPRINT) || !width.matches("[1-9]\\d{0,8}")) {
            return Optional.empty();
        }
        return Optional.of(new EncodedBy(
                properties.getProperty(ENCODER, "unnamed encoder"),
                properties.getProperty(FINGERPRINT),
                Integer.parseInt(width)));
    }

    /**
     * The column that a node starts with: the last one that an encoder of ours made, else the first that holds vectors.
     *
     * @return its name, empty if there is none or the input is not known yet
     */
    public static String guess(final NodeParametersInput input, final int port) {
        return input.getInTableSpec(port).map(EmbeddingColumn::guess).orElse("");
    }

    private static String guess(final DataTableSpec table) {
        final List<DataColumnSpec> vectors =
                table.stream().filter(EmbeddingColumn::holds).toList();
        return vectors.stream()
                .filter(column -> encodedBy(column).isPresent())
                .reduce((first, second) -> second)
                .or(() -> vectors.stream().findFirst())
                .map(DataColumnSpec::getName)
                .orElse("");
    }

    /**
     * The chosen column.
     *
     * @param table the input
     * @param chosen name from the settings; blank takes what {@link #guess} would
     * @param port name of the input, for messages
     * @throws InvalidSettingsException if there is no such column, or it holds no vectors
     */
    public static DataColumnSpec require(final DataTableSpec table, final String chosen, final String port)
            throws InvalidSettingsException {
        final String name = chosen.isBlank() ? guess(table) : chosen;
        if (name.isBlank()) {
            throw new InvalidSettingsException("The table on port \"" + port
                    + "\" has no column of vectors (lists of numbers, or double vectors). Connect the output of a Tile"
                    + " Embedder, or bring the numbers into one column with KNIME's Create Collection Column.");
        }
        final DataColumnSpec column = table.getColumnSpec(name);
        if (column == null) {
            throw new InvalidSettingsException("The table on port \"" + port + "\" has no column \"" + name
                    + "\". Choose the column of embeddings in the dialog.");
        }
        if (!holds(column)) {
            throw new InvalidSettingsException(
                    "Column \"" + name + "\" on port \"" + port + "\" is of type "
                            + column.getType().getName()
                            + " and holds no vectors. Choose a column of lists of numbers, or of double vectors, in the dialog.");
        }
        return column;
    }

    /**
     * Refuses embeddings of different encoders. Where one of the two is not known there is nothing to compare.
     *
     * @param one where the first come from, for the message
     * @param other where the second come from
     */
    public static void requireSame(
            final Optional<EncodedBy> first, final String one, final Optional<EncodedBy> second, final String other)
            throws InvalidSettingsException {
        if (first.isPresent() && second.isPresent() && !first.get().same(second.get())) {
            throw new InvalidSettingsException("The embeddings of " + one + " are made by "
                    + first.get().shown() + ", those of " + other + " by "
                    + second.get().shown() + ". Embed both with the same encoder.");
        }
    }

    /**
     * Reads all rows of a column, and no other column; meant to be called once in an execution.
     *
     * @throws RunFailed if a cell is missing, empty, not finite, or of another width than the others; row and column are
     *     named
     */
    public static Embeddings read(final BufferedDataTable table, final DataColumnSpec column, final RunControl control)
            throws RunFailed, RunCancelled {
        final List<float[]> rows = new ArrayList<>();
        final int width = forEach(table, column, rows::add, control);
        return new Embeddings(rows, width, encodedBy(column));
    }

    /** Takes embeddings one after the other. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the next row's. */
        void take(float[] embedding) throws RunFailed;
    }

    /**
     * Reads all rows of a column one after the other, and no other column; see {@link #read}.
     *
     * @return how many numbers a row has; 0 if that is not known because there are no rows
     */
    public static int forEach(
            final BufferedDataTable table, final DataColumnSpec column, final Sink sink, final RunControl control)
            throws RunFailed, RunCancelled {
        final int index = table.getDataTableSpec().findColumnIndex(column.getName());
        final Optional<EncodedBy> encodedBy = encodedBy(column);
        final Pace pace = new Pace("embeddings read", 0, table.size());
        int width = encodedBy.map(EncodedBy::width).orElse(0);
        final boolean refers = refers(column);
        long done = 0;
        try (CloseableRowIterator all =
                        table.filter(TableFilter.materializeCols(index)).iterator();
                References references = new References(encodedBy)) {
            while (all.hasNext()) {
                if (done % ROWS_BETWEEN_REPORTS == 0) {
                    control.checkCancelled();
                    control.progress((double) done / table.size(), pace.line(done));
                }
                final DataRow row = all.next();
                final float[] values = values(row, index, column, refers ? Optional.of(references) : Optional.empty());
                if (width > 0 && values.length != width) {
                    throw new RunFailed(
                            "The vector has " + values.length + " numbers, "
                                    + (encodedBy.isPresent()
                                            ? "but the column says that its encoder gives " + width
                                            : "but those before it have " + width),
                            where(column.getName(), row),
                            "Embed all rows with the same encoder.");
                }
                width = values.length;
                sink.take(values);
                done++;
            }
        }
        return width;
    }

    /** Takes references one after the other. */
    @FunctionalInterface
    public interface ReferenceSink {
        /** Takes the next row's. */
        void take(int row, FeatureReference reference) throws RunFailed;
    }

    /**
     * Reads all rows of a column of references, without following them; each file that they lead to is looked at once.
     *
     * @return how many numbers the embeddings have
     * @throws RunFailed if a cell is missing or does not refer to a row of a file, a file cannot be read, has no such row,
     *     or is of another encoder or width than the others
     */
    public static int references(
            final BufferedDataTable table,
            final DataColumnSpec column,
            final ReferenceSink sink,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final int index = table.getDataTableSpec().findColumnIndex(column.getName());
        final Pace pace = new Pace("references read", 0, table.size());
        final Map<Path, Integer> rowsOf = new HashMap<>();
        EncodedBy common = encodedBy(column).orElse(null);
        int done = 0;
        try (CloseableRowIterator all =
                        table.filter(TableFilter.materializeCols(index)).iterator();
                References references = new References(encodedBy(column))) {
            while (all.hasNext()) {
                if (done % ROWS_BETWEEN_REPORTS == 0) {
                    control.checkCancelled();
                    control.progress((double) done / table.size(), pace.line(done));
                }
                final DataRow row = all.next();
                final String where = where(column.getName(), row);
                final FeatureReference reference = references.parse(text(row.getCell(index), where), where);
                Integer rows = rowsOf.get(reference.file());
                if (rows == null) {
                    try (FeatureFile file = FeatureFile.open(reference.file())) {
                        rows = file.tiles();
                        common = same(common, file, where);
                    }
                    rowsOf.put(reference.file(), rows);
                }
                if (reference.row() >= rows) {
                    throw new RunFailed(
                            "The file " + reference.file() + " has " + rows + " rows, not row " + reference.row(),
                            where,
                            "The file was changed since the reference was made. Read the features again.");
                }
                sink.take(done++, reference);
            }
        }
        return common == null ? 0 : common.width();
    }

    /** A file that does not say its encoder may be of any that gives as many numbers. */
    private static EncodedBy same(final EncodedBy common, final FeatureFile file, final String where) throws RunFailed {
        if (file.width() < 1) {
            throw new RunFailed("The features have no numbers", file.path().toString(), "Make the file again.");
        }
        final String encoder = file.encoder().orElse(common == null ? "unnamed encoder" : common.encoder());
        final EncodedBy own = new EncodedBy(
                encoder, file.fingerprint().orElse(common == null ? "" : common.fingerprint()), file.width());
        if (common != null && (own.width() != common.width() || !encoder.equals(common.encoder()))) {
            throw new RunFailed(
                    "The features of " + file.path() + " are made by " + own.shown() + ", those of the others by "
                            + common.shown(),
                    where,
                    "Embed all tiles with one encoder.");
        }
        return common == null ? own : common;
    }

    private static String text(final DataCell cell, final String where) throws RunFailed {
        if (cell.isMissing()) {
            throw missing(where);
        }
        return ((StringValue) cell).getStringValue();
    }

    private static RunFailed missing(final String where) {
        return new RunFailed(
                "There is no vector",
                where,
                "Filter rows without a vector out, for instance with KNIME's Missing Value node.");
    }

    private static float[] values(
            final DataRow row, final int index, final DataColumnSpec column, final Optional<References> references)
            throws RunFailed {
        final DataCell cell = row.getCell(index);
        final String where = where(column.getName(), row);
        if (cell.isMissing()) {
            throw missing(where);
        }
        return references.isPresent()
                ? references.get().values(((StringValue) cell).getStringValue(), where)
                : VectorCells.read(cell, where);
    }

    /** Follows references; a file's name is resolved once, since KNIME takes its time for it. */
    private static final class References implements AutoCloseable {
        private final FeatureRows rows;

        private final Map<String, Path> files = new HashMap<>();

        References(final Optional<EncodedBy> encodedBy) {
            rows = new FeatureRows(encodedBy);
        }

        float[] values(final String reference, final String where) throws RunFailed {
            return rows.row(parse(reference, where), where);
        }

        FeatureReference parse(final String reference, final String where) throws RunFailed {
            return FeatureReference.parse(reference, where, name -> {
                if (!files.containsKey(name)) {
                    files.put(name, UserPath.at(name, where));
                }
                return files.get(name);
            });
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    private static String where(final String column, final DataRow row) {
        return "column \"" + column + "\", row \"" + row.getKey().getString() + "\"";
    }
}
