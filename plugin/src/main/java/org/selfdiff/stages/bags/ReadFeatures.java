package org.selfdiff.stages.bags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.Tile;
import org.selfdiff.data.features.FeatureFile;
import org.selfdiff.data.features.FeatureReference;
import org.selfdiff.data.features.TilePlaces;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Reads a folder of features, one HDF5 file for each slide, as tiles with their features. The files are looked through
 * first, so that one of another encoder is found before anything is read; then they are read one after the other.
 */
public final class ReadFeatures {
    /** Tiles whose features are read together. */
    private static final int BLOCK = 512;

    private ReadFeatures() {}

    /**
     * What is read.
     *
     * @param folder of the files, in its top level
     * @param slides folder of the slides that they were made of, looked through with its sub-folders; the picture of a
     *     tile whose slide is not there is the file of features
     * @param encoder what made the features, where the files do not say so; may be blank
     * @param side side of a tile in pixels of level 0 where the files do not say so; 0: their smallest step
     * @param mpp micrometres along the side of a pixel of level 0, for coordinates in micrometres; 0 if unknown
     */
    public record Request(Path folder, Optional<Path> slides, String encoder, double side, double mpp) {}

    /**
     * What the files have in common.
     *
     * @param files in the order of their names
     * @param encodedBy what made the features
     * @param tiles of all files
     */
    public record Survey(List<Path> files, EncodedBy encodedBy, long tiles) {}

