package org.selfdiff.stages.classification;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.selfdiff.data.PictureCache;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelTask;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.Setting;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.train.LossLog;

/**
 * Trains a small residual network from scratch to classify tiles; synthetic tiles may be trained on beside real ones, and
 * are never held out.
 */
public final class LearnTileClassifier {
    private static final String STAGE = "LearnTileClassifier";

    private LearnTileClassifier() {}

    /**
     * What is asked for.
     *
     * @param real tiles; all of one size
     * @param synthetic tiles of the same size that are trained on, too; empty for none
     * @param ratio synthetic tiles for each real one that is trained on; 0 for all there are
     * @param heldOut what the training is judged by; the weights of the best validation are kept
     * @param settings of network and training
     * @param seed of weights, order, augmentation, the held-out groups and the choice of synthetic tiles
     * @param checkpoints folder for checkpoints; empty for none
     * @param modelFile where the model goes; it appears there whole or not at all
     */
    public record Request(
            LabelledTiles real,
            Optional<LabelledTiles> synthetic,
            double ratio,
            HeldOut heldOut,
            ClassifierSettings settings,
            long seed,
            Optional<Path> checkpoints,
            Path modelFile) {}

    /**
     * What came of it.
     *
     * @param card the model's card, as it stands in the file
     * @param log losses
     * @param training number of real tiles that were trained on
     * @param validation number of tiles that were held out
     * @param synthetic number of synthetic tiles that were trained on
     */
    public record Result(ModelCard card, LossLog log, int training, int validation, int synthetic) {}

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, a tile, the labels or the device do not do, or training diverges
     * @throws RunCancelled when the user stops it; checkpoints stay, no model is left
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        Setting.check("held-out share", request.heldOut.share(), 0, 0.9);
        Setting.check("synthetic tiles for each real one", request.ratio, 0, 1e6);
        request.real.labels().requireLearnable("table of tiles");
        final TrainingRows rows = TrainingRows.choose(
                request.real.labels(),
                request.real.groups(),
                request.heldOut,
                request.synthetic.map(s -> s.tiles().size()).orElse(0),
                request.ratio,
                request.seed);
        final LabelledTiles real = request.real.at(rows.training());
        real.labels().requireLearnable("table of tiles, without what is held out");
        final LabelledTiles training =
                request.synthetic.isPresent() ? real.and(request.synthetic.get().at(rows.synthetic())) : real;
        final ClassifierTraining task = new ClassifierTraining(
                STAGE,
                training,
                request.real.at(rows.validation()),
                request.settings.network(
                        training.tiles(), training.labels().classes().size()),
                request.settings,
                request.seed,
                request.checkpoints);
        try (PictureCache cache = PictureCache.standard()) {
            return task.run(cache, control, trained -> finish(request, task, rows, trained));
        }
    }

    private static Result finish(
            final Request request,
            final ClassifierTraining task,
            final TrainingRows rows,
            final TrainNetwork.Trained trained)
            throws RunFailed {
        final JsonObject noted =
                TileInput.noted(trained.training(), task.training().tiles());
        noted.addProperty("realTiles", rows.training().size());
        noted.addProperty("heldOutTiles", rows.validation().size());
        noted.addProperty("syntheticTiles", rows.synthetic().size());
        final Labels labels = task.training().labels();
        final ModelCard card = new ModelCard(
                new ModelTask.Classification(labels.modelClasses(), labels.multiLabel()),
                task.network().toJson(),
                TileInput.of(task.training().tiles(), task.network().channels()),
                noted,
                trained.provenance());
        ModelFile.write(request.modelFile, card, trained.outcome().weights());
        return new Result(
                card,
                trained.outcome().log(),
                rows.training().size(),
                rows.validation().size(),
                rows.synthetic().size());
    }
}
