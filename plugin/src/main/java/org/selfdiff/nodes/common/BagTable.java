package org.selfdiff.nodes.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.node.BufferedDataTable;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.Tile;
import org.selfdiff.data.features.FeatureReference;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.Bag;
import org.selfdiff.stages.bags.BagFeatures;
import org.selfdiff.stages.bags.BagUnit;
import org.selfdiff.stages.bags.FiledFeatures;

/**
 * A table of tiles with embeddings as bags: the tiles of a picture are a bag, or those of all pictures of a patient; the
 * group is the patient. Of embeddings that lie in files only the references are kept.
 *
 * @param bags in the order of their first tiles
 * @param slides names of the slides of each bag
 * @param width numbers of an embedding
 * @param bagOfRow number of the bag of each row
 */
public record BagTable(List<Bag> bags, List<List<String>> slides, int width, int[] bagOfRow) {
    /** Slides of a patient lie so many lines apart at least; no region is larger. */
    private static final int APART = 96;

    /** Resolutions that differ by more than this share are two. */
    private static final double SAME_RESOLUTION = 0.1;

    private static final int ROWS_BETWEEN_REPORTS = 10_000;

    /** Number of rows. */
    public int tiles() {
        return bagOfRow.length;
    }

    /** A column of a table about bags. */
    public static DataColumnSpec column(final String name, final DataType type) {
        return Columns.column(name, type);
    }

    /** Reads a table. */
    public static BagTable read(
            final BufferedDataTable table, final DataColumnSpec column, final BagUnit unit, final RunControl control)
            throws RunFailed, RunCancelled {
        if (table.size() == 0) {
            throw new RunFailed(TileTable.EMPTY, "table of tiles", "Connect a table with tiles and embeddings.");
        }
        final Reading reading = new Reading(table, unit);
        final int width;
        if (EmbeddingColumn.refers(column)) {
            reading.places(control.part(0, 0.5));
            width = EmbeddingColumn.references(table, column, reading::refer, control.part(0.5, 1));
            return reading.bags(Optional.empty(), width);
        }
        final Embeddings embeddings = EmbeddingColumn.read(table, column, control.part(0, 0.8));
        reading.places(control.part(0.8, 1));
        return reading.bags(Optional.of(embeddings), embeddings.width());
    }

    /** Rows of one slide. */
    private static final class Slide {
        private final String name;

        private final Tile first;

        private final double pitch;

        private int[] rows = new int[16];

        private int count;

        Slide(final Tile first) {
            this.name = first.image().toString();
            this.first = first;
            this.pitch = first.width() * first.area().downsample();
        }

