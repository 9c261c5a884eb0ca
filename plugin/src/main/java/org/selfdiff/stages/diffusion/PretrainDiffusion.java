package org.selfdiff.stages.diffusion;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.BatchUpload;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.diffusion.DiffusionScript;
import org.selfdiff.diffusion.SampleScript;
import org.selfdiff.diffusion.Sampler;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.BatchFeed;
import org.selfdiff.stages.compute.TileFingerprint;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.tensors.GaussianNoise;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.StepScript;
import org.selfdiff.train.Trainer;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/**
 * Trains a network to take noise away from tiles without labels: of pixels (the first stage of GenSelfDiff-HIS), or of the
 * latents of an autoencoder and told by embeddings what to make (DiNO-Diffusion, arXiv 2407.11594).
 */
public final class PretrainDiffusion {
    private static final String STAGE = "PretrainDiffusion";

    /** Share of the progress that training takes where samples are drawn. */
    private static final double TRAINING_SHARE = 0.95;

    /** Share of the progress that the latents take. */
    private static final double ENCODING_SHARE = 0.1;

    private PretrainDiffusion() {}

    /**
     * What is asked for.
     *
     * @param tiles at least one; all of one size, whose sides are multiples of what network and autoencoder need
     * @param network sizes of the network
     * @param autoencoder the model of an autoencoder, to train in its latents; empty to train on pixels
     * @param conditions what the network is told; empty for nothing
     * @param process schedule, objective and weighting
     * @param plan how long and how it is trained
     * @param augment whether tiles are flipped and turned at random; without effect in latents
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
            DenoiserSpec network,
            Optional<Path> autoencoder,
            Optional<Conditions> conditions,
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
     * What the network is told.
     *
     * @param embeddings one for each tile
     * @param dropout share of the pictures that are shown without theirs, so that guidance knows what is typical
     */
    public record Conditions(Embeddings embeddings, double dropout) {}

    /**
     * What came of it.
     *
     * @param card the model's card, as it stands in the file
     * @param log losses
     * @param samples the samples as one picture, row by row; empty if none were asked for
     * @param stopped why training ended, a sentence
     */
    public record Result(ModelCard card, LossLog log, Optional<Picture> samples, String stopped) {}

    /** What is trained on, what is told of it, and the way back to pictures. */
    private record Ground(
            Examples examples, Optional<LatentCoder> coder, Optional<ToldTiles> told, int channels, String data) {}

