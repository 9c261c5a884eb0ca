package org.selfdiff.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.train.loss.LossSum;
import org.selfdiff.weights.ModelCard;

/**
 * Trains a U-Net to name the class of every pixel (the second stage of GenSelfDiff-HIS): from a pre-trained diffusion
 * model, of which only the final block starts anew, or from scratch.
 */
public final class FineTuneSegmenter {
    private FineTuneSegmenter() {}

    /**
     * What is asked for.
     *
     * @param tiles labelled tiles; all of one size, whose sides are multiples of the network's
     * @param start a pre-trained model to start from, or the sizes of a network to start from scratch
     * @param classes names of the classes, background first; labels are their indices
     * @param coding what the values of masks mean
     * @param losses the loss
     * @param plan how long and how it is trained
     * @param validationShare share of the tiles' groups held out for validation, 0 to below 1; without effect where
     *     there are fewer than four groups
     * @param augment whether training tiles are flipped, turned and changed in colour at random; validation tiles never
     * @param seed of fresh weights, order of tiles, augmentation and the held-out groups
     * @param device where it runs
     * @param checkpoints folder for checkpoints; empty for none
     * @param modelFile where the model goes; it appears there whole or not at all
     */
    public record Request(
            List<Tile> tiles,
            Start start,
            List<String> classes,
            MaskCoding coding,
            LossSum losses,
            TrainingPlan plan,
            double validationShare,
            boolean augment,
            long seed,
            DeviceChoice device,
            Optional<Path> checkpoints,
            Path modelFile) {

        /** Copies the lists. */
        public Request {
            tiles = List.copyOf(tiles);
            classes = List.copyOf(classes);
        }
    }

    /** What training starts from. */
    public sealed interface Start {

        /**
         * The network of a diffusion model.
         *
         * @param model its file
         */
        record Pretrained(Path model) implements Start {}

        /**
         * Fresh weights.
         *
         * @param network sizes; its output channels are replaced by the number of classes
         */
        record Scratch(UNetSpec network) implements Start {}
    }

    /**
     * What came of it.
     *
     * @param card the model's card, as it stands in the file
     * @param log losses of training and validation
     * @param validationGroups groups that were held out; empty where there was no validation
     * @param stopped why training ended, a sentence
     */
    public record Result(ModelCard card, LossLog log, List<String> validationGroups, String stopped) {}

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, a tile, a mask, the model or the device does not do, or training diverges
     * @throws RunCancelled when the user stops it; checkpoints stay, no model is left
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        throw new UnsupportedOperationException();
    }
}
