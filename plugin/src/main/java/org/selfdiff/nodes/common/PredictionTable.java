package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.segmentation.ScoreSegmentation;

/**
 * The table of predictions: one row per picture or tile with the columns of the {@link TileTable}, which say what was
 * segmented and where its truth is, the classes, and the label map.
 */
public final class PredictionTable {
    private static final String CLASSES = "Classes";

    private static final String PREDICTION = "Prediction";

    private PredictionTable() {}

    /** The columns of the table. */
    public static DataTableSpec spec(final boolean probability, final boolean overlay, final boolean comparison) {
        final List<DataColumnSpec> columns = new ArrayList<>();
        TileTable.spec().forEach(columns::add);
        columns.add(Columns.column(CLASSES, StringCell.TYPE));
        columns.add(Columns.column(PREDICTION, PNGImageContent.TYPE));
        if (probability) {
            columns.add(Columns.column("Probability", PNGImageContent.TYPE));
        }
        if (overlay) {
            columns.add(Columns.column("Overlay", PNGImageContent.TYPE));
        }
        if (comparison) {
            columns.add(Columns.column("Comparison", PNGImageContent.TYPE));
        }
        return new DataTableSpec(columns.toArray(DataColumnSpec[]::new));
    }

    /** Refuses a table that is no table of predictions. */
    public static void check(final DataTableSpec table, final String port) throws InvalidSettingsException {
        TileTable.check(table, port);
        Columns.require(
                table,
                port,
                "Segmentation Predictor",
                List.of(
                        new Columns.Need(CLASSES, StringValue.class),
                        new Columns.Need(PREDICTION, PNGImageValue.class)));
    }

    /**
     * The names of the classes.
     *
     * @throws RunFailed if the table is empty, or its rows come from models with different classes
     */
    public static List<String> classes(final BufferedDataTable table) throws RunFailed {
        String first = null;
        for (final DataRow row : table) {
            final String classes = Columns.value(row, table.getDataTableSpec(), CLASSES, StringValue.class)
                    .getStringValue();
            if (first != null && !first.equals(classes)) {
                throw new RunFailed(
                        "The classes are \"" + classes + "\", but \"" + first + "\" in the first row",
                        "row \"" + row.getKey().getString() + "\"",
                        "Score predictions of models with the same classes only.");
            }
            first = classes;
        }
        if (first == null) {
            throw new RunFailed("There are no predictions", "table of predictions", "Check the node that makes it.");
        }
        return Arrays.stream(first.split(",")).map(String::trim).toList();
    }

    /**
     * The predictions and their truths.
     *
     * @param cache that the truths are read from
     */
    public static List<ScoreSegmentation.Pair> pairs(final BufferedDataTable table, final PictureCache cache)
            throws RunFailed {
        final DataTableSpec spec = table.getDataTableSpec();
        final List<ScoreSegmentation.Pair> pairs = new ArrayList<>();
        for (final DataRow row : table) {
            final Tile tile = TileTable.tile(row, spec, new HashMap<>());
            final byte[] png = Columns.value(row, spec, PREDICTION, PNGImageValue.class)
                    .getImageContent()
                    .getByteArray();
            final String place =
                    "column \"" + PREDICTION + "\" of row \"" + row.getKey().getString() + "\"";
            pairs.add(new ScoreSegmentation.Pair(
                    tile.image().getFileName()
                            + (tile.x() == 0 && tile.y() == 0 ? "" : " (" + tile.x() + ", " + tile.y() + ")"),
                    () -> MaskCoding.labels().readPng(png, place, DecodeLimits.standard()),
                    tile.mask()
                            .map(mask -> new ScoreSegmentation.Truth(
                                    mask.file(), (coding, control) -> cache.labels(tile, coding, control)))));
        }
        return pairs;
    }
}
