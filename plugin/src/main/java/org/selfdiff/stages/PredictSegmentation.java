package org.selfdiff.stages;

import java.nio.file.Path;
import java.util.List;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.Precision;

/**
 * Names the class of every pixel of pictures of any size: windows of the size that the model was trained on slide over
 * the picture, and their probabilities are blended where they overlap.
 */
public final class PredictSegmentation {
    private PredictSegmentation() {}

    /**
     * What is asked for.
     *
     * @param model file of a segmentation model
     * @param pictures the pictures, in the order in which results come
     * @param overlap share of a window's side that the next one covers again, 0 to 0.75
     * @param flips whether each window is also seen flipped (both ways), and the four probabilities averaged
     * @param batchSize windows that are computed at once
     * @param precision number type; {@code AUTO} takes the faster one
     * @param device where it runs
     */
    public record Request(
            Path model,
            List<Path> pictures,
            double overlap,
            boolean flips,
            int batchSize,
            Precision precision,
            DeviceChoice device) {

        /** Copies the list. */
        public Request {
            pictures = List.copyOf(pictures);
        }
    }

    /**
     * One picture's segmentation.
     *
     * @param index place of the picture in the request, from 0
     * @param picture the picture as it was read
     * @param labels class of every pixel
     * @param probability probability that a pixel is not background, 0 to 255, row by row
     */
    public record Prediction(int index, Picture picture, LabelMap labels, byte[] probability) {}

    /** Takes predictions one by one, so that no more than one is held. */
    @FunctionalInterface
    public interface Receiver {
        /** Takes the next prediction. */
        void accept(Prediction prediction) throws RunFailed, RunCancelled;
    }

    /**
     * What came of it, apart from the predictions.
     *
     * @param device the device used and why
     * @param pictures number of pictures
     */
    public record Result(String device, int pictures) {}

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, a picture, the model or the device does not do
     * @throws RunCancelled when the user stops it; predictions that were received are whole
     */
    public static Result run(final Request request, final Receiver receiver, final RunControl control)
            throws RunFailed, RunCancelled {
        throw new UnsupportedOperationException();
    }
}
