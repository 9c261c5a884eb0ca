package org.selfdiff.nodes.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.container.CellFactory;
import org.knime.core.data.container.ColumnRearranger;
import org.knime.core.data.container.SingleCellFactory;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.Fingerprint;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileMask;
import org.selfdiff.imaging.stain.StainTransform;
import org.selfdiff.run.RunFailed;

/**
 * The table of tiles: one row per tile with the slide it is cut from, its rectangle, its resolution, its mask and its
 * group. Coordinates only; pixels are read when they are needed, so that a table of a million tiles stays small. Columns
 * that only the Tiler fills in may be absent in a table that somebody else makes.
 */
public final class TileTable {
    /** The warning of a node whose table of tiles has no row; its own tables have none either. */
    public static final String EMPTY = "There are no tiles. Check the node that makes them.";

    /** Path of the slide or picture. */
    public static final String IMAGE = "Image";

    /** Path of the mask or annotations, missing where there is none. */
    public static final String MASK = "Mask";

    /** Left column in pixels of level 0. */
    public static final String X = "X";

    /** Upper row in pixels of level 0. */
    public static final String Y = "Y";

    /** Width in pixels as they are read. */
    public static final String WIDTH = "Width";

    /** Height in pixels as they are read. */
    public static final String HEIGHT = "Height";

    private static final String LEVEL = "Level";

    private static final String DOWNSAMPLE = "Downsample";

    private static final String MPP = "mpp";

    /** What may not be on both sides of a split. */
    public static final String GROUP = "Group";

    private static final String LABEL = "Label";

    private static final String TISSUE = "Tissue";

    private static final String SHARPNESS = "Sharpness";

    /** Names of the classes that annotations become, one a line, as they stand in the file. */
    private static final String MASK_CLASSES = "Mask classes";

    /** Names of the classes that are cut out of annotations, one a line, as they stand in the file. */
    private static final String MASK_HOLES = "Mask holes";

    private static final String STAIN = "Stain";

    /** How the files were when the tile was cut, see {@link Fingerprint}. */
    private static final String FILES = "Files";

    /** 1 if the picture is grey, else 3. */
    private static final String CHANNELS = "Channels";

    /** Where a tile lies, at which resolution, and how it is coloured. */
    private static final List<String> PLACE = List.of(X, Y, WIDTH, HEIGHT, DOWNSAMPLE, MPP, STAIN);

    private TileTable() {}

    /** The columns of the table. */
    public static DataTableSpec spec() {
        return new DataTableSpec(
                Columns.column(IMAGE, StringCell.TYPE),
                Columns.column(MASK, StringCell.TYPE),
                Columns.column(X, IntCell.TYPE),
                Columns.column(Y, IntCell.TYPE),
                Columns.column(WIDTH, IntCell.TYPE),
                Columns.column(HEIGHT, IntCell.TYPE),
                Columns.column(LEVEL, IntCell.TYPE),
                Columns.column(DOWNSAMPLE, DoubleCell.TYPE),
                Columns.column(MPP, DoubleCell.TYPE),
                Columns.column(GROUP, StringCell.TYPE),
                Columns.column(LABEL, StringCell.TYPE),
                Columns.column(TISSUE, DoubleCell.TYPE),
                Columns.column(SHARPNESS, DoubleCell.TYPE),
                Columns.column(MASK_CLASSES, StringCell.TYPE),
                Columns.column(MASK_HOLES, StringCell.TYPE),
                Columns.column(STAIN, StringCell.TYPE),
                Columns.column(FILES, StringCell.TYPE),
                Columns.column(CHANNELS, IntCell.TYPE));
    }

    /** Refuses a table that is no table of tiles. */
    public static void check(final DataTableSpec table, final String port) throws InvalidSettingsException {
        Columns.require(
                table,
                port,
                "Tiler",
                List.of(
                        new Columns.Need(IMAGE, StringValue.class),
                        new Columns.Need(MASK, StringValue.class),
                        new Columns.Need(X, IntValue.class),
                        new Columns.Need(Y, IntValue.class),
                        new Columns.Need(WIDTH, IntValue.class),
                        new Columns.Need(HEIGHT, IntValue.class),
                        new Columns.Need(GROUP, StringValue.class)));
        Columns.requireIfThere(
                table,
                port,
                List.of(
                        new Columns.Need(DOWNSAMPLE, DoubleValue.class),
                        new Columns.Need(MPP, DoubleValue.class),
                        new Columns.Need(MASK_CLASSES, StringValue.class),
                        new Columns.Need(MASK_HOLES, StringValue.class),
                        new Columns.Need(STAIN, StringValue.class)));
    }