    /**
     * The card of the model that a request will make, as far as it is known before: without data, device and outcome.
     *
     * @param network sizes of the network
     * @param process schedule, objective and weighting
     * @param channels of the tiles
     * @param condition what the network is told; empty for nothing
     * @param latents of the autoencoder; empty for pixels
     */
    public static ModelCard planned(
            final DenoiserSpec network,
            final DiffusionProcess process,
            final int channels,
            final Optional<ModelTask.Condition> condition,
            final Optional<ModelTask.Latents> latents) {
        return new ModelCard(
                new ModelTask.Diffusion(process.toJson(), condition, latents),
                network.toJson(),
                TileInput.planned(
                        channels,
                        network.sideMultiple()
                                * latents.map(ModelTask.Latents::factor).orElse(1)),
                new JsonObject(),
                new Provenance(STAGE, "", Map.of(), "", Map.of(), List.of()));
    }

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, a tile, an embedding, the autoencoder or the device does not do, or training
     *     diverges
     * @throws RunCancelled when the user stops it; checkpoints stay, no model is left
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        request.network.checked();
        request.plan.checked();
        final Optional<ToldTiles> told = ToldTiles.of(request);
        final Optional<LatentCoder> coder = request.autoencoder.isPresent()
                ? Optional.of(LatentCoder.open(request.autoencoder.get()))
                : Optional.empty();
        final int channels = coder.map(c -> c.spec().channels()).orElse(request.network.channels());
        final Augmentation augmentation =
                request.augment && coder.isEmpty() ? Augmentation.turnsOnly() : Augmentation.none();
        final BatchSettings settings = BatchSettings.pictures(request.plan.batchSize(), request.seed, augmentation)
                .withChannels(channels);
        try (PictureCache cache = PictureCache.standard();
                BatchUpload upload = new BatchUpload(settings);
                GaussianNoise noise = new GaussianNoise(SeededRandom.mix(request.seed, SeededRandom.mix("noise")))) {
            final TileBatches batches = new TileBatches(request.tiles, settings, cache);
            TileInput.requireFit(
                    batches,
                    channels,
                    request.network.sideMultiple()
                            * coder.map(c -> c.spec().factor()).orElse(1));
            final String data = TileFingerprint.of(request.tiles, false, control);
            final double encoding = coder.isPresent() ? ENCODING_SHARE : 0;
            try (Examples examples = coder.isPresent()
                    ? Examples.latents(request, batches, coder.get(), upload, control.part(0, encoding))
                    : Examples.pixels(request.tiles, batches, upload, channels)) {
                requireChannels(request.network, examples);
                final Ground ground = new Ground(examples, coder, told, channels, data);
                final FirstSamples samples = FirstSamples.of(request, examples, coder, told);
                return TrainNetwork.run(
                        task(
                                request,
                                ground,
                                NoisyExamples.feed(request, examples, told, noise),
                                samples.sampling().script()),
                        control.part(encoding, request.samples > 0 ? TRAINING_SHARE : 1),
                        trained -> finish(request, ground, samples, trained, control));
            }
        }
    }

    private static void requireChannels(final DenoiserSpec network, final Examples examples) throws RunFailed {
        if (network.channels() != examples.channels()) {
            throw new RunFailed(
                    "The network takes " + network.channels() + " channels, there are " + examples.channels(),
                    "network",
                    "Use a network of " + examples.channels() + " channels.");
        }
    }

    private static TrainNetwork.Task task(
            final Request request,
            final Ground ground,
            final BatchFeed<NoisyExamples.Inputs> feed,
            final SampleScript sampling) {
        final Network network = request.network.network();
        return new TrainNetwork.Task(
                new TrainNetwork.Identity(
                        STAGE,
                        "pre-training",
                        "pictures",
                        settings(request, ground),
                        ground.data,
                        ground.coder.map(c -> List.of(c.fingerprint())).orElse(List.of())),
                request.plan,
                Optional.empty(),
                ground.examples.size(),
                InitialWeights.draw(network, request.seed),
                Trainer.Untrained.none(),
                type -> {
                    final List<ScriptMethod> methods = new ArrayList<>(List.of(
                            ScriptOps.method(network, DiffusionScript.PREDICT, type),
                            DiffusionScript.loss(StepScript.LOSS, ground.told.isPresent() ? 1 : 0),
                            sampling.method()));
                    ground.coder.ifPresent(coder -> methods.addAll(coder.methods(type)));
                    return methods;
                },
                feed,
                Optional.empty(),
                request.device,
                request.checkpoints);
    }

    private static Result finish(
            final Request request,
            final Ground ground,
            final FirstSamples firstSamples,
            final TrainNetwork.Trained trained,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final Trainer.Outcome outcome = trained.outcome();
        final Optional<Picture> samples = firstSamples.draw(trained, control.part(TRAINING_SHARE, 1));
        final ModelCard card = new ModelCard(
                new ModelTask.Diffusion(
                        request.process.toJson(),
                        ground.told.map(ToldTiles::condition),
                        ground.coder.map(LatentCoder::latents)),
                request.network.toJson(ground.coder.map(LatentCoder::spec)),
                TileInput.of(request.tiles, ground.channels),
                TileInput.noted(trained.training(), request.tiles),
                trained.provenance());
        final Map<String, Weight> weights =
                new LinkedHashMap<>(outcome.weights().weights());
        ground.coder.ifPresent(coder -> weights.putAll(coder.prefixed()));
        ModelFile.write(request.modelFile, card, new NamedWeights(weights));
        return new Result(card, outcome.log(), samples, outcome.stopped());
    }

    private static Map<String, String> settings(final Request request, final Ground ground) {
        final Map<String, String> settings = new TreeMap<>();
        settings.put("network", request.network.toJson().toString());
        settings.put("diffusion", request.process.toJson().toString());
        settings.put("augment", Boolean.toString(request.augment));
        settings.put("seed", Long.toString(request.seed));
        ground.told.ifPresent(told -> settings.putAll(told.settings()));
        return settings;
    }
}
