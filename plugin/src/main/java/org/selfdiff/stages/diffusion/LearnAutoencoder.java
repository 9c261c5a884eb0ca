package org.selfdiff.stages.diffusion;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.draw.Montage;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.vae.Autoencoder;
import org.selfdiff.nn.vae.AutoencoderSpec;
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
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.StepScript;
import org.selfdiff.train.Trainer;
import org.selfdiff.train.TrainingPlan;

/**
 * Trains a KL autoencoder on tiles (Rombach et al., arXiv 2112.10752): absolute error of the reconstruction plus a small
 * multiple of the divergence of its latents from a normal distribution. The latents' mean and deviation are measured on
 * the tiles and kept in the card, so that diffusion works on latents of unit variance.
 */
public final class LearnAutoencoder {
    private static final String STAGE = "LearnAutoencoder";

    private static final double TRAINING_SHARE = 0.95;

    /** Tiles that the latents are measured on, and those that are shown. */
    private static final int MEASURED = 256;

    private static final int SHOWN = 8;

    /**
     * {@code x} holds pictures and noise of the latents' shape. The loss of a picture is the mean absolute error plus
     * {@code weight} times the divergence per pixel.
     */
    private static final String LOSS =
            """
            (self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              moments = self.encode(x[0], p)
              mean = moments[0]
              log = torch.clamp(moments[1], -30., 20.)
              z = torch.add(mean, torch.mul(torch.exp(torch.mul(log, 0.5)), x[1]))
              error = torch.mean(torch.abs(torch.sub(self.decode(z, p), x[0])), [1, 2, 3])
              kl = torch.sub(torch.sub(torch.add(torch.mul(mean, mean), torch.exp(log)), 1.), log)
              return torch.add(error, torch.mul(torch.sum(kl, [1, 2, 3]), SHARE))
            """;

    private LearnAutoencoder() {}

    /**
     * What is asked for.
     *
     * @param tiles at least one; squares whose sides are multiples of the factor
     * @param network sizes; its channels are those in which the tiles are learnt
     * @param divergence weight of the divergence, usually 1e-6
     * @param plan how long and how it is trained
     * @param augment whether tiles are flipped and turned at random
     * @param seed of weights, order, augmentation and noise
     * @param device where it runs
     * @param checkpoints folder for checkpoints; empty for none
     * @param modelFile where the model goes; it appears there whole or not at all
     */
    public record Request(
            List<Tile> tiles,
            AutoencoderSpec network,
            double divergence,
            TrainingPlan plan,
            boolean augment,
            long seed,
            DeviceChoice device,
            Optional<Path> checkpoints,
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
     * @param comparison tiles above, what became of them below
     * @param error mean absolute error of the shown tiles, in shares of the range from black to white
     */
    public record Result(ModelCard card, LossLog log, Picture comparison, double error) {}

    private record Inputs(long step, Batch batch, float[] noise) {}

    /** The card of the model that a request will make, as far as it is known before. */
    public static ModelCard planned(final AutoencoderSpec network) {
        return new ModelCard(
                new ModelTask.Autoencoder(new ModelTask.Latents(network.factor(), network.latentChannels(), 1, 0)),
                network.toJson(),
                TileInput.planned(network.channels(), network.factor()),
                new JsonObject(),
                new Provenance(STAGE, "", Map.of(), "", Map.of(), List.of()));
    }

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, a tile or the device does not do, or training diverges
     * @throws RunCancelled when the user stops it; checkpoints stay, no model is left
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        request.network.checked();
        final BatchSettings settings = BatchSettings.pictures(
                        request.plan.checked().batchSize(),
                        request.seed,
                        request.augment ? Augmentation.turnsOnly() : Augmentation.none())
                .withChannels(request.network.channels());
        try (PictureCache cache = PictureCache.standard();
                BatchUpload upload = new BatchUpload(settings);
                GaussianNoise noise = new GaussianNoise(SeededRandom.mix(request.seed, SeededRandom.mix("noise")))) {
            final TileBatches batches = new TileBatches(request.tiles, settings, cache);
            TileInput.requireFit(batches, request.network.channels(), request.network.factor());
            return TrainNetwork.run(
                    task(
                            request,
                            feed(request, batches, upload, noise),
                            batches,
                            TileFingerprint.of(request.tiles, false, control)),
                    control.part(0, TRAINING_SHARE),
                    trained -> finish(request, batches, upload, trained, control.part(TRAINING_SHARE, 1)));
        }
    }

