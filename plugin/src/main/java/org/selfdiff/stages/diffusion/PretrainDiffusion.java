package org.selfdiff.stages.diffusion;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.BatchUpload;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.diffusion.Clipping;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.diffusion.DiffusionScript;
import org.selfdiff.diffusion.NoisyBatch;
import org.selfdiff.diffusion.SampleRows;
import org.selfdiff.diffusion.SampleScript;
import org.selfdiff.diffusion.Sampler;
import org.selfdiff.diffusion.SamplerStep;
import org.selfdiff.diffusion.Sampling;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.draw.Montage;
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
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.stages.compute.TileFingerprint;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.tensors.GaussianNoise;
import org.selfdiff.tensors.Philox;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
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

    /** Samples are enlarged to about this side. */
    private static final int SHOWN_SIDE = 128;

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

    /** What a batch is made of on the Java side. */
    private record Inputs(long step, Examples.Chosen clean, float[] noise, float[] table, float[] context) {}

    /** What is trained on, and the way back to pictures. */
    private record Ground(
            Examples examples, Optional<LatentCoder> coder, int channels, String data, List<String> parents) {}

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
        requireConditions(request);
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
                final Ground ground = new Ground(
                        examples,
                        coder,
                        channels,
                        data,
                        coder.map(c -> List.of(c.fingerprint())).orElse(List.of()));
                final Sampling sampling = sampling(request, ground);
                return TrainNetwork.run(
                        task(request, ground, feed(request, examples, noise), sampling),
                        control.part(encoding, request.samples > 0 ? TRAINING_SHARE : 1),
                        trained -> finish(request, ground, sampling, trained, control));
            }
        }
    }

    private static void requireConditions(final Request request) throws RunFailed {
        final int width = request.network.contextWidth();
        if (request.conditions.isEmpty() != (width == 0)) {
            throw new RunFailed(
                    width == 0
                            ? "The network cannot be told anything"
                            : "The network is told embeddings of " + width + " numbers, and there are none",
                    "column of embeddings",
                    "Choose a column of embeddings together with a network for them, or neither.");
        }
        if (request.conditions.isPresent()) {
            final Conditions told = request.conditions.get();
            if (told.embeddings.width() != width || told.embeddings.count() != request.tiles.size()) {
                throw new RunFailed(
                        told.embeddings.count() + " embeddings of " + told.embeddings.width() + " numbers for "
                                + request.tiles.size() + " tiles and a network for " + width,
                        "column of embeddings",
                        "Embed every tile with one encoder.");
            }
            if (!(told.dropout >= 0 && told.dropout < 1)) {
                throw new RunFailed(
                        "The share without condition is " + told.dropout,
                        "setting \"condition dropout\"",
                        "Choose 0 to below 1, usually 0.1.");
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

    private static ModelTask task(final Request request, final Optional<LatentCoder> coder) {
        final Optional<ModelTask.Condition> condition = request.conditions.map(told -> new ModelTask.Condition(
                told.embeddings.encodedBy().map(EncodedBy::encoder).orElse("unnamed encoder"),
                told.embeddings.encodedBy().map(EncodedBy::fingerprint).orElse(""),
                told.embeddings.width()));
        return new ModelTask.Diffusion(request.process.toJson(), condition, coder.map(LatentCoder::latents));
    }

    private static TrainNetwork.Task task(
            final Request request, final Ground ground, final BatchFeed<Inputs> feed, final Sampling sampling) {
        final Network network = request.network.network();
        return new TrainNetwork.Task(
                new TrainNetwork.Identity(
                        STAGE, "pre-training", "pictures", settings(request), ground.data, ground.parents),
                request.plan,
                Optional.empty(),
                ground.examples.size(),
                InitialWeights.draw(network, request.seed),
                Trainer.Untrained.none(),
                type -> {
                    final List<ScriptMethod> methods = new ArrayList<>(List.of(
                            ScriptOps.method(network, DiffusionScript.PREDICT, type),
                            DiffusionScript.loss(StepScript.LOSS, request.conditions.isPresent() ? 1 : 0),
                            sampling.script().method()));
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
            final Sampling sampling,
            final TrainNetwork.Trained trained,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final Trainer.Outcome outcome = trained.outcome();
        final Optional<Picture> samples = samples(request, ground, sampling, trained, control);
        final ModelCard card = new ModelCard(
                task(request, ground.coder),
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

    /** Pictures, noise and time-steps of a step: functions of the seed and the step, each from a stream of its own. */
    private static BatchFeed<Inputs> feed(final Request request, final Examples examples, final GaussianNoise noise) {
        final long timeSeed = SeededRandom.mix(request.seed, SeededRandom.mix("time-steps"));
        final int size = examples.channels() * examples.height() * examples.width();
        return new BatchFeed<>(
                (step, control) -> {
                    final Examples.Chosen clean = examples.batch(step, control);
                    final int n = clean.rows().length;
                    final float[] draws = new float[n + 1];
                    Philox.uniforms(timeSeed, step, draws);
                    final NoisyBatch numbers = NoisyBatch.draw(request.process, Arrays.copyOf(draws, n), draws[n]);
                    return new Inputs(
                            step,
                            clean,
                            noise.ahead(step, n, size, control),
                            numbers.table(),
                            context(request, clean.rows(), step));
                },
                (inputs, scope) -> {
                    final int n = inputs.clean.rows().length;
                    final long[] shape = {n, examples.channels(), examples.height(), examples.width()};
                    final List<Tensor> tensors = new ArrayList<>(List.of(
                            examples.tensor(inputs.clean, scope),
                            noise.tensor(inputs.step, inputs.noise, scope, shape),
                            scope.floats(inputs.table, NoisyBatch.COLUMNS, n)));
                    if (inputs.context.length > 0) {
                        tensors.add(scope.floats(inputs.context, n, 1, request.network.contextWidth()));
                    }
                    return tensors;
                });
    }

    /** The embeddings of rows, zeros for those that are shown without; none where the network is told nothing. */
    private static float[] context(final Request request, final int[] rows, final long step) {
        if (request.conditions.isEmpty()) {
            return new float[0];
        }
        final Conditions told = request.conditions.get();
        final float[] draws = new float[rows.length];
        Philox.uniforms(SeededRandom.mix(request.seed, SeededRandom.mix("dropout")), step, draws);
        final float[] context = new float[rows.length * told.embeddings.width()];
        for (int i = 0; i < rows.length; i++) {
            if (draws[i] >= told.dropout) {
                final float[] row = told.embeddings.rows().get(rows[i]);
                System.arraycopy(row, 0, context, i * row.length, row.length);
            }
        }
        return context;
    }

    private static Sampling sampling(final Request request, final Ground ground) {
        final List<SamplerStep> steps = request.sampler.steps(request.process);
        final Clipping clipping = ground.coder.isPresent() ? new Clipping.None() : new Clipping.Range(TileInput.HIGH);
        return new Sampling(
                steps,
                request.sampler.start(request.process),
                new SampleScript(clipping, SampleScript.order(steps), request.conditions.isPresent() ? 1 : 0, 1, false),
                ground.examples.channels(),
                ground.examples.height(),
                ground.examples.width(),
                SeededRandom.mix(request.seed, SeededRandom.mix("samples")));
    }

    /** Samples; of a network that is told embeddings, variants of tiles spread evenly over the list. */
    private static Optional<Picture> samples(
            final Request request,
            final Ground ground,
            final Sampling sampling,
            final TrainNetwork.Trained trained,
            final RunControl control)
            throws RunFailed, RunCancelled {
        if (request.samples <= 0) {
            return Optional.empty();
        }
        final SampleRows rows = request.conditions.isEmpty()
                ? SampleRows.nothing(request.samples)
                : new ToldRows(spread(request.conditions.get().embeddings, request.samples), 1);
        final List<Picture> pictures = new ArrayList<>();
        DeviceCalls.call(trained.session(), "sampling", control, () -> {
            try (TensorScope scope = trained.session().scope().child()) {
                final List<Tensor> parameters =
                        DeviceCalls.upload(trained.outcome().weights(), scope);
                final List<Tensor> decoder = ground.coder.isPresent()
                        ? DeviceCalls.upload(ground.coder.get().weights(), scope)
                        : List.of();
                sampling.draw(
                        trained.module(),
                        parameters,
                        scope,
                        rows,
                        request.plan.batchSize(),
                        control.part(TRAINING_SHARE, 1),
                        (row, planes) -> pictures.add(SamplePictures.picture(
                                planes, ground.coder, sampling, trained.module(), scope, decoder)));
                return null;
            }
        });
        final int columns = (int) Math.ceil(Math.sqrt(pictures.size()));
        return Optional.of(Montage.grid(
                pictures, columns, Math.max(1, SHOWN_SIDE / pictures.get(0).width())));
    }

    private static List<float[]> spread(final Embeddings embeddings, final int count) {
        final List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(embeddings.rows().get((int) ((long) i * embeddings.count() / count)));
        }
        return rows;
    }

    private static Map<String, String> settings(final Request request) {
        final Map<String, String> settings = new TreeMap<>();
        settings.put("network", request.network.toJson().toString());
        settings.put("diffusion", request.process.toJson().toString());
        settings.put("augment", Boolean.toString(request.augment));
        settings.put("seed", Long.toString(request.seed));
        request.conditions.ifPresent(told -> {
            settings.put(
                    "encoder", told.embeddings.encodedBy().map(EncodedBy::shown).orElse("unnamed encoder"));
            settings.put("embeddings", fingerprint(told.embeddings));
            settings.put("conditionDropout", Double.toString(told.dropout));
        });
        return settings;
    }

    private static String fingerprint(final Embeddings embeddings) {
        long hash = 1;
        for (final float[] row : embeddings.rows()) {
            hash = SeededRandom.mix(hash, Arrays.hashCode(row));
        }
        return Long.toHexString(hash);
    }
}
