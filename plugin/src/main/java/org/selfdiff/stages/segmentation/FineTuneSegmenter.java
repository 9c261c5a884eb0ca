package org.selfdiff.stages.segmentation;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.BatchUpload;
import org.selfdiff.data.ClassLabels;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.diffusion.DiffusionScript;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.draw.Colours;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelClass;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.UNet;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.BatchFeed;
import org.selfdiff.stages.compute.TileFingerprint;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.StepScript;
import org.selfdiff.train.Trainer;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.train.Validation;
import org.selfdiff.train.loss.LossSum;

/**
 * Trains a U-Net to name the class of every pixel (the second stage of GenSelfDiff-HIS): from a pre-trained diffusion
 * model, of which only the final block starts anew, or from scratch.
 */
public final class FineTuneSegmenter {
    private static final String STAGE = "FineTuneSegmenter";

    /** Setting in the provenance of a model: what the values of the masks meant that it was trained on. */
    private static final String MASKS = "masks";

    /** A label is a byte on its way to the device. */
    private static final int MOST_CLASSES = 256;

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

        ClassLabels labels() {
            return new ClassLabels(coding, classes);
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
     * The card of the model that a request will make, as far as it is known before: without data, device and outcome.
     *
     * @param network sizes of the network that it starts from
     * @param classes names of the classes, background first
     * @param coding what the values of masks mean
     */
    public static ModelCard planned(final UNetSpec network, final List<String> classes, final MaskCoding coding) {
        final UNetSpec own = network.withOutputChannels(classes.size());
        return new ModelCard(
                new ModelTask.Segmentation(classes(classes)),
                own.toJson(),
                TileInput.planned(own.inputChannels(), own.sideMultiple()),
                new JsonObject(),
                new Provenance(STAGE, "", Map.of(MASKS, coding.text()), "", Map.of(), List.of()));
    }

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, a tile, a mask, the model or the device does not do, or training diverges
     * @throws RunCancelled when the user stops it; checkpoints stay, no model is left
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        request.plan.checked();
        requireClasses(request.classes);
        request.labels().requireFit("setting \"mask values\"");
        requireNames(request, control);
        final Beginning beginning = Beginning.of(request.start, request.classes.size(), request.seed);
        final HeldOutGroups parts = HeldOutGroups.choose(request.tiles, request.validationShare, request.seed);
        try (PictureCache cache = PictureCache.standard();
                BatchUpload upload = new BatchUpload(settings(request, beginning, Augmentation.none()))) {
            return TrainNetwork.run(
                    task(request, beginning, parts, cache, upload, TileFingerprint.of(request.tiles, true, control)),
                    control,
                    trained -> finish(request, beginning, parts, trained));
        }
    }

    private static TrainNetwork.Task task(
            final Request request,
            final Beginning beginning,
            final HeldOutGroups parts,
            final PictureCache cache,
            final BatchUpload upload,
            final String data)
            throws RunFailed {
        final Augmentation augmentation = request.augment ? Augmentation.moderate() : Augmentation.none();
        final TileBatches training =
                new TileBatches(parts.training(), settings(request, beginning, augmentation), cache);
        TileInput.requireFit(
                training,
                beginning.network().inputChannels(),
                beginning.network().sideMultiple());
        final Optional<Validation> validation = parts.validation().isEmpty()
                ? Optional.empty()
                : Optional.of(new TileValidation(
                        new TileBatches(parts.validation(), settings(request, beginning, Augmentation.none()), cache),
                        request.plan.batchSize(),
                        upload));
        return new TrainNetwork.Task(
                new TrainNetwork.Identity(
                        STAGE, "fine-tuning", "pictures", settings(request, beginning), data, beginning.parents()),
                request.plan,
                Optional.empty(),
                training.size(),
                beginning.weights(),
                Trainer.Untrained.none(),
                type -> List.of(
                        ScriptOps.method(new UNet(beginning.network()), DiffusionScript.PREDICT, type),
                        SegmentationScript.loss(StepScript.LOSS, request.losses)),
                new BatchFeed<>(training::batch, upload::tensors),
                validation,
                request.device,
                request.checkpoints);
    }