        void add(final int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, 2 * count);
            }
            rows[count++] = row;
        }
    }

    private static final class Reading {
        private final BufferedDataTable table;

        private final BagUnit unit;

        private final Map<String, Slide> slides = new LinkedHashMap<>();

        private final int[] x;

        private final int[] y;

        private final Map<Path, Integer> files = new LinkedHashMap<>();

        private final int[] file;

        private final int[] rowOfFile;

        Reading(final BufferedDataTable table, final BagUnit unit) throws RunFailed {
            this.table = table;
            this.unit = unit;
            if (table.size() > Integer.MAX_VALUE - 8) {
                throw new RunFailed(
                        "There are " + table.size() + " tiles", "table of tiles", "Work on parts of the slides.");
            }
            final int rows = (int) table.size();
            x = new int[rows];
            y = new int[rows];
            file = new int[rows];
            rowOfFile = new int[rows];
        }

        void refer(final int row, final FeatureReference reference) {
            file[row] = files.computeIfAbsent(reference.file(), path -> files.size());
            rowOfFile[row] = reference.row();
        }

        void places(final RunControl control) throws RunFailed, RunCancelled {
            final DataTableSpec spec = table.getDataTableSpec();
            final TileTable.Known known = new TileTable.Known();
            final Pace pace = new Pace("tiles", 0, table.size());
            Slide one = null;
            int i = 0;
            for (final DataRow row : table) {
                if (i % ROWS_BETWEEN_REPORTS == 0) {
                    control.checkCancelled();
                    control.progress((double) i / table.size(), pace.line(i));
                }
                final Tile tile = TileTable.tile(row, spec, known);
                final Slide slide = slides.computeIfAbsent(tile.image().toString(), k -> new Slide(tile));
                one = one == null ? slide : one;
                require(tile, slide, one, row);
                slide.add(i);
                x[i] = tile.x();
                y[i] = tile.y();
                i++;
            }
        }

        private static void require(final Tile tile, final Slide slide, final Slide one, final DataRow row)
                throws RunFailed {
            final String where =
                    "slide " + slide.name + ", row \"" + row.getKey().getString() + "\"";
            if (!tile.group().equals(slide.first.group())) {
                throw new RunFailed(
                        "The tiles of a slide are of two patients, \"" + slide.first.group() + "\" and \""
                                + tile.group() + "\"",
                        where,
                        "Give all tiles of a slide the same group.");
            }
            if (Double.compare(tile.width() * tile.area().downsample(), slide.pitch) != 0) {
                throw new RunFailed(
                        "The tiles of a slide are of two sizes or resolutions",
                        where,
                        "Cut all tiles with one size and resolution.");
            }
            final double mpp = tile.area().mpp();
            final double other = one.first.area().mpp();
            if (tile.width() != one.first.width() || Math.abs(mpp / other - 1) > SAME_RESOLUTION) {
                throw new RunFailed(
                        "The tiles are of two sizes or resolutions: " + shown(tile) + ", and " + shown(one.first)
                                + " in slide " + one.name,
                        where,
                        "Cut and embed all slides with one tile size and resolution.");
            }
        }

        private static String shown(final Tile tile) {
            final double mpp = tile.area().mpp();
            return tile.width() + " pixels" + (Double.isNaN(mpp) ? "" : " at " + mpp + " µm");
        }

        BagTable bags(final Optional<Embeddings> embeddings, final int width) throws RunFailed {
            final Map<String, List<Slide>> units = new LinkedHashMap<>();
            for (final Slide slide : slides.values()) {
                units.computeIfAbsent(unit == BagUnit.SLIDE ? slide.name : slide.first.group(), k -> new ArrayList<>())
                        .add(slide);
            }
            final List<Path> paths = List.copyOf(files.keySet());
            final List<Bag> bags = new ArrayList<>();
            final int[] bagOfRow = new int[x.length];
            for (final Map.Entry<String, List<Slide>> entry : units.entrySet()) {
                final Bag bag = bag(entry.getKey(), entry.getValue(), embeddings, paths, width);
                for (final int row : bag.rows()) {
                    bagOfRow[row] = bags.size();
                }
                bags.add(bag);
            }
            return new BagTable(
                    bags,
                    units.values().stream()
                            .map(own -> own.stream().map(slide -> slide.name).toList())
                            .toList(),
                    width,
                    bagOfRow);
        }

        private Bag bag(
                final String name,
                final List<Slide> own,
                final Optional<Embeddings> embeddings,
                final List<Path> paths,
                final int width)
                throws RunFailed {
            final Map<String, Slide> byName = new TreeMap<>();
            own.forEach(slide -> byName.put(slide.name, slide));
            final int size = own.stream().mapToInt(slide -> slide.count).sum();
            final int[] rows = new int[size];
            final int[] columns = new int[size];
            final int[] lines = new int[size];
            int done = 0;
            int top = 0;
            for (final Slide slide : byName.values()) {
                System.arraycopy(slide.rows, 0, rows, done, slide.count);
                final int last = grid(slide, top, done, columns, lines);
                top = (last / APART + 2) * APART;
                done += slide.count;
            }
            return new Bag(
                    name, own.get(0).first.group(), rows, features(rows, embeddings, paths, width), columns, lines);
        }

        /** Columns and lines of a slide's tiles; the last line comes back. */
        private int grid(final Slide slide, final int top, final int from, final int[] columns, final int[] lines)
                throws RunFailed {
            int left = Integer.MAX_VALUE;
            int upper = Integer.MAX_VALUE;
            final Map<Long, Integer> places = new HashMap<>();
            for (int i = 0; i < slide.count; i++) {
                final int row = slide.rows[i];
                left = Math.min(left, x[row]);
                upper = Math.min(upper, y[row]);
                final Integer other = places.put((long) y[row] << 32 | x[row] & 0xffffffffL, row);
                if (other != null) {
                    throw new RunFailed(
                            "Two tiles lie at one place, x " + x[row] + ", y " + y[row],
                            "slide " + slide.name + ", rows " + (other + 1) + " and " + (row + 1),
                            "Filter the duplicate rows out; a join may have doubled them.");
                }
            }
            int last = top;
            for (int i = 0; i < slide.count; i++) {
                final int row = slide.rows[i];
                columns[from + i] = (int) Math.floor(((double) x[row] - left) / slide.pitch + 0.5);
                lines[from + i] = top + (int) Math.floor(((double) y[row] - upper) / slide.pitch + 0.5);
                last = Math.max(last, lines[from + i]);
            }
            return last;
        }

        private BagFeatures features(
                final int[] rows, final Optional<Embeddings> embeddings, final List<Path> paths, final int width) {
            if (embeddings.isPresent()) {
                final List<float[]> own = new ArrayList<>();
                for (final int row : rows) {
                    own.add(embeddings.get().rows().get(row));
                }
                return BagFeatures.of(own);
            }
            final Map<Integer, Integer> numbers = new LinkedHashMap<>();
            final int[] fileOfTile = new int[rows.length];
            final int[] rowOfTile = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                fileOfTile[i] = numbers.computeIfAbsent(file[rows[i]], k -> numbers.size());
                rowOfTile[i] = rowOfFile[rows[i]];
            }
            return new FiledFeatures(
                    width, numbers.keySet().stream().map(paths::get).toList(), fileOfTile, rowOfTile);
        }
    }

    /** The column of labels that a node starts with: a picture's own, else the tiles'. */
    public static String guessLabel(final DataTableSpec table) {
        for (final String name : List.of("Slide label", "Label (picture)", "Label", "label")) {
            if (table.containsName(name)) {
                return name;
            }
        }
        return "";
    }
}