    /**
     * The table with the tiles' colours changed in another way; all other columns stay.
     *
     * @param of the change for the tiles of a slide, empty for none
     */
    public static ColumnRearranger restained(
            final DataTableSpec table, final Function<Path, Optional<StainTransform>> of) {
        final ColumnRearranger columns = new ColumnRearranger(table);
        final Map<String, Path> known = new HashMap<>();
        final CellFactory stain = new SingleCellFactory(Columns.column(STAIN, StringCell.TYPE)) {
            @Override
            public DataCell getCell(final DataRow row) {
                try {
                    return text(of.apply(path(row, table, IMAGE, known)).map(StainTransform::text));
                } catch (RunFailed e) {
                    throw new IllegalStateException(e); // the same cell was read before
                }
            }
        };
        if (table.containsName(STAIN)) {
            columns.replace(stain, STAIN);
        } else {
            columns.append(stain);
        }
        return columns;
    }

    /** The table without any mask; all other columns stay. */
    public static ColumnRearranger unlabelled(final DataTableSpec table) {
        final ColumnRearranger columns = new ColumnRearranger(table);
        for (final String name : List.of(MASK, MASK_CLASSES, MASK_HOLES)) {
            if (table.containsName(name)) {
                columns.replace(
                        new SingleCellFactory(table.getColumnSpec(name)) {
                            @Override
                            public DataCell getCell(final DataRow row) {
                                return DataType.getMissingCell();
                            }
                        },
                        name);
            }
        }
        return columns;
    }

    /**
     * Adds what a table of pictures lacks to be one of tiles. In a table of tiles, what says where a tile lies is written
     * anew; in one of pictures, columns of such names say something else, and are kept under another one.
     */
    static void put(final AddedColumns columns) {
        final DataTableSpec table = columns.spec();
        for (final DataColumnSpec column : spec()) {
            if (isWritten(table, column)) {
                if (PictureTable.hasTiles(table)) {
                    columns.put(column);
                } else {
                    columns.displace(column);
                }
            }
        }
    }

    /** The cells of what {@link #put} has added to a table. */
    static List<DataCell> put(final DataTableSpec table, final Tile tile) {
        final List<DataCell> all = cells(tile);
        final List<DataCell> written = new ArrayList<>();
        final DataTableSpec own = spec();
        for (int i = 0; i < all.size(); i++) {
            if (isWritten(table, own.getColumnSpec(i))) {
                written.add(all.get(i));
            }
        }
        return written;
    }

    private static boolean isWritten(final DataTableSpec table, final DataColumnSpec column) {
        return PLACE.contains(column.getName()) || !table.containsName(column.getName());
    }

    /** A tile's row, in the order of {@link #spec}. */
    public static List<DataCell> cells(final Tile tile) {
        return cells(tile, WorkflowFolder.current());
    }

    /** As {@link #cells(Tile)}, for many rows of one workflow. */
    public static List<DataCell> cells(final Tile tile, final WorkflowFolder workflow) {
        return new ArrayList<>(Arrays.asList(
                new StringCell(workflow.name(tile.image())),
                text(tile.mask().map(mask -> workflow.name(mask.file()))),
                new IntCell(tile.x()),
                new IntCell(tile.y()),
                new IntCell(tile.width()),
                new IntCell(tile.height()),
                new IntCell(tile.findings().level()),
                new DoubleCell(tile.area().downsample()),
                number(tile.area().mpp()),
                new StringCell(tile.group()),
                text(tile.findings().label()),
                number(tile.findings().tissue()),
                number(tile.findings().sharpness()),
                names(tile.mask().map(TileMask::classes)),
                names(tile.mask().filter(TileMask::drawn).map(TileMask::excluded)),
                text(tile.stain().map(StainTransform::text)),
                text(tile.findings().files().map(Fingerprint::text)),
                new IntCell(tile.findings().channels())));
    }

    /** Names, one a line; missing if there are none. */
    private static DataCell names(final Optional<List<String>> names) {
        return text(names.filter(n -> !n.isEmpty()).map(n -> String.join("\n", n)));
    }

    /** A text, missing if there is none. */
    public static DataCell text(final Optional<String> text) {
        return text.isPresent() ? new StringCell(text.get()) : DataType.getMissingCell();
    }

    /** A number, missing if it is {@code NaN}. */
    public static DataCell number(final double value) {
        return Double.isNaN(value) ? DataType.getMissingCell() : new DoubleCell(value);
    }

    /** Reads the tiles of a table, in its order. */
    public static List<Tile> read(final BufferedDataTable table) throws RunFailed {
        final DataTableSpec spec = table.getDataTableSpec();
        final Known known = new Known();
        final List<Tile> tiles = new ArrayList<>();
        for (final DataRow row : table) {
            tiles.add(tile(row, spec, known));
        }
        return tiles;
    }

    /** Reads some tiles, by the numbers of their rows from 0. */
    public static Map<Integer, Tile> read(final BufferedDataTable table, final Set<Integer> wanted) throws RunFailed {
        final Known known = new Known();
        final Map<Integer, Tile> tiles = new HashMap<>();
        int number = 0;
        for (final DataRow row : table) {
            if (wanted.contains(number)) {
                tiles.put(number, tile(row, table.getDataTableSpec(), known));
            }
            number++;
        }
        return tiles;
    }

    /** What many rows of a table have in common, each understood once: few files and stains occur in one. */
    static final class Known {
        private final Map<String, Path> files = new HashMap<>();

