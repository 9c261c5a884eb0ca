package org.selfdiff.stages.encoders;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.Batch;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.MultiCrop;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.vit.DinoHead;
import org.selfdiff.nn.vit.DinoNetwork;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.BatchFeed;
import org.selfdiff.stages.compute.Setting;
import org.selfdiff.stages.compute.TileFingerprint;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.Schedule;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/**
 * Trains a vision transformer on tiles without labels by self-distillation (DINO, Caron et al., arXiv 2104.14294): a
 * student learns to say of each view of a tile what its teacher, the moving average of the student, says of another. The
 * teacher is the encoder that comes out.
 */
public final class LearnDino {
    private static final String STAGE = "LearnDino";

    /**
     * Within which share of a training the teacher follows the student at first. One that is slower than the whole
     * training would stay what it was drawn as; one that is much faster takes both to the same output for all tiles.
     */
    private static final double SLOWEST_TEACHER = 0.1;

    /** Least share of a training, as its reciprocal, during which the last layer learns. */
    private static final int FROZEN_PART = 10;

    private LearnDino() {}

    /**
     * What is asked for.
     *
     * @param tiles at least one; squares of one size
     * @param network sizes; its channels are those in which the tiles are learnt
     * @param views how views are cut; the sides are multiples of the patch's
     * @param head outputs and widths of the head
     * @param plan how long and how it is trained; its weight decay is the first one, the decay of its moving average the
     *     teacher's first momentum, lower where the training is short, both along a cosine; gradients are clipped one by
     *     one; whether the teacher collapsed is looked at where others validate
     * @param finalDecay weight decay at the end, 0.4 in the paper
     * @param temperature of the teacher, 0.04 to 0.07 in the paper
     * @param seed of weights, order and views
     * @param device where it runs
     * @param checkpoints folder for checkpoints; empty for none
     * @param modelFile where the model goes; it appears there whole or not at all
     */
    public record Request(
            List<Tile> tiles,
            VitSpec network,
            MultiCrop views,
            DinoHead head,
            TrainingPlan plan,
            double finalDecay,
            double temperature,
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
     * @param spread of the teacher's outputs
     */
    public record Result(ModelCard card, LossLog log, OutputSpread spread) {}

    /** The card of the model that a request will make, as far as it is known before. */
    public static ModelCard planned(final VitSpec network, final MultiCrop views) {
        return new ModelCard(
                new ModelTask.Encoder(name(network, 0), network.width()),
                network.toJson(),
                ModelInput.Pixels.between(TileInput.LOW, TileInput.HIGH, network.channels(), views.large(), Double.NaN),
                new JsonObject(),
                new Provenance(STAGE, "", Map.of(), "", Map.of(), List.of()));
    }

    private static String name(final VitSpec network, final int tiles) {
        return "DINO ViT-" + network.width() + "/" + network.patch()
                + (tiles == 0 ? "" : ", trained on " + tiles + " tiles");
    }

    /**
     * Runs the stage. Stops and warns when the teacher's outputs do not tell the tiles apart.
     *
     * @throws RunFailed when a setting, a tile or the device does not do, or training diverges
     * @throws RunCancelled when the user stops it; checkpoints stay, no model is left
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        check(request);
        final BatchSettings settings = BatchSettings.pictures(
                        request.plan.checked().batchSize(), request.seed, Augmentation.none())
                .withChannels(request.network.channels());
        try (PictureCache cache = PictureCache.standard()) {
            final TileBatches batches = new TileBatches(request.tiles, settings, cache);
            TileInput.requireFit(batches, request.network.channels(), 1);
            final DinoTraining training = new DinoTraining(
                    new DinoNetwork(request.network, request.views.large(), request.views.small(), request.head),
                    request.views.views());
            final TeacherWatch watch = new TeacherWatch(
                    request.views,
                    batches,
                    request.temperature,
                    request.head.outputs(),
                    request.plan.totalSteps(batches.size()));
            return TrainNetwork.run(
                    task(request, training, batches, watch, TileFingerprint.of(request.tiles, false, control)),
                    control,
                    trained -> finish(request, trained, watch, control));
        }
    }

    private static void check(final Request request) throws RunFailed {
        request.network.checked();
        Setting.check("output dimension", request.head.outputs(), 2, 1 << 17);
        Setting.check("hidden width of the head", request.head.hidden(), 1, 1 << 14);
        Setting.check("bottleneck of the head", request.head.bottleneck(), 1, 1 << 12);
        Setting.check("teacher temperature", request.temperature, 1e-3, 1);
        Setting.check("final weight decay", request.finalDecay, 0, 1);
        for (final int side : List.of(request.views.large(), request.views.small())) {
            if (side % request.network.patch() != 0) {
                throw new RunFailed(
                        "Views of " + side + " pixels cannot be cut into patches of " + request.network.patch(),
                        "side of large and small views",
                        "Choose multiples of the patch's side.");
            }
        }
    }

    private static TrainNetwork.Task task(
            final Request request,
            final DinoTraining training,
            final TileBatches batches,
            final TeacherWatch watch,
            final String data) {
        final TrainingPlan plan = request.plan;
        final long steps = plan.totalSteps(batches.size());
        final DinoTraining.Schedules schedules = new DinoTraining.Schedules(
                plan.rate(steps),
                Schedule.cosine(plan.optimiser().weightDecay(), request.finalDecay, steps),
                Schedule.cosine(momentum(plan, steps), 1, steps));
        final Map<String, String> settings = Map.of(
                "network", request.network.toJson().toString(),
                "views", request.views.toString(),
                "head", request.head.toString(),
                "finalDecay", Double.toString(request.finalDecay),
                "temperature", Double.toString(request.temperature),
                "seed", Long.toString(request.seed));
        return new TrainNetwork.Task(
                new TrainNetwork.Identity(STAGE, "self-distillation", "tiles", settings, data, List.of()),
                plan,
                Optional.of(training.rule(schedules, Math.min(batches.stepsPerEpoch(), steps / FROZEN_PART))),
                batches.size(),
                training.initial(request.seed),
                training.untrained(),
                training::methods,
                feed(request, batches),
                Optional.of(watch),
                request.device,
                request.checkpoints);
    }

    /** The teacher's first momentum. */
    private static double momentum(final TrainingPlan plan, final long steps) {
        return Math.min(plan.emaDecay(), Math.max(0, 1 - 1 / (SLOWEST_TEACHER * steps)));
    }

    private record Inputs(Batch batch, MultiCrop.Views views) {}

    private static BatchFeed<Inputs> feed(final Request request, final TileBatches batches) {
        final long seed = SeededRandom.mix(request.seed, SeededRandom.mix("views"));
        final MultiCrop views = request.views;
        return new BatchFeed<>(
                (step, control) -> {
                    final Batch batch = batches.batch(step, control);
                    return new Inputs(batch, views.of(batch, seed, step));
                },
                (inputs, scope) -> {
                    final int n = inputs.batch.count();
                    final int channels = inputs.batch.channels();
                    return List.of(
                            scope.floats(
                                    inputs.views.large(),
                                    (long) MultiCrop.LARGE_VIEWS * n,
                                    channels,
                                    views.large(),
                                    views.large()),
                            scope.floats(
                                    inputs.views.small(),
                                    (long) views.count() * n,
                                    channels,
                                    views.small(),
                                    views.small()),
                            scope.floats(new float[] {(float) request.temperature}, 1));
                });
    }

    private static Result finish(
            final Request request,
            final TrainNetwork.Trained trained,
            final TeacherWatch watch,
            final RunControl control)
            throws RunFailed {
        final OutputSpread spread = watch.spread().orElseThrow(); // measured after the last step, whichever that is
        watch.stop(trained.outcome().log().entries().size())
                .ifPresent(
                        collapse -> control.warn(
                                collapse + " The embeddings are useless. Train longer or with a larger"
                                        + " batch, lower the learning rate or the teacher temperature, or raise the teacher momentum."));
        final JsonObject noted = TileInput.noted(trained.training(), request.tiles);
        noted.addProperty("outputEntropy", spread.entropy());
        noted.addProperty("outputInformation", spread.information());
        final ModelInput.Pixels tiles = TileInput.of(request.tiles, request.network.channels());
        final int side = request.views.large();
        final ModelCard card = new ModelCard(
                new ModelTask.Encoder(name(request.network, request.tiles.size()), request.network.width()),
                request.network.toJson(),
                ModelInput.Pixels.between(
                        TileInput.LOW,
                        TileInput.HIGH,
                        request.network.channels(),
                        side,
                        tiles.side() == side ? tiles.mpp() : Double.NaN),
                noted,
                trained.provenance());
        ModelFile.write(
                request.modelFile, card, backbone(request, trained.outcome().weights()));
        return new Result(card, trained.outcome().log(), spread);
    }

    /** The teacher without its head. */
    private static NamedWeights backbone(final Request request, final NamedWeights teacher) {
        final Map<String, Weight> weights = new LinkedHashMap<>();
        final int side = request.views.large();
        for (final Parameter parameter : new Vit(request.network, side, side).parameters()) {
            weights.put(parameter.name(), teacher.weights().get(parameter.name()));
        }
        return new NamedWeights(weights);
    }
}