    /** Takes the tiles in the order of files and rows. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes a tile.
         *
         * @param features its numbers; empty if they are not asked for
         */
        void take(Tile tile, float[] features, FeatureReference reference);
    }

    /**
     * The files of a folder.
     *
     * @throws RunFailed if there are none, or the folder cannot be read
     */
    public static List<Path> files(final Path folder) throws RunFailed {
        final List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(ReadFeatures::isHdf5).sorted().toList();
        } catch (IOException e) {
            throw new RunFailed(
                    "The folder cannot be read (" + e.getClass().getSimpleName() + ")",
                    folder.toString(),
                    "Choose the folder that holds one HDF5 file for each slide.",
                    e);
        }
        if (files.isEmpty()) {
            throw new RunFailed(
                    "There is no HDF5 file (.h5, .hdf5) in the folder",
                    folder.toString(),
                    "Choose the folder that holds one HDF5 file for each slide.");
        }
        return files;
    }

    private static boolean isHdf5(final Path file) {
        final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".h5") || name.endsWith(".hdf5"));
    }

    /**
     * Looks through the files, which takes some milliseconds each.
     *
     * @throws RunFailed naming the file that cannot be read, that does not say its encoder where nobody else does, that
     *     has another encoder or width than those before it, or a slide that another file has too
     */
    public static Survey survey(final List<Path> files, final Request request, final RunControl control)
            throws RunFailed, RunCancelled {
        final Pace pace = new Pace("files looked through", 0, files.size());
        final Map<String, Path> slides = new HashMap<>();
        EncodedBy common = null;
        long tiles = 0;
        for (int i = 0; i < files.size(); i++) {
            control.checkCancelled();
            control.progress((double) i / files.size(), pace.line(i));
            try (FeatureFile file = FeatureFile.open(files.get(i))) {
                final Path other = slides.put(file.slide(), files.get(i));
                if (other != null) {
                    throw new RunFailed(
                            "The slide \"" + file.slide() + "\" has a second file, beside " + other,
                            files.get(i).toString(),
                            "Keep one of the two in the folder.");
                }
                final EncodedBy own = encodedBy(file, request.encoder);
                if (common != null && !common.same(own)) {
                    throw new RunFailed(
                            "The features are made by " + own.shown() + ", those of the files before by "
                                    + common.shown(),
                            files.get(i).toString(),
                            "Keep features of one encoder in a folder.");
                }
                common = common == null ? own : common;
                tiles += file.tiles();
            }
        }
        return new Survey(files, common, tiles);
    }

    /** An encoder that is known by its name only is told from others by its name. */
    private static EncodedBy encodedBy(final FeatureFile file, final String asked) throws RunFailed {
        final Optional<String> name =
                file.encoder().or(() -> Optional.of(asked.strip()).filter(n -> !n.isEmpty()));
        if (name.isEmpty()) {
            throw new RunFailed(
                    "The file does not say which encoder made its features",
                    file.path().toString(),
                    "Name the encoder in the setting \"Encoder\".");
        }
        if (file.width() < 1) {
            throw new RunFailed("The features have no numbers", file.path().toString(), "Make the file again.");
        }
        return new EncodedBy(
                name.get(), file.fingerprint().orElse("name:" + name.get().toLowerCase(Locale.ROOT)), file.width());
    }

    /**
     * Reads the tiles of all files.
     *
     * @param withFeatures whether the features are read, too
     * @throws RunFailed naming the file
     */
    public static void run(
            final Request request,
            final Survey survey,
            final boolean withFeatures,
            final Sink sink,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final Optional<Map<String, Path>> slides =
                request.slides.isPresent() ? Optional.of(SlideFiles.in(request.slides.get())) : Optional.empty();
        final Pace pace = new Pace("tiles", 0, survey.tiles);
        final List<String> empty = new ArrayList<>();
        final List<String> unknown = new ArrayList<>();
        final List<String> guessed = new ArrayList<>();
        long done = 0;
        for (final Path path : survey.files) {
            try (FeatureFile file = FeatureFile.open(path)) {
                if (file.tiles() == 0) {
                    empty.add(file.slide());
                    continue;
                }
                final TilePlaces places = places(file, request);
                if (!places.stated() && request.side == 0) {
                    guessed.add(file.slide());
                }
                final Optional<Path> slide = slides.flatMap(all -> SlideFiles.find(all, file.slide()));
                if (slides.isPresent() && slide.isEmpty()) {
                    unknown.add(file.slide());
                }
                final Path image = slide.orElse(path);
                for (int from = 0; from < file.tiles(); from += BLOCK) {
                    control.checkCancelled();
                    control.progress((double) done / survey.tiles, pace.line(done));
                    final int count = Math.min(BLOCK, file.tiles() - from);
                    final float[] features = withFeatures ? file.features(from, count) : new float[0];
                    for (int i = 0; i < count; i++) {
                        sink.take(
                                tile(file, image, places, from + i, request),
                                withFeatures
                                        ? java.util.Arrays.copyOfRange(
                                                features, i * file.width(), (i + 1) * file.width())
                                        : features,
                                new FeatureReference(path, from + i));
                    }
                    done += count;
                }
            }
        }
        warn(control, empty, "without tiles were left out");
        warn(control, unknown, "were not found in the folder of slides");
        warn(control, guessed, "have no stated tile size; the smallest step between tiles was taken");
    }

    private static void warn(final RunControl control, final List<String> slides, final String what) {
        if (!slides.isEmpty()) {
            control.warn(slides.size() + " slides " + what + ": "
                    + String.join(", ", slides.subList(0, Math.min(3, slides.size())))
                    + (slides.size() > 3 ? ", ..." : ""));
        }
    }

    private static TilePlaces places(final FeatureFile file, final Request request) throws RunFailed {
        final TilePlaces stored = file.places();
        if (stored.micrometres() && request.mpp <= 0) {
            throw new RunFailed(
                    "The coordinates of the file are in micrometres, and how large a pixel of the slide is, is not known",
                    file.path().toString(),
                    "Give the resolution in the setting \"Micrometres per pixel\".");
        }
        final TilePlaces places = stored.inPixels(request.mpp);
        if (places.stated() || request.side == 0 && !Double.isNaN(places.side())) {
            return places;
        }
        if (request.side == 0) {
            throw new RunFailed(
                    "The file does not say how large its tiles are, and has too few to tell",
                    file.path().toString(),
                    "Give the side in the setting \"Tile side\".");
        }
        return new TilePlaces(places.x(), places.y(), request.side, false, false);
    }

    private static Tile tile(
            final FeatureFile file, final Path image, final TilePlaces places, final int i, final Request request)
            throws RunFailed {
        final double x = places.x()[i];
        final double y = places.y()[i];
        if (Math.abs(x) > Integer.MAX_VALUE || Math.abs(y) > Integer.MAX_VALUE || places.side() < 1) {
            throw new RunFailed(
                    "The tile of row " + i + " lies at " + x + ", " + y + " with a side of " + places.side(),
                    file.path().toString(),
                    "Coordinates are pixels of level 0.");
        }
        // tiles that were enlarged for the encoder are tiles of level 0
        final int pixels =
                (int) Math.round(file.pixels() >= 1 && file.pixels() <= places.side() ? file.pixels() : places.side());
        final double downsample = Math.max(1, places.side() / pixels);
        final double mpp =
                file.pixels() == pixels ? file.mpp() : request.mpp > 0 ? request.mpp * downsample : Double.NaN;
        return new Tile(
                image,
                new Tile.Area((int) Math.round(x), (int) Math.round(y), pixels, pixels, downsample, mpp),
                Optional.empty(),
                file.slide(),
                Optional.empty(),
                Tile.Findings.none());
    }
}
