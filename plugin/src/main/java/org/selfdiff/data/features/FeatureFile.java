package org.selfdiff.data.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Features of the tiles of one slide, in an HDF5 file of a known layout. Opening reads what the file says about itself;
 * coordinates and features are read when they are asked for, features by rows, so that hundreds of files may be worked through in little memory. One thread at
 * a time.
 */
public final class FeatureFile implements AutoCloseable {
    private static final String COORDS = "coords";

    /** Numbers that are read together. */
    private static final int TOGETHER = 1 << 22;

    private final Hdf5 file;

    private final FeatureLayout layout;

    private final FeatureHeader header;

    private final Hdf5Table features;

    private final Hdf5Table coords;

    private TilePlaces places;

    private FeatureFile(
            final Hdf5 file,
            final FeatureLayout layout,
            final FeatureHeader header,
            final Hdf5Table features,
            final Hdf5Table coords) {
        this.file = file;
        this.layout = layout;
        this.header = header;
        this.features = features;
        this.coords = coords;
    }

    /**
     * Opens a file.
     *
     * @throws RunFailed naming the file: it cannot be read, is no HDF5 file, is of an unknown layout, has no coordinates
     *     or one vector for the whole slide, or states what cannot be
     */
    public static FeatureFile open(final Path path) throws RunFailed {
        return open(Hdf5.open(path));
    }

    static FeatureFile open(final Hdf5 file) throws RunFailed {
        boolean done = false;
        try {
            final FeatureFile opened = read(file);
            done = true;
            return opened;
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    private static FeatureFile read(final Hdf5 file) throws RunFailed {
        final Optional<Hdf5Table> stamp = file.table(FeatureLayout.STAMP.dataset());
        final Hdf5Table features = stamp.isPresent()
                ? stamp.get()
                : file.table(FeatureLayout.CLAM.dataset()).orElseThrow(() -> withoutFeatures(file));
        final Optional<Hdf5Table> coords = file.table(COORDS);
        if (features.axes() == 1 || file.attributes().text("feat_type").equals(Optional.of("slide"))) {
            throw refused(
                    file,
                    "The file holds one vector for the whole slide, not features of its tiles",
                    "Choose the folder of the tiles' features.");
        }
        if (coords.isEmpty()) {
            throw refused(
                    file,
                    "The file has features without coordinates: there is no dataset \"" + COORDS + "\"",
                    "Make the features again with a version that keeps the tiles' coordinates.");
        }
        features.check(stamp.isPresent() ? FeatureLayout.STAMP.dataset() : FeatureLayout.CLAM.dataset());
        coords.get().check(COORDS);
        if (coords.get().axes() != 2
                || coords.get().width() != 2
                || coords.get().rows() != features.rows()) {
            throw refused(
                    file,
                    "The file has " + features.rows() + " rows of features and "
                            + coords.get().rows() + " rows of " + coords.get().width() + " coordinates",
                    "Use files with one row of two coordinates for each row of features.");
        }
        final FeatureLayout layout = FeatureLayout.of(
                stamp.isPresent(), features.attributes(), coords.get().attributes());
        final FeatureHeader header =
                layout.header(file, features.attributes(), coords.get().attributes());
        return new FeatureFile(file, layout, header, features, coords.get());
    }

    private static RunFailed withoutFeatures(final Hdf5 file) {
        List<String> names;
        try {
            names = file.names();
        } catch (RunFailed e) {
            return e;
        }
        return names.equals(List.of(COORDS))
                ? refused(
                        file,
                        "The file holds coordinates of tiles, but no features",
                        "Choose the folder that the features were written to.")
                : refused(
                        file,
                        "The file is of an unknown layout: it holds "
                                + (names.isEmpty() ? "nothing" : "\"" + String.join("\", \"", names) + "\""),
                        "Use files as CLAM, TRIDENT or STAMP write them.");
    }

    private static void refuseUnwritten(final Hdf5 file, final String name, final long row) throws RunFailed {
        if (row >= 0) {
            throw refused(
                    file,
                    "The rows of \"" + name + "\" from row " + row + " on were never written",
                    "The program that made the file did not get to its end. Make the file again.");
        }
    }

    private static RunFailed refused(final Hdf5 file, final String what, final String remedy) {
        return new RunFailed(what, file.path().toString(), remedy);
    }

    /** The file. */
    public Path path() {
        return file.path();
    }

    /** Whose layout it has. */
    public FeatureLayout layout() {
        return layout;
    }

    /** Name of the slide: as stated, or else the file's name without its extension. */
    public String slide() {
        final String name = file.path().getFileName().toString();
        final int dot = name.lastIndexOf('.');
        return header.slide().orElse(dot > 0 ? name.substring(0, dot) : name);
    }

    /** What made the features, where stated. */
    public Optional<String> encoder() {
        return header.encoder();
    }

    /** Fingerprint of the encoder's weights, where stated. */
    public Optional<String> fingerprint() {
        return header.fingerprint();
    }

    /** Side of a tile in pixels as the encoder saw it, {@code NaN} if not stated. */
    public double pixels() {
        return header.pixels();
    }

    /** Micrometres along the side of such a pixel, {@code NaN} if not stated. */
    public double mpp() {
        return header.mpp();
    }

    /** Number of tiles; 0 for a slide without tissue. */
    public int tiles() {
        return (int) features.rows();
    }

    /** Numbers of a tile. */
    public int width() {
        return (int) features.width();
    }

    /**
     * Where the tiles lie, in the order of the file; read once.
     *
     * @throws RunFailed when they cannot be read, were never written, or are no numbers
     */
    public TilePlaces places() throws RunFailed {
        if (places == null) {
            places = readPlaces();
        }
        return places;
    }

    private TilePlaces readPlaces() throws RunFailed {
        final int n = tiles();
        final double[] pairs = new double[2 * n];
        refuseUnwritten(file, COORDS, coords.read(0, n, pairs));
        final double[] x = new double[n];
        final double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = pairs[2 * i] * header.scale();
            y[i] = pairs[2 * i + 1] * header.scale();
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                throw refused(
                        file,
                        "The coordinates of row " + i + " are no numbers",
                        "Make the file again, or take the row out.");
            }
        }
        return TilePlaces.of(x, y, header.side(), header.micrometres());
    }

