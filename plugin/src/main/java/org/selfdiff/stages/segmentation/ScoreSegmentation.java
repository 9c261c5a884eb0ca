package org.selfdiff.stages.segmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.selfdiff.data.ClassLabels;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.metrics.Confusion;
import org.selfdiff.metrics.OverlapMetric;
import org.selfdiff.metrics.Scoring;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Compares predicted label maps with true ones: Dice, IoU, precision and recall for each class, for each picture, as
 * the mean over pictures (every picture counts the same) and pooled (every pixel counts the same). The tiles of a picture
 * are put together first: a pixel counts once, however many tiles show it.
 */
public final class ScoreSegmentation {

    /** Pictures that a warning names. */
    private static final int NAMED = 5;

    private ScoreSegmentation() {}

    /**
     * A picture or a tile of one.
     *
     * @param image the picture
     * @param area which part of it
     * @param prediction where the predicted label map comes from, value = class index
     * @param truth true labels
     */
    public record Pair(Path image, Tile.Area area, Prediction prediction, Optional<Truth> truth) {

        /** What messages call it. */
        String name() {
            return image.getFileName()
                    + (area.x() == 0 && area.y() == 0 ? "" : " (" + area.x() + ", " + area.y() + ")");
        }
    }

    /**
     * True labels that are read when they are compared.
     *
     * @param file mask or annotations, for messages
     * @param labels reads them
     * @param size reads the size of the picture
     */
    public record Truth(Path file, Labels labels, Size size) {}

    /** Reads labels as classes. */
    @FunctionalInterface
    public interface Labels {
        /** Reads them. */
        LabelMap read(ClassLabels classes, RunControl control) throws RunFailed, RunCancelled;
    }

    /** Reads the width and the height of a picture at its finest. */
    @FunctionalInterface
    public interface Size {
        /** Reads them. */
        long[] read(RunControl control) throws RunFailed, RunCancelled;
    }

    /** A predicted label map that is read when it is scored, so that no more than one is held. */
    @FunctionalInterface
    public interface Prediction {
        /** Reads it. */
        LabelMap read() throws RunFailed;
    }

    /**
     * What to score.
     *
     * @param pairs predictions and truths
     * @param classes names of all classes, background first, and what the values of the true masks mean
     * @param scoring policy for absent classes, and whether background counts in means over classes
     */
    public record Request(List<Pair> pairs, ClassLabels classes, Scoring scoring) {}

    /**
     * Scores of one picture.
     *
     * @param name of its file, with as many of its folders as tell it from others
     * @param counts its pixels, each once
     * @param classes scores of every class, background included, in order
     * @param mean over the classes that count
     */
    public record PictureScores(String name, Confusion counts, List<Scoring.Scores> classes, Scoring.Scores mean) {}

    /**
     * Scores of one class over all pictures.
     *
     * @param name of the class
     * @param counted whether it counts in the mean over classes
     * @param pooled from the summed counts
     * @param dice mean over pictures
     * @param iou mean over pictures
     * @param precision mean over pictures
     * @param recall mean over pictures
     */
    public record ClassScores(
            String name,
            boolean counted,
            Scoring.Scores pooled,
            Scoring.Mean dice,
            Scoring.Mean iou,
            Scoring.Mean precision,
            Scoring.Mean recall) {}

    /**
     * All scores.
     *
     * @param pictures in the order in which they first occur in the request
     * @param classes every class, background included
     * @param pooled mean over the classes that count of the pooled scores
     * @param perPicture mean over pictures of the mean over classes of each, as dice, IoU, precision, recall
     * @param leftOut pictures that have predictions without a true mask to compare with, which are not scored
     */
    public record Result(
            List<PictureScores> pictures,
            List<ClassScores> classes,
            Scoring.Scores pooled,
            List<Scoring.Mean> perPicture,
            Set<Path> leftOut) {

        /** What to say about what was left out; empty if nothing was. */
        public Optional<String> warning() {
            return leftOut.isEmpty()
                    ? Optional.empty()
                    : Optional.of(leftOut.size() + (leftOut.size() == 1 ? " picture has" : " pictures have")
                            + " no true mask and " + (leftOut.size() == 1 ? "is" : "are") + " not scored: "
                            + leftOut.stream().limit(NAMED).map(Path::toString).collect(Collectors.joining(", "))
                            + (leftOut.size() > NAMED ? ", and others." : "."));
        }
    }