    private static TrainNetwork.Task task(
            final Request request, final BatchFeed<Inputs> feed, final TileBatches batches, final String data) {
        final Autoencoder network = new Autoencoder(request.network);
        final double pixels = (double) request.network.channels() * batches.width() * batches.height();
        return new TrainNetwork.Task(
                new TrainNetwork.Identity(
                        STAGE,
                        "autoencoder",
                        "pictures",
                        Map.of(
                                "network", request.network.toJson().toString(),
                                "divergence", Double.toString(request.divergence),
                                "augment", Boolean.toString(request.augment),
                                "seed", Long.toString(request.seed)),
                        data,
                        List.of()),
                request.plan,
                Optional.empty(),
                batches.size(),
                InitialWeights.draw(network, request.seed),
                Trainer.Untrained.none(),
                type -> {
                    final List<ScriptMethod> methods = new ArrayList<>(LatentCoder.methods(request.network, type));
                    methods.add(new ScriptMethod(
                            StepScript.LOSS,
                            "def " + StepScript.LOSS
                                    + LOSS.replace("SHARE", Double.toString(0.5 * request.divergence / pixels))));
                    return methods;
                },
                feed,
                Optional.empty(),
                request.device,
                request.checkpoints);
    }

    private static BatchFeed<Inputs> feed(
            final Request request, final TileBatches batches, final BatchUpload upload, final GaussianNoise noise) {
        final AutoencoderSpec spec = request.network;
        final int height = batches.height() / spec.factor();
        final int width = batches.width() / spec.factor();
        final int size = spec.latentChannels() * height * width;
        return new BatchFeed<>(
                (step, control) -> {
                    final Batch batch = batches.batch(step, control);
                    return new Inputs(step, batch, noise.ahead(step, batch.count(), size, control));
                },
                (inputs, scope) -> {
                    final long[] shape = {inputs.batch.count(), spec.latentChannels(), height, width};
                    return List.of(
                            upload.tensors(inputs.batch, scope).get(0),
                            noise.tensor(inputs.step, inputs.noise, scope, shape));
                });
    }

    private static Result finish(
            final Request request,
            final TileBatches batches,
            final BatchUpload upload,
            final TrainNetwork.Trained trained,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final ModelTask.Latents raw =
                new ModelTask.Latents(request.network.factor(), request.network.latentChannels(), 1, 0);
        final LatentCoder coder =
                new LatentCoder(request.network, trained.outcome().weights(), raw, "");
        final Measured measured = DeviceCalls.call(trained.session(), "measuring latents", control, () -> {
            try (TensorScope scope = trained.session().scope().child()) {
                return measure(batches, upload, coder, trained, scope, control);
            }
        });
        final ModelTask.Latents latents = new ModelTask.Latents(
                raw.factor(), raw.channels(), 1 / Math.max(1e-6, measured.deviation), measured.mean);
        final ModelCard card = new ModelCard(
                new ModelTask.Autoencoder(latents),
                request.network.toJson(),
                TileInput.of(request.tiles, request.network.channels()),
                TileInput.noted(trained.training(), request.tiles),
                trained.provenance());
        ModelFile.write(request.modelFile, card, trained.outcome().weights());
        return new Result(card, trained.outcome().log(), measured.comparison, measured.error);
    }

    private record Measured(double mean, double deviation, Picture comparison, double error) {}

    private static Measured measure(
            final TileBatches batches,
            final BatchUpload upload,
            final LatentCoder coder,
            final TrainNetwork.Trained trained,
            final TensorScope scope,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<Tensor> parameters = DeviceCalls.upload(coder.weights(), scope);
        final int count = Math.min(MEASURED, batches.size());
        double sum = 0;
        double squares = 0;
        long n = 0;
        double error = 0;
        final List<Picture> originals = new ArrayList<>();
        final List<Picture> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            control.checkCancelled();
            try (TensorScope own = scope.child()) {
                final Batch batch = batches.inOrder((int) ((long) i * batches.size() / count), 1, control);
                final Tensor pixels = upload.tensors(batch, own).get(0);
                final float[] latent = coder.encode(trained.module(), own, pixels, parameters);
                for (final float value : latent) {
                    sum += value;
                    squares += (double) value * value;
                }
                n += latent.length;
                if (i < SHOWN) {
                    final float[] before = pixels.toFloats();
                    final int factor = coder.spec().factor();
                    final float[] after = coder.decode(
                            trained.module(),
                            own,
                            latent,
                            batches.height() / factor,
                            batches.width() / factor,
                            parameters);
                    for (int k = 0; k < before.length; k++) {
                        error += Math.abs(before[k] - after[k]) / (TileInput.HIGH - TileInput.LOW) / before.length;
                    }
                    originals.add(Planes.picture(before, batches.width(), batches.height()));
                    copies.add(Planes.picture(after, batches.width(), batches.height()));
                }
            }
        }
        final int shown = originals.size();
        originals.addAll(copies);
        final double mean = sum / n;
        return new Measured(
                mean,
                Math.sqrt(Math.max(0, squares / n - mean * mean)),
                Montage.grid(originals, shown, Math.max(1, 128 / batches.width())),
                error / shown);
    }
}
