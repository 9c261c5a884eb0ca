package org.selfdiff.stages.diffusion;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.Batch;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.BatchUpload;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.diffusion.Clipping;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.diffusion.DiffusionScript;
import org.selfdiff.diffusion.NoisyBatch;
import org.selfdiff.diffusion.Sampler;
import org.selfdiff.diffusion.Sampling;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.draw.Montage;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.UNet;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.BatchFeed;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.stages.compute.Planes;
import org.selfdiff.stages.compute.TileFingerprint;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.tensors.GaussianNoise;
import org.selfdiff.tensors.Philox;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.StepScript;
import org.selfdiff.train.Trainer;
import org.selfdiff.train.TrainingPlan;

/** Trains a U-Net to take noise away from tiles without labels (the first stage of GenSelfDiff-HIS). */
public final class PretrainDiffusion {
    private static final String STAGE = "PretrainDiffusion";

    /** Share of the progress that training takes where samples are drawn. */
    private static final double TRAINING_SHARE = 0.95;

    /** Samples are enlarged to about this side. */
    private static final int SHOWN_SIDE = 128;

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
     * @param checkpoints folder for checkpoints; a checkpoint of an equal request found there is gone on from. Empty
     *     for none
     * @param samples number of pictures drawn from the finished model, 0 for none
     * @param sampler how samples are drawn
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
            Sampler sampler,
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

    /** What a batch is made of on the Java side. */
    private record Inputs(long step, Batch batch, float[] noise, float[] table) {}

    /**
     * The card of the model that a request will make, as far as it is known before: without data, device and outcome.
     *
     * @param network sizes of the network
     * @param process schedule, objective and weighting
     */
    public static ModelCard planned(final UNetSpec network, final DiffusionProcess process) {
        return new ModelCard(
                task(process),
                network.toJson(),
                TileInput.planned(network.inputChannels(), network.sideMultiple()),
                new JsonObject(),
                new Provenance(STAGE, "", Map.of(), "", Map.of(), List.of()));
    }

    private static ModelTask task(final DiffusionProcess process) {
        return new ModelTask.Diffusion(process.toJson(), Optional.empty(), Optional.empty());
    }

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, a tile or the device does not do, or training diverges
     * @throws RunCancelled when the user stops it; checkpoints stay, no model is left
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        request.network.checked();
        final Augmentation augmentation = request.augment ? Augmentation.turnsOnly() : Augmentation.none();
        final BatchSettings settings = BatchSettings.pictures(
                        request.plan.checked().batchSize(), request.seed, augmentation)
                .withChannels(request.network.inputChannels());
        try (PictureCache cache = PictureCache.standard();
                BatchUpload upload = new BatchUpload(settings);
                GaussianNoise noise = new GaussianNoise(SeededRandom.mix(request.seed, SeededRandom.mix("noise")))) {
            final TileBatches batches = new TileBatches(request.tiles, settings, cache);
            TileInput.requireFit(batches, request.network);
            final Sampling sampling = sampling(request, batches);
            return TrainNetwork.run(
                    task(
                            request,
                            feed(request, batches, upload, noise),
                            batches.size(),
                            sampling,
                            TileFingerprint.of(request.tiles, false, control)),
                    control.part(0, request.samples > 0 ? TRAINING_SHARE : 1),
                    trained -> finish(request, sampling, trained, control));
        }
    }

    private static TrainNetwork.Task task(
            final Request request,
            final BatchFeed<Inputs> feed,
            final long examples,
            final Sampling sampling,
            final String data) {
        final UNet network = new UNet(request.network);
        return new TrainNetwork.Task(
                new TrainNetwork.Identity(STAGE, "pre-training", "pictures", settings(request), data, List.of()),
                request.plan,
                Optional.empty(),
                examples,
                InitialWeights.draw(network, request.seed),
                Trainer.Untrained.none(),
                type -> List.of(
                        ScriptOps.method(network, DiffusionScript.PREDICT, type),
                        DiffusionScript.loss(StepScript.LOSS),
                        sampling.script().method()),
                feed,
                Optional.empty(),
                request.device,
                request.checkpoints);
    }

    private static Result finish(
            final Request request,
            final Sampling sampling,
            final TrainNetwork.Trained trained,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final Trainer.Outcome outcome = trained.outcome();
        final Optional<Picture> samples = samples(request, sampling, trained, control);
        final ModelCard card = new ModelCard(
                task(request.process),
                request.network.toJson(),
                TileInput.of(request.tiles, request.network.inputChannels()),
                TileInput.noted(trained.training(), request.tiles),
                trained.provenance());
        ModelFile.write(request.modelFile, card, outcome.weights());
        return new Result(card, outcome.log(), samples, outcome.stopped());
    }

    /** Pictures, noise and time-steps of a step: functions of the seed and the step, each from a stream of its own. */
    private static BatchFeed<Inputs> feed(
            final Request request, final TileBatches batches, final BatchUpload upload, final GaussianNoise noise) {
        final long timeSeed = SeededRandom.mix(request.seed, SeededRandom.mix("time-steps"));
        return new BatchFeed<>(
                (step, control) -> {
                    final Batch batch = batches.batch(step, control);
                    final int count = batch.count();
                    final float[] draws = new float[count + 1];
                    Philox.uniforms(timeSeed, step, draws);
                    final NoisyBatch numbers =
                            NoisyBatch.draw(request.process, Arrays.copyOf(draws, count), draws[count]);
                    return new Inputs(
                            step,
                            batch,
                            noise.ahead(step, count, batch.pixels().length / count, control),
                            numbers.table());
                },
                (inputs, scope) -> List.of(
                        upload.tensors(inputs.batch, scope).get(0),
                        noise.tensor(inputs.step, inputs.noise, scope, inputs.batch.pixelShape()),
                        scope.floats(inputs.table, NoisyBatch.COLUMNS, inputs.batch.count())));
    }

    private static Sampling sampling(final Request request, final TileBatches batches) {
        return Sampling.of(
                request.sampler,
                request.process,
                new Clipping.Range(TileInput.HIGH),
                request.network.inputChannels(),
                batches.height(),
                batches.width(),
                SeededRandom.mix(request.seed, SeededRandom.mix("samples")));
    }

    private static Optional<Picture> samples(
            final Request request,
            final Sampling sampling,
            final TrainNetwork.Trained trained,
            final RunControl control)
            throws RunFailed, RunCancelled {
        if (request.samples <= 0) {
            return Optional.empty();
        }
        final List<float[]> drawn = DeviceCalls.call(trained.session(), "sampling", control, () -> {
            try (TensorScope scope = trained.session().scope().child()) {
                final List<Tensor> parameters =
                        DeviceCalls.upload(trained.outcome().weights(), scope);
                return sampling.draw(
                        trained.module(),
                        parameters,
                        scope,
                        request.samples,
                        request.plan.batchSize(),
                        control.part(TRAINING_SHARE, 1));
            }
        });
        final List<Picture> pictures = drawn.stream()
                .map(planes -> Planes.picture(planes, sampling.width(), sampling.height()))
                .toList();
        final int columns = (int) Math.ceil(Math.sqrt(pictures.size()));
        return Optional.of(Montage.grid(pictures, columns, Math.max(1, SHOWN_SIDE / sampling.width())));
    }

    private static Map<String, String> settings(final Request request) {
        return Map.of(
                "network", request.network.toJson().toString(),
                "diffusion", request.process.toJson().toString(),
                "augment", Boolean.toString(request.augment),
                "seed", Long.toString(request.seed));
    }
}
