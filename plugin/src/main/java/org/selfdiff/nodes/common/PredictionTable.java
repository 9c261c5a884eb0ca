package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.ScoreSegmentation;

/** The table of predictions: one row per picture with its path, that of its true mask, the classes, and the label map. */
public final class PredictionTable {
    private static final String CLASSES = "Classes";

    private static final String PREDICTION = "Prediction";

    private PredictionTable() {}

    /** The columns of the table. */
    public static DataTableSpec spec(final boolean probability, final boolean overlay, final boolean comparison) {
        final List<DataColumnSpec> columns = new ArrayList<>(List.of(
                Columns.column(TileTable.IMAGE, StringCell.TYPE),
                Columns.column(TileTable.MASK, StringCell.TYPE),
                Columns.column(CLASSES, StringCell.TYPE),
                Columns.column(PREDICTION, PNGImageContent.TYPE)));
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
        Columns.require(
                table,
                port,
                "Segmentation Predictor",
                List.of(
                        new Columns.Need(TileTable.IMAGE, StringValue.class),
                        new Columns.Need(TileTable.MASK, StringValue.class),
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

    /** The predictions and the paths of their truths. */
    public static List<ScoreSegmentation.Pair> pairs(final BufferedDataTable table) throws RunFailed {
        final DataTableSpec spec = table.getDataTableSpec();
        final List<ScoreSegmentation.Pair> pairs = new ArrayList<>();
        for (final DataRow row : table) {
            final String name =
                    TileTable.path(row, spec, TileTable.IMAGE).getFileName().toString();
            final byte[] png = Columns.value(row, spec, PREDICTION, PNGImageValue.class)
                    .getImageContent()
                    .getByteArray();
            final String place =
                    "column \"" + PREDICTION + "\" of row \"" + row.getKey().getString() + "\"";
            pairs.add(new ScoreSegmentation.Pair(
                    name,
                    () -> MaskCoding.labels().readPng(png, place, DecodeLimits.standard()),
                    Columns.has(row, spec, TileTable.MASK)
                            ? Optional.of(TileTable.path(row, spec, TileTable.MASK))
                            : Optional.empty()));
        }
        return pairs;
    }
}
