package org.selfdiff.stages.slides;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.selfdiff.data.Grouping;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileMask;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.annotation.AnnotationFiles;
import org.selfdiff.imaging.annotation.AnnotationSettings;
import org.selfdiff.imaging.grid.Resolution;
import org.selfdiff.imaging.grid.TileGrid;
import org.selfdiff.imaging.tissue.TissueSettings;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Lays a grid of tiles over slides and pictures at a physical resolution, finds tissue, reads annotations, and says for
 * every slide what became of it. The result holds coordinates, no pixels. Its order is that of the slides, then of rows,
 * then of columns, whatever the number of threads; memory depends on the largest slide's number of tiles, not on how many
 * slides there are or how large their files are.
 */
public final class CutTiles {
    private CutTiles() {}

    /** What happens when one slide cannot be used. */
    public enum OnFailure {
        /** The run ends with its error. */
        FAIL,
        /** The slide is left out, and the report says why. */
        SKIP_AND_REPORT
    }

    /**
     * At which resolution slides are read.
     *
     * @param target of a tile's pixels
     * @param mppOverride micrometres per pixel of level 0 in place of what the files say, 0 to believe them
     * @param tolerance a level is taken as it is if it differs by no more than this share
     */
    public record Reading(Resolution target, double mppOverride, double tolerance) {

        /** The finest level as it is. */
        public static Reading finest() {
            return new Reading(Resolution.finest(), 0, 0.05);
        }
    }

    /**
     * Which tiles count as tissue.
     *
     * @param where on which pictures tissue is looked for
     * @param minShare smallest share of tissue in a tile that is kept, 0 to 1
     * @param settings how tissue is found
     * @param masks folder with masks of tissue by the pictures' names, of any size, not 0 where there is tissue; they
     *     replace the search
     */
    public record TissueRule(Where where, double minShare, TissueSettings settings, Optional<Path> masks) {

        /** On which pictures tissue is looked for. */
        public enum Where {
            /** On none: all tiles are kept. */
            NOWHERE,
            /** On files with several levels or a known resolution; plain pictures are kept whole. */
            SLIDES,
            /** On all. */
            EVERYWHERE
        }

        /** All tiles are kept. */
        public static TissueRule none() {
            return new TissueRule(Where.NOWHERE, 0, TissueSettings.standard(), Optional.empty());
        }
    }

    /**
     * What annotations decide.
     *
     * @param keep which tiles are kept
     * @param classes names of the classes 1, 2 and so on; empty for those found in all files, in alphabetical order
     * @param excluded classes whose regions count as not annotated and are never a label
     * @param minShare smallest share of a tile that its annotations must cover to be inside, 0 to 1; also of the class
     *     that becomes its label
     * @param settings what is done about faulty polygons
     * @param valueNames names of the values 1, 2 and so on of masks that are pictures; empty if nobody has named them
     */
    public record AnnotationRule(
            Keep keep,
            List<String> classes,
            List<String> excluded,
            double minShare,
            AnnotationSettings settings,
            List<String> valueNames) {

        /** Which tiles are kept. */
        public enum Keep {
            /** All. */
            ALL,
            /** Those inside of regions of the classes. */
            INSIDE,
            /** Those that no region of the classes touches. */
            OUTSIDE
        }

        /** Copies the lists. */
        public AnnotationRule {
            classes = List.copyOf(classes);
            excluded = List.copyOf(excluded);
            valueNames = List.copyOf(valueNames);
        }

        /** Names that are given hold for annotations and for values of masks alike. */
        public AnnotationRule(
                final Keep keep,
                final List<String> classes,
                final List<String> excluded,
                final double minShare,
                final AnnotationSettings settings) {
            this(keep, classes, excluded, minShare, settings, classes);
        }

        /** Annotations are labels and drop nothing. */
        public static AnnotationRule labels() {
            return new AnnotationRule(Keep.ALL, List.of(), List.of(), 0.5, AnnotationSettings.standard());
        }

        /** What the labels of a slide are read from. */
        TileMask mask(final Path file) {
            return AnnotationFiles.hasName(file)
                    ? new TileMask(file, classes, excluded)
                    : new TileMask(file, valueNames, List.of());
        }

        AnnotationRule with(final List<String> found) {
            return new AnnotationRule(keep, found, excluded, minShare, settings, valueNames);
        }
    }