        private final Map<String, StainTransform> stains = new HashMap<>();

        private final Map<String, Fingerprint> fingerprints = new HashMap<>();
    }

    /** Reads one tile. */
    static Tile tile(final DataRow row, final DataTableSpec spec) throws RunFailed {
        return tile(row, spec, new Known());
    }

    static Tile tile(final DataRow row, final DataTableSpec spec, final Known known) throws RunFailed {
        final double downsample = optional(row, spec, DOWNSAMPLE, 1);
        final int width = whole(row, spec, WIDTH);
        final int height = whole(row, spec, HEIGHT);
        if (width < 1 || height < 1 || !(downsample >= 1)) {
            throw new RunFailed(
                    "The tile has " + width + " x " + height + " pixels at a downsample of " + downsample,
                    "row \"" + row.getKey().getString() + "\"",
                    "Sides are at least 1, and so is the downsample.");
        }
        final Optional<String> stain = optionalText(row, spec, STAIN);
        if (stain.isPresent() && !known.stains.containsKey(stain.get())) {
            known.stains.put(
                    stain.get(),
                    StainTransform.parse(
                            stain.get(),
                            "column \"" + STAIN + "\" of row \"" + row.getKey().getString() + "\""));
        }
        final Optional<String> files = optionalText(row, spec, FILES);
        if (files.isPresent() && !known.fingerprints.containsKey(files.get())) {
            known.fingerprints.put(
                    files.get(),
                    Fingerprint.parse(
                            files.get(),
                            "column \"" + FILES + "\" of row \"" + row.getKey().getString() + "\""));
        }
        return new Tile(
                path(row, spec, IMAGE, known.files),
                new Tile.Area(
                        whole(row, spec, X),
                        whole(row, spec, Y),
                        width,
                        height,
                        downsample,
                        optional(row, spec, MPP, Double.NaN)),
                mask(row, spec, known.files),
                Columns.value(row, spec, GROUP, StringValue.class).getStringValue(),
                stain.map(known.stains::get),
                new Tile.Findings(
                        Columns.has(row, spec, LEVEL, IntValue.class) ? whole(row, spec, LEVEL) : 0,
                        optional(row, spec, TISSUE, Double.NaN),
                        optional(row, spec, SHARPNESS, Double.NaN),
                        optionalText(row, spec, LABEL),
                        files.map(known.fingerprints::get),
                        channels(row, spec)));
    }

    /** As noted by the Tiler; tables of others and older ones hold colour. */
    private static int channels(final DataRow row, final DataTableSpec spec) throws RunFailed {
        return Columns.has(row, spec, CHANNELS, IntValue.class) && whole(row, spec, CHANNELS) == 1
                ? 1
                : BatchSettings.COLOUR;
    }

    /** Where a row's labels come from. */
    private static Optional<TileMask> mask(final DataRow row, final DataTableSpec spec, final Map<String, Path> known)
            throws RunFailed {
        if (!Columns.has(row, spec, MASK)) {
            return Optional.empty();
        }
        return Optional.of(new TileMask(
                path(row, spec, MASK, known), names(row, spec, MASK_CLASSES), names(row, spec, MASK_HOLES)));
    }

    private static List<String> names(final DataRow row, final DataTableSpec spec, final String column)
            throws RunFailed {
        return optionalText(row, spec, column)
                .map(names -> List.of(names.split("\n")))
                .orElse(List.of());
    }

    private static double optional(
            final DataRow row, final DataTableSpec spec, final String column, final double otherwise) throws RunFailed {
        return Columns.has(row, spec, column, DoubleValue.class)
                ? Columns.value(row, spec, column, DoubleValue.class).getDoubleValue()
                : otherwise;
    }

    private static Optional<String> optionalText(final DataRow row, final DataTableSpec spec, final String column)
            throws RunFailed {
        return Columns.has(row, spec, column, StringValue.class)
                ? Optional.of(
                        Columns.value(row, spec, column, StringValue.class).getStringValue())
                : Optional.empty();
    }

    /** As {@link #path(DataRow, DataTableSpec, String)}; a text that occurs again is resolved once. */
    private static Path path(
            final DataRow row, final DataTableSpec spec, final String column, final Map<String, Path> known)
            throws RunFailed {
        final String text = Columns.value(row, spec, column, StringValue.class).getStringValue();
        final Path before = known.get(text);
        if (before != null) {
            return before;
        }
        final Path file = path(row, spec, column);
        known.put(text, file);
        return file;
    }

    /** The file that a cell names, see {@link UserPath}. */
    static Path path(final DataRow row, final DataTableSpec spec, final String column) throws RunFailed {
        return UserPath.inCell(
                Columns.value(row, spec, column, StringValue.class).getStringValue(),
                column,
                row.getKey().getString());
    }

    private static int whole(final DataRow row, final DataTableSpec spec, final String column) throws RunFailed {
        return Columns.value(row, spec, column, IntValue.class).getIntValue();
    }
}
