package org.selfdiff.stages.segmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.PictureCache;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.metrics.Confusion;
import org.selfdiff.metrics.OverlapMetric;
import org.selfdiff.metrics.Scoring;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Compares predicted label maps with true ones: Dice, IoU, precision and recall for each class, for each picture, as
 * the mean over pictures (every picture counts the same) and pooled (every pixel counts the same).
 */
public final class ScoreSegmentation {

    private ScoreSegmentation() {}

    /**
     * A picture to score.
     *
     * @param name for the tables
     * @param prediction where the predicted label map comes from, value = class index
     * @param truth true labels
     */
    public record Pair(String name, Prediction prediction, Optional<Truth> truth) {}

    /**
     * True labels that are read when they are compared.
     *
     * @param file mask or annotations, for messages
     * @param labels reads them
     */
    public record Truth(Path file, Labels labels) {}

    /** Reads labels by the meaning of a mask's values. */
    @FunctionalInterface
    public interface Labels {
        /** Reads them. */
        LabelMap read(MaskCoding coding, RunControl control) throws RunFailed, RunCancelled;
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
     * @param classNames names of all classes, background first
     * @param truthCoding what the values of the true masks mean
     * @param scoring policy for absent classes, and whether background counts in means over classes
     */
    public record Request(List<Pair> pairs, List<String> classNames, MaskCoding truthCoding, Scoring scoring) {}

    /**
     * Scores of one picture.
     *
     * @param pair the picture
     * @param counts its pixels
     * @param classes scores of every class, background included, in order
     * @param mean over the classes that count
     */
    public record PictureScores(Pair pair, Confusion counts, List<Scoring.Scores> classes, Scoring.Scores mean) {}

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
     * @param pictures in the order of the request
     * @param classes every class, background included
     * @param pooled mean over the classes that count of the pooled scores
     * @param perPicture mean over pictures of the mean over classes of each, as dice, IoU, precision, recall
     */
    public record Result(
            List<PictureScores> pictures,
            List<ClassScores> classes,
            Scoring.Scores pooled,
            List<Scoring.Mean> perPicture) {}

    /**
     * Scores.
     *
     * @throws RunFailed naming the picture, if its truth is missing, of another size, or holds a class that there is
     *     not
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        if (request.pairs.isEmpty()) {
            throw new RunFailed("There are no predictions", "table of predictions", "Check the node that makes them.");
        }
        final List<PictureScores> pictures = new ArrayList<>();
        final Pace pace = new Pace("pictures", 0, request.pairs.size());
        for (int i = 0; i < request.pairs.size(); i++) {
            control.checkCancelled();
            final RunControl part = control.part((double) i / request.pairs.size(), (i + 1.0) / request.pairs.size());
            pictures.add(score(request, request.pairs.get(i), i + 1, part));
            control.progress((i + 1.0) / request.pairs.size(), pace.line(i + 1));
        }
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
                List.copyOf(pictures), List.copyOf(classes), request.scoring.overClasses(all), List.copyOf(perPicture));
    }

    private static ClassScores overPictures(
            final Request request, final List<Confusion> counts, final Confusion all, final int index) {
        final Scoring scoring = request.scoring;
        return new ClassScores(
                request.classNames.get(index),
                scoring.background() || index > 0,
                scoring.of(all, index),
                scoring.overPictures(counts, index, OverlapMetric.DICE),
                scoring.overPictures(counts, index, OverlapMetric.IOU),
                scoring.overPictures(counts, index, OverlapMetric.PRECISION),
                scoring.overPictures(counts, index, OverlapMetric.RECALL));
    }

    private static PictureScores score(final Request request, final Pair pair, final int row, final RunControl control)
            throws RunFailed, RunCancelled {
        if (pair.truth.isEmpty()) {
            throw new RunFailed(
                    "The picture has no true mask to compare with",
                    "row " + row + ", " + pair.name,
                    "Score only pictures with masks, or remove the row.");
        }
        final Path truthFile = pair.truth.get().file;
        final LabelMap truth = pair.truth.get().labels.read(request.truthCoding, control);
        final LabelMap prediction = pair.prediction.read();
        PictureCache.requireSameSize(truthFile, truth, pair.name, prediction.width(), prediction.height());
        final int classes = request.classNames.size();
        requireClasses(truth, classes, truthFile.toString(), row);
        requireClasses(prediction, classes, "prediction of " + pair.name, row);
        final Confusion counts = Confusion.of(classes, truth.labels(), prediction.labels());
        final List<Scoring.Scores> scores = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            scores.add(request.scoring.of(counts, c));
        }
        return new PictureScores(pair, counts, List.copyOf(scores), request.scoring.overClasses(counts));
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
