package org.selfdiff.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.Picture;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.weights.ModelCard;

/** Trains a U-Net to take noise away from tiles without labels (the first stage of GenSelfDiff-HIS). */
public final class PretrainDiffusion {
    private PretrainDiffusion() {}

    /**
     * What is asked for.
     *
     * @param tiles at least one; all of one size, whose sides are multiples of {@code network.sideMultiple()}
     * @param network sizes of the network
     * @param process schedule, objective and weighting
     * @param plan how long and how it is trained
     * @param augment whether tiles are flipped and turned at random
     * @param seed of weights, order of tiles, augmentation, noise and samples
     * @param device where it runs
     * @param checkpoints folder for checkpoints; a checkpoint of an equal request found there is gone on from. Empty for
     *     none
     * @param samples number of pictures drawn from the finished model, 0 for none
     * @param sampleSteps DDIM steps of a sample
     * @param modelFile where the model goes; it appears there whole or not at all
     */
    public record Request(
            List<Tile> tiles,
            UNetSpec network,
            DiffusionProcess process,
            TrainingPlan plan,
            boolean augment,
            long seed,
            DeviceChoice device,
            Optional<Path> checkpoints,
            int samples,
            int sampleSteps,
            Path modelFile) {

        /** Copies the list. */
        public Request {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * What came of it.
     *
     * @param card the model's card, as it stands in the file
     * @param log losses
     * @param samples the samples as one picture, row by row; empty if none were asked for
     * @param stopped why training ended, a sentence
     */
    public record Result(ModelCard card, LossLog log, Optional<Picture> samples, String stopped) {}

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, a tile or the device does not do, or training diverges
     * @throws RunCancelled when the user stops it; checkpoints stay, no model is left
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        throw new UnsupportedOperationException();
    }
}