    /**
     * Reads features of tiles that follow each other.
     *
     * @param from first tile
     * @param count number of tiles, as many as an array may hold
     * @return {@link #width()} numbers for each tile
     * @throws RunFailed when they cannot be read, were never written, or are no numbers
     */
    public float[] features(final int from, final int count) throws RunFailed {
        final float[] values = new float[Math.multiplyExact(count, width())];
        refuseUnwritten(file, layout.dataset(), features.read(from, count, values));
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw refused(
                        file,
                        "The features of row " + (from + i / width()) + " hold " + values[i] + ", which is no number",
                        "Make the file again, or take the row out.");
            }
        }
        return values;
    }

    /**
     * Copies rows, in whatever order; rows that lie together in the file are read together.
     *
     * @param rows their numbers
     * @param places where each goes, counted in rows
     * @param into takes them
     * @throws RunFailed as {@link #features}, or when there is no such row
     */
    public void copy(final int[] rows, final int[] places, final float[] into) throws RunFailed {
        final int[] order = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> rows[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        final int most = Math.max(1, TOGETHER / Math.max(1, width()));
        int from = 0;
        while (from < order.length) {
            final int first = rows[order[from]];
            int end = from + 1;
            while (end < order.length
                    && rows[order[end]] - first < most
                    && rows[order[end]] - rows[order[end - 1]] <= features.together()) {
                end++;
            }
            final int last = rows[order[end - 1]];
            if (first < 0 || last >= tiles()) {
                throw refused(
                        file,
                        "The file has " + tiles() + " rows, not row " + Math.max(first, last),
                        "The file was changed since the table of tiles was made. Read the features again.");
            }
            final float[] values = features(first, last - first + 1);
            for (int i = from; i < end; i++) {
                System.arraycopy(values, (rows[order[i]] - first) * width(), into, places[order[i]] * width(), width());
            }
            from = end;
        }
    }

    /** The features as they stand in the file, if they are neither cut into parts nor compressed, and 32-bit floats. */
    public Optional<RawRows> raw() throws RunFailed {
        final OptionalLong start = features.plain();
        return start.isPresent()
                ? Optional.of(new RawRows(path(), path(), start.getAsLong(), tiles(), width(), features.plainOrder()))
                : Optional.empty();
    }

    /**
     * Writes the features into a file as they are read fastest.
     *
     * @param into the file, which is made or written over
     * @param control of the writing
     */
    public RawRows unpack(final Path into, final RunControl control) throws RunFailed, RunCancelled {
        final int block = Math.max(1, TOGETHER / Math.max(1, width()));
        try (FileChannel channel = FileChannel.open(
                into, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int from = 0; from < tiles(); from += block) {
                control.checkCancelled();
                final float[] values = features(from, Math.min(block, tiles() - from));
                final ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
                bytes.asFloatBuffer().put(values);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        } catch (IOException e) {
            throw new RunFailed(
                    "The features cannot be unpacked (" + e.getMessage() + ")",
                    into.toString(),
                    "Make room there, or let Java's temporary folder be another one.",
                    e);
        }
        return new RawRows(into, path(), 0, tiles(), width(), ByteOrder.BIG_ENDIAN);
    }

    @Override
    public void close() {
        file.close();
    }
}
