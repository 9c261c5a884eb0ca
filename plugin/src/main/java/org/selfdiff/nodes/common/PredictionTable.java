package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataValue;
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

    private static final String OVERLAY = "Overlay";

    private static final String SEGMENTS = "Segments";

    /** Property of the column of predictions: what the values of masks meant to the model. */
    private static final String MASKS = "selfdiff.masks";

    private PredictionTable() {}

    /**
     * What the predictor adds to a table of pictures or tiles.
     *
     * @param trained what the values of masks meant to the model that predicts, if its card says so
     */
    public static AddedColumns addedTo(
            final DataTableSpec table,
            final Optional<MaskCoding> trained,
            final boolean probability,
            final boolean overlay,
            final boolean comparison) {
        final AddedColumns columns = AddedColumns.to(table);
        TileTable.put(columns);
        columns.add(Columns.column(CLASSES, StringCell.TYPE));
        final DataColumnSpecCreator prediction = new DataColumnSpecCreator(PREDICTION, PNGImageContent.TYPE);
        trained.ifPresent(coding -> prediction.setProperties(new DataColumnProperties(Map.of(MASKS, coding.text()))));
        columns.add(prediction.createSpec());
        if (probability) {
            columns.add(Columns.column("Probability", PNGImageContent.TYPE));
        }
        if (overlay) {
            columns.add(Columns.column(OVERLAY, PNGImageContent.TYPE));
        }
        if (comparison) {
            columns.add(Columns.column("Comparison", PNGImageContent.TYPE));
        }
        return columns;
    }

    /** What a segmenter adds that finds segments and gives them classes: the same, and the numbers of the segments last. */
    public static AddedColumns segmentsTo(
            final DataTableSpec table,
            final Optional<MaskCoding> trained,
            final boolean overlay,
            final boolean comparison) {
        return addedTo(table, trained, false, overlay, comparison).add(Columns.column(SEGMENTS, PNGImageContent.TYPE));
    }

    /** What one adds that finds segments and gives them no classes: a picture of them if wanted, and their numbers. */
    public static AddedColumns segmentsTo(final DataTableSpec table, final boolean overlay) {
        final AddedColumns columns = AddedColumns.to(table);
        if (overlay) {
            columns.add(Columns.column(OVERLAY, PNGImageContent.TYPE));
        }
        return columns.add(Columns.column(SEGMENTS, PNGImageContent.TYPE));
    }

    /**
     * The first cells of a row, in the order of {@link #addedTo}; the pictures come behind them.
     *
     * @param table the columns that the predictor adds to
     * @param tile what was segmented
     * @param classes names of the classes
     */
    public static List<DataCell> cells(final DataTableSpec table, final Tile tile, final List<String> classes) {
        final List<DataCell> cells = TileTable.put(table, tile);
        cells.add(new StringCell(String.join(", ", classes)));
        return cells;
    }

    /** Refuses a table that is no table of predictions. */
    public static void check(final DataTableSpec table, final String port) throws InvalidSettingsException {
        TileTable.check(table, port);
        Columns.require(
                table,
                port,
                "Segmentation Predictor",
                List.of(
                        new Columns.Need(last(table, CLASSES, StringValue.class), StringValue.class),
                        new Columns.Need(last(table, PREDICTION, PNGImageValue.class), PNGImageValue.class)));
    }

    /**
     * A column of the last predictor that the table has come through: where several have added a column of one name, the
     * later ones have a number behind it.
     */
    private static String last(final DataTableSpec table, final String name, final Class<? extends DataValue> type) {
        return table.stream()
                .filter(column -> column.getType().isCompatible(type)
                        && column.getName().matches(Pattern.quote(name) + "( \\(#\\d+\\))?"))
                .map(DataColumnSpec::getName)
                .reduce((first, second) -> second)
                .orElse(name);
    }

    /** What the values of masks meant to the model that predicted, if the table says so. */
    public static Optional<MaskCoding> trained(final DataTableSpec table) throws RunFailed {
        final DataColumnProperties properties = table.getColumnSpec(last(table, PREDICTION, PNGImageValue.class))
                .getProperties();
        return properties.containsProperty(MASKS)
                ? Optional.of(MaskCoding.parse(properties.getProperty(MASKS)))
                : Optional.empty();
    }

    /**
     * The names of the classes.
     *
     * @throws RunFailed if the table is empty, or its rows come from models with different classes
     */
    public static List<String> classes(final BufferedDataTable table) throws RunFailed {
        final DataTableSpec spec = table.getDataTableSpec();
        final String column = last(spec, CLASSES, StringValue.class);
        String first = null;
        for (final DataRow row : table) {
            final String classes =
                    Columns.value(row, spec, column, StringValue.class).getStringValue();
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
        final String column = last(spec, PREDICTION, PNGImageValue.class);
        final List<ScoreSegmentation.Pair> pairs = new ArrayList<>();
        for (final DataRow row : table) {
            final Tile tile = TileTable.tile(row, spec);
            final byte[] png = Columns.value(row, spec, column, PNGImageValue.class)
                    .getImageContent()
                    .getByteArray();
            final String place =
                    "column \"" + column + "\" of row \"" + row.getKey().getString() + "\"";
            pairs.add(new ScoreSegmentation.Pair(
                    tile.image(),
                    tile.area(),
                    () -> MaskCoding.labels().readPng(png, place, DecodeLimits.standard()),
                    tile.mask()
                            .map(mask -> new ScoreSegmentation.Truth(
                                    mask.file(),
                                    (classes, control) -> cache.labels(tile, classes, control),
                                    control -> cache.size(tile.image(), control)))));
        }
        return pairs;
    }
}