    /**
     * Scores. Pictures without a true mask are left out, see {@link Result#leftOut}.
     *
     * @throws RunFailed if there is no true mask at all, or naming the picture, if its truth is of another size, or
     *     holds a class that there is not
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        if (request.pairs.isEmpty()) {
            throw new RunFailed("There are no predictions", "table of predictions", "Check the node that makes them.");
        }
        request.classes.requireFit("setting \"mask values\"");
        final Map<Path, Counting> countings = new LinkedHashMap<>();
        final Set<Path> leftOut = new TreeSet<>();
        final Pace pace = new Pace("rows", 0, request.pairs.size());
        for (int i = 0; i < request.pairs.size(); i++) {
            control.checkCancelled();
            final Pair pair = request.pairs.get(i);
            if (pair.truth.isPresent()) {
                final RunControl part =
                        control.part((double) i / request.pairs.size(), (i + 1.0) / request.pairs.size());
                count(request, pair, pair.truth.get(), i + 1, countings, part);
            } else {
                leftOut.add(pair.image);
            }
            control.progress((i + 1.0) / request.pairs.size(), pace.line(i + 1));
        }
        if (countings.isEmpty()) {
            throw new RunFailed(
                    "No picture has a true mask to compare with",
                    "table of predictions, such as " + leftOut.iterator().next(),
                    "Give masks to the held-out pictures, for instance by the mask folder of the Tiler.");
        }
        final List<PictureScores> pictures = scores(request, countings);
        final List<Confusion> counts =
                pictures.stream().map(PictureScores::counts).toList();
        final Confusion all = Scoring.pooled(counts);
        final List<ClassScores> classes = new ArrayList<>();
        for (int c = 0; c < all.classes(); c++) {
            classes.add(overPictures(request, counts, all, c));
        }
        final List<Scoring.Mean> perPicture = new ArrayList<>();
        for (final OverlapMetric metric : OverlapMetric.values()) {
            perPicture.add(
                    Scoring.Mean.of(pictures.stream().mapToDouble(p -> p.mean().get(metric))));
        }
        return new Result(
                List.copyOf(pictures),
                List.copyOf(classes),
                request.scoring.overClasses(all),
                List.copyOf(perPicture),
                Collections.unmodifiableSet(leftOut));
    }

    private static ClassScores overPictures(
            final Request request, final List<Confusion> counts, final Confusion all, final int index) {
        final Scoring scoring = request.scoring;
        return new ClassScores(
                request.classes.names().get(index),
                scoring.background() || index > 0,
                scoring.of(all, index),
                scoring.overPictures(counts, index, OverlapMetric.DICE),
                scoring.overPictures(counts, index, OverlapMetric.IOU),
                scoring.overPictures(counts, index, OverlapMetric.PRECISION),
                scoring.overPictures(counts, index, OverlapMetric.RECALL));
    }

    /** What has been counted of a picture. */
    private static final class Counting {
        private final CountedOnce pixels;

        private Confusion counts;

        Counting(final long[] size, final int classes) {
            pixels = new CountedOnce(size[0], size[1]);
            counts = Confusion.empty(classes);
        }
    }

    private static void count(
            final Request request,
            final Pair pair,
            final Truth wanted,
            final int row,
            final Map<Path, Counting> countings,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final LabelMap truth = wanted.labels.read(request.classes, control);
        final LabelMap prediction = pair.prediction.read();
        PictureCache.requireSameSize(wanted.file, truth, pair.name(), prediction.width(), prediction.height());
        final int classes = request.classes.names().size();
        requireClasses(truth, classes, wanted.file.toString(), row);
        requireClasses(prediction, classes, "prediction of " + pair.name(), row);
        Counting counting = countings.get(pair.image);
        if (counting == null) {
            counting = new Counting(wanted.size.read(control), classes);
            countings.put(pair.image, counting);
        }
        final CountedOnce.Fresh fresh = counting.pixels.next(pair.area, truth.labels(), prediction.labels());
        counting.counts = counting.counts.plus(Confusion.of(classes, fresh.truth(), fresh.prediction()));
    }

    private static List<PictureScores> scores(final Request request, final Map<Path, Counting> countings) {
        final List<PictureScores> pictures = new ArrayList<>();
        final Map<Path, List<Path>> alike =
                countings.keySet().stream().collect(Collectors.groupingBy(Path::getFileName));
        for (final Map.Entry<Path, Counting> picture : countings.entrySet()) {
            final Confusion counts = picture.getValue().counts;
            final List<Scoring.Scores> scores = new ArrayList<>();
            for (int c = 0; c < counts.classes(); c++) {
                scores.add(request.scoring.of(counts, c));
            }
            pictures.add(new PictureScores(
                    name(picture.getKey(), alike.get(picture.getKey().getFileName())),
                    counts,
                    List.copyOf(scores),
                    request.scoring.overClasses(counts)));
        }
        return pictures;
    }

    /** The end of a picture's path that none of the others has. */
    private static String name(final Path image, final List<Path> all) {
        int parts = 1;
        while (parts < image.getNameCount()) {
            final Path end = image.subpath(image.getNameCount() - parts, image.getNameCount());
            if (all.stream().filter(other -> other.endsWith(end)).count() == 1) {
                break;
            }
            parts++;
        }
        return image.subpath(image.getNameCount() - parts, image.getNameCount()).toString();
    }

    private static void requireClasses(final LabelMap map, final int classes, final String where, final int row)
            throws RunFailed {
        if (map.max() >= classes) {
            throw new RunFailed(
                    "The map holds the label " + map.max() + ", but there are " + classes + " classes (0 to "
                            + (classes - 1) + ")",
                    "row " + row + ", " + where,
                    "Set the names of all classes, or choose that any non-zero pixel of the true masks is foreground.");
        }
    }
}