    private static Result finish(
            final Request request,
            final Beginning beginning,
            final HeldOutGroups parts,
            final TrainNetwork.Trained trained)
            throws RunFailed {
        final Trainer.Outcome outcome = trained.outcome();
        final ModelCard card = new ModelCard(
                new ModelTask.Segmentation(classes(request.classes)),
                beginning.network().toJson(),
                TileInput.of(request.tiles, beginning.network().inputChannels()),
                TileInput.noted(trained.training(), request.tiles),
                trained.provenance());
        ModelFile.write(request.modelFile, card, outcome.weights());
        return new Result(card, outcome.log(), parts.groups(), outcome.stopped());
    }

    private static void requireClasses(final List<String> classes) throws RunFailed {
        if (classes.size() > MOST_CLASSES) {
            throw new RunFailed(
                    "There are " + classes.size() + " classes",
                    "setting \"class names\"",
                    "Name at most " + MOST_CLASSES + ".");
        }
        if (classes.size() < 2 || new HashSet<>(classes).size() < classes.size() || classes.contains("")) {
            throw new RunFailed(
                    "The classes are " + classes,
                    "setting \"class names\"",
                    "Give two or more different names, background first.");
        }
    }

    /** Where labels have names: refuses those that are no class, and says which classes nothing is labelled with. */
    private static void requireNames(final Request request, final RunControl control) throws RunFailed {
        if (request.coding.kind() != MaskCoding.Kind.LABELS) {
            return;
        }
        final Set<String> named = new HashSet<>();
        for (final Tile tile : request.tiles) {
            if (tile.mask().isPresent() && named.addAll(tile.mask().get().classes())) {
                request.labels().requireKnown(tile.mask().get(), tile.place());
            }
        }
        final List<String> missing = new ArrayList<>(request.classes.subList(1, request.classes.size()));
        missing.removeAll(named);
        if (!named.isEmpty() && !missing.isEmpty()) {
            control.warn("No label of the tiles is named " + String.join(", ", missing)
                    + "; the model will not learn it. The labels are named " + String.join(", ", new TreeSet<>(named))
                    + ".");
        }
    }

    /**
     * What the values of masks mean to a model that this stage has trained.
     *
     * @return empty if its card does not say
     */
    public static Optional<MaskCoding> coding(final ModelCard card) throws RunFailed {
        final String text = card.provenance().settings().get(MASKS);
        return text == null ? Optional.empty() : Optional.of(MaskCoding.parse(text));
    }

    private static BatchSettings settings(
            final Request request, final Beginning beginning, final Augmentation augmentation) {
        return BatchSettings.labelled(request.plan.batchSize(), request.seed, augmentation, request.labels())
                .withChannels(beginning.network().inputChannels());
    }

    private static Map<String, String> settings(final Request request, final Beginning beginning) {
        final Map<String, String> settings = new TreeMap<>();
        settings.put("network", beginning.network().toJson().toString());
        settings.put(
                "start",
                beginning.parents().isEmpty()
                        ? "scratch"
                        : beginning.parents().get(beginning.parents().size() - 1));
        settings.put("classes", String.join(", ", request.classes));
        settings.put("losses", request.losses.toString());
        settings.put("validationShare", Double.toString(request.validationShare));
        settings.put("augment", Boolean.toString(request.augment));
        settings.put(MASKS, request.coding.text());
        settings.put("seed", Long.toString(request.seed));
        return settings;
    }

    private static List<ModelClass> classes(final List<String> names) {
        final List<ModelClass> classes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            classes.add(new ModelClass(names.get(i), i == 0 ? 0 : Colours.ofClass(i)));
        }
        return classes;
    }
}