    /**
     * What to cut.
     *
     * @param pictures the slides and pictures, with their masks or annotations
     * @param reading at which resolution
     * @param grid size, stride and border of the tiles, in pixels at that resolution
     * @param tissue which tiles count as tissue
     * @param annotations what annotations decide
     * @param minSharpness least sharpness of a tile that is kept, {@code NaN} not to measure it (it takes the reading of
     *     every tile's pixels)
     * @param grouping what may not be on both sides of a split
     * @param masksRequired whether a picture without a mask is an error
     * @param onFailure what happens when one slide cannot be used
     * @param overviews whether an overview picture of every slide is drawn
     * @param journal folder where finished slides are noted, so that a run that was stopped goes on; empty for none
     * @param threads how many, 0 for as many as there are processors
     * @param limits for decoding
     */
    public record Request(
            PictureFiles pictures,
            Reading reading,
            TileGrid grid,
            TissueRule tissue,
            AnnotationRule annotations,
            double minSharpness,
            Grouping grouping,
            boolean masksRequired,
            OnFailure onFailure,
            boolean overviews,
            Optional<Path> journal,
            int threads,
            DecodeLimits limits) {}

    /** Takes what was cut, slide by slide in order. */
    @FunctionalInterface
    public interface Receiver {
        /** Takes the next slide's tiles and report. */
        void accept(SlideReport report, List<Tile> tiles) throws RunFailed, RunCancelled;
    }

    /**
     * What was cut.
     *
     * @param slides number of slides
     * @param failed how many of them could not be used
     * @param tiles number of tiles
     * @param classes names of the annotated classes 1, 2 and so on
     */
    public record Result(int slides, int failed, long tiles, List<String> classes) {}

    /**
     * Cuts.
     *
     * @throws RunFailed if there are no pictures, or if one cannot be used and that is to end the run (see
     *     {@link OnFailure})
     */
    public static Result run(final Request request, final Receiver receiver, final RunControl control)
            throws RunFailed, RunCancelled {
        final List<PictureFiles.Entry> entries = request.pictures.list(control);
        requireOwnTissueMasks(request, entries);
        try (Workers workers = request.threads > 0 ? new Workers(request.threads) : Workers.all()) {
            final List<String> classes = classes(request, entries, workers, control);
            final SlideCutter cutter = new SlideCutter(request, request.annotations.with(classes), workers);
            final CutTotals totals = new CutTotals(request, entries.size(), receiver, control);
            workers.inOrder(
                    entries.size(), (i, c) -> cutter.cut(entries.get(i), totals.shareOf(i, c)), totals, control);
            return totals.result(classes);
        }
    }

    /** Masks of tissue are found by the picture's name alone, so that no two may share one. */
    private static void requireOwnTissueMasks(final Request request, final List<PictureFiles.Entry> entries)
            throws RunFailed {
        final Map<String, Path> owners = new HashMap<>();
        for (final PictureFiles.Entry entry : entries) {
            final Path other = owners.put(Pictures.stem(entry.image()), entry.image());
            if (request.tissue.masks.isPresent() && other != null) {
                throw new RunFailed(
                        "Two pictures would have the same mask of tissue: " + other + " and " + entry.image(),
                        request.tissue.masks.get().toString(),
                        "Give pictures names of their own, or cut each folder in a run of its own.");
            }
        }
    }

    /** The classes as asked for, or all that occur; a file that cannot be read is reported when its slide is cut. */
    private static List<String> classes(
            final Request request,
            final List<PictureFiles.Entry> entries,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        if (!request.annotations.classes.isEmpty()) {
            return request.annotations.classes;
        }
        final List<PictureFiles.Entry> annotated = entries.stream()
                .filter(e ->
                        e.mask().isPresent() && AnnotationFiles.hasName(e.mask().get()))
                .toList();
        final Set<String> found = new TreeSet<>();
        workers.<List<String>>inOrder(
                annotated.size(),
                (i, c) -> {
                    c.checkCancelled();
                    final PictureFiles.Entry entry = annotated.get(i);
                    try {
                        return AnnotationFiles.read(
                                        entry.mask().orElseThrow(),
                                        entry.image().getFileName().toString(),
                                        request.annotations.settings,
                                        c)
                                .classNames();
                    } catch (final RunFailed e) {
                        return List.of();
                    }
                },
                (i, names) -> {
                    found.addAll(names);
                    control.progress(0, "reading annotations, " + (i + 1) + " of " + annotated.size());
                },
                control);
        request.annotations.excluded.forEach(found::remove);
        return new ArrayList<>(found);
    }
}
