package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.Tile;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.classification.FitLinearProbe;
import org.selfdiff.stages.classification.LabelledTiles;
import org.selfdiff.stages.classification.Labels;

/**
 * A table of tiles with their classes, as a classifier learns from it.
 *
 * @param tiles the tiles that have a class
 * @param embeddings theirs, where the classifier looks at these
 */
public record ClassifiedTable(LabelledTiles tiles, Optional<Embeddings> embeddings) {

    /**
     * Refuses a table that lacks something.
     *
     * @param port name of the input, for messages
     */
    public static void check(
            final DataTableSpec table, final LabelParameters labels, final ClassifierParameters p, final String port)
            throws InvalidSettingsException {
        TileTable.check(table, port);
        labels.check(table, port);
        if (!p.onPixels()) {
            EmbeddingColumn.require(table, p.embeddingColumn, port);
        }
    }

    /** The same for a further table, whose labels may stand in the column Label instead of the chosen one. */
    public static void checkFurther(
            final DataTableSpec table, final LabelParameters labels, final ClassifierParameters p, final String port)
            throws InvalidSettingsException {
        check(table, labels.in(table), p, port);
    }

    /**
     * Reads a table.
     *
     * @throws RunFailed naming the row that does not do
     */
    public static ClassifiedTable read(
            final BufferedDataTable table,
            final LabelParameters labels,
            final ClassifierParameters p,
            final String port,
            final RunControl control)
            throws RunFailed, RunCancelled {
        return read(table, LabelTable.read(table, labels), p, port, control);
    }

    /**
     * Reads a further table of the same classes.
     *
     * @param gaps whether rows without a class are left out, with a warning; else they are refused
     */
    public ClassifiedTable further(
            final BufferedDataTable table,
            final LabelParameters labels,
            final ClassifierParameters p,
            final String port,
            final boolean gaps,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final LabelParameters own = labels.in(table.getDataTableSpec());
        try {
            check(table.getDataTableSpec(), own, p, port);
        } catch (InvalidSettingsException e) {
            throw refused(e, port);
        }
        final LabelTable found = LabelTable.read(table, own, tiles.labels().classes(), gaps);
        if (found.rows().size() < found.all()) {
            control.warn((found.all() - found.rows().size()) + " of " + found.all() + " tiles on port \"" + port
                    + "\" have no label and are left out.");
        }
        return read(table, found, p, port, control);
    }

    private static ClassifiedTable read(
            final BufferedDataTable table,
            final LabelTable found,
            final ClassifierParameters p,
            final String port,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<Tile> all = TileTable.read(table);
        final LabelledTiles tiles =
                new LabelledTiles(found.rows().stream().map(all::get).toList(), found.labels());
        if (all.isEmpty()) {
            throw new RunFailed(TileTable.EMPTY, "port \"" + port + "\"", "Connect a table with tiles.");
        }
        if (p.onPixels()) {
            return new ClassifiedTable(tiles, Optional.empty());
        }
        try {
            final Embeddings read = EmbeddingColumn.read(
                    table, EmbeddingColumn.require(table.getDataTableSpec(), p.embeddingColumn, port), control);
            final List<float[]> chosen = new ArrayList<>();
            found.rows().forEach(row -> chosen.add(read.rows().get(row)));
            return new ClassifiedTable(tiles, Optional.of(new Embeddings(chosen, read.width(), read.encodedBy())));
        } catch (InvalidSettingsException e) {
            throw refused(e, port);
        }
    }

    private static RunFailed refused(final InvalidSettingsException e, final String port) {
        return new RunFailed(e.getMessage(), "port \"" + port + "\"", "Correct the connection or the setting.", e);
    }

    /** The classes. */
    public Labels labels() {
        return tiles.labels();
    }

    /** The embeddings with the classes. */
    public FitLinearProbe.LabelledEmbeddings vectors() {
        return new FitLinearProbe.LabelledEmbeddings(embeddings.orElseThrow(), labels());
    }
}
