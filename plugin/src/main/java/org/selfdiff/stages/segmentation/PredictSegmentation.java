package org.selfdiff.stages.segmentation;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.DiffusionScript;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.stain.StainFit;
import org.selfdiff.imaging.stain.StainTransform;
import org.selfdiff.model.Model;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.UNet;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.stages.compute.SlideStain;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.stages.slides.CutTiles;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.train.Precision;
import org.selfdiff.weights.NamedWeights;

/**
 * Names the class of every pixel of pictures of any size, or of tiles of slides: windows of the size that the model was
 * trained on slide over the picture, and their probabilities are blended where they overlap. A picture that cannot be read
 * ends the run, or is left out with a warning.
 */
public final class PredictSegmentation {
    private static final String STAGE = "PredictSegmentation";

    private static final double MOST_OVERLAP = 0.75;

    /** Scales that differ by more are worth a warning. */
    private static final double SCALE_TOLERANCE = 0.1;

    private PredictSegmentation() {}

    /**
     * What is asked for.
     *
     * @param model file of a segmentation model
     * @param tiles what is segmented, in the order in which results come
     * @param whole whether each picture is segmented as a whole and once, at the resolution of its first tile, instead of
     *     tile by tile
     * @param overlap share of a window's side that the next one covers again, 0 to 0.75
     * @param flips whether each window is also seen flipped (both ways), and the four probabilities averaged
     * @param batchSize windows that are computed at once
     * @param precision number type; {@code AUTO} takes the faster one
     * @param onFailure what happens when a picture or tile cannot be read
     * @param device where it runs
     */
    public record Request(
            Path model,
            List<Tile> tiles,
            boolean whole,
            double overlap,
            boolean flips,
            int batchSize,
            Precision precision,
            CutTiles.OnFailure onFailure,
            DeviceChoice device) {

        /** Copies the list. */
        public Request {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * The segmentation of a picture or tile.
     *
     * @param index of the picture or tile, from 0; those that cannot be read are counted and have no result
     * @param tile what was segmented; for a whole picture its whole area
     * @param picture its pixels as they were read
     * @param labels class of every pixel
     * @param probability probability that a pixel is not background, 0 to 255, row by row
     */
    public record Prediction(int index, Tile tile, Picture picture, LabelMap labels, byte[] probability) {}

    /** Takes predictions one by one, so that no more than one is held. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes the next prediction.
         *
         * @param control of what is done with it
         */
        void accept(Prediction prediction, RunControl control) throws RunFailed, RunCancelled;
    }

    /**
     * What came of it, apart from the predictions.
     *
     * @param device the device used and why
     * @param pictures number of pictures or tiles that were segmented
     */
    public record Result(String device, int pictures) {}

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, the model or the device does not do, when no picture can be read, or one cannot and
     *     that is to end the run
     * @throws RunCancelled when the user stops it; predictions that were received are whole
     */
    public static Result run(final Request request, final Receiver receiver, final RunControl control)
            throws RunFailed, RunCancelled {
        require(request);
        final Model model = Model.open(request.model, ModelTask.Segmentation.class, "Segmentation Learner");
        final ModelCard card = model.card();
        final UNet network = new UNet(requireSegmenter(card, request.model));
        final NamedWeights weights = model.weights(network);
        try (ComputeSession session = ComputeSession.open(request.device, request.precision, STAGE, control);
                ScriptModule module = session.compile(List.of(
                        ScriptOps.method(network, DiffusionScript.PREDICT, session.type()),
                        SegmentationScript.probabilities(),
                        SegmentationScript.flipped()))) {
            final SlidingWindow window = new SlidingWindow(
                    session,
                    module,
                    DeviceCalls.upload(weights, session.scope()),
                    card.pixels(request.model.toString()),
                    network.spec().outputChannels(),
                    request);
            final Optional<StainFit> look = SlideStain.noted(card, request.model);
            final int count = segment(request, window, card, look, receiver, control);
            return new Result(session.description(), count);
        }
    }

    private static int segment(
            final Request request,
            final SlidingWindow window,
            final ModelCard card,
            final Optional<StainFit> look,
            final Receiver receiver,
            final RunControl control)
            throws RunFailed, RunCancelled {
        try (PictureCache cache = PictureCache.standard()) {
            final List<Tile> tiles = request.whole ? firstOfEach(request.tiles) : request.tiles;
            final Pace pace = new Pace(request.whole ? "pictures" : "tiles", 0, tiles.size());
            final Reading reading = new Reading(request, look, cache, new HashMap<>());
            RunFailed first = null;
            int unreadable = 0;
            for (int i = 0; i < tiles.size(); i++) {
                control.checkCancelled();
                final String line = pace.line(i);
                control.progress((double) i / tiles.size(), line);
                final RunControl part = control.part((double) i / tiles.size(), (i + 1.0) / tiles.size());
                final Seen seen;
                try {
                    seen = reading.read(tiles.get(i), part.part(0, 0));
                } catch (final RunFailed e) {
                    if (request.onFailure == CutTiles.OnFailure.FAIL) {
                        throw e;
                    }
                    control.warn(e.getMessage());
                    first = first == null ? e : first;
                    unreadable++;
                    continue;
                }
                warnOfScale(seen.tile, card.input(), control);
                receiver.accept(window.predict(i, seen.tile, seen.picture, line, part), part.part(1, 1));
            }
            if (first != null && unreadable == tiles.size()) {
                throw first;
            }
            control.progress(1, pace.line(tiles.size()));
            return tiles.size() - unreadable;
        }
    }

    /** What is segmented next, and its pixels. */
    private record Seen(Tile tile, Picture picture) {}

    /** Reads what is segmented, in the look that the model was trained on. */
    private record Reading(
            Request request, Optional<StainFit> look, PictureCache cache, Map<Path, Optional<StainTransform>> changes) {

        Seen read(final Tile asked, final RunControl control) throws RunFailed, RunCancelled {
            final Tile placed = request.whole ? cache.whole(asked, control) : asked;
            final Tile tile =
                    look.isEmpty() || placed.stain().isPresent() ? placed : stained(placed, look.get(), control);
            return new Seen(tile, cache.pixels(tile, control));
        }

        /** Brings a tile to the look; a slide whose own look cannot be found stays as it is. */
        private Tile stained(final Tile tile, final StainFit target, final RunControl control)
                throws RunFailed, RunCancelled {
            if (!changes.containsKey(tile.image())) {
                final List<Tile> ofSlide = request.whole
                        ? List.of(tile)
                        : request.tiles.stream()
                                .filter(t -> t.image().equals(tile.image()))
                                .toList();
                Optional<StainTransform> change = Optional.empty();
                try {
                    final StainFit own = SlideStain.fit(tile.image(), ofSlide, target.method(), cache, control);
                    change = Optional.of(new StainTransform(own, target));
                } catch (final RunFailed e) {
                    control.warn(e.getMessage());
                }
                changes.put(tile.image(), change);
            }
            return changes.get(tile.image()).map(tile::stained).orElse(tile);
        }
    }

    private static List<Tile> firstOfEach(final List<Tile> tiles) {
        final Map<Path, Tile> first = new LinkedHashMap<>();
        tiles.forEach(tile -> first.putIfAbsent(tile.image(), tile));
        return List.copyOf(first.values());
    }

    private static void warnOfScale(final Tile tile, final ModelInput input, final RunControl control) {
        final double mpp = tile.area().mpp();
        final double trained = input instanceof ModelInput.Pixels pixels ? pixels.mpp() : Double.NaN;
        if (Math.abs(mpp / trained - 1) > SCALE_TOLERANCE) {
            control.warn(String.format(
                    Locale.ROOT,
                    "%s has %.3f micrometres a pixel, the model was trained at %.3f.",
                    tile.image(),
                    mpp,
                    trained));
        }
    }

    private static void require(final Request request) throws RunFailed {
        if (!(request.overlap >= 0 && request.overlap <= MOST_OVERLAP)) {
            throw new RunFailed(
                    "The overlap is " + request.overlap, "setting \"overlap\"", "Choose 0 to " + MOST_OVERLAP + ".");
        }
        if (request.batchSize < 1) {
            throw new RunFailed(
                    "The batch size is " + request.batchSize, "setting \"batch size\"", "Choose 1 or more.");
        }
    }

    private static UNetSpec requireSegmenter(final ModelCard card, final Path model) throws RunFailed {
        final ModelInput.Pixels input = card.pixels(model.toString());
        final UNetSpec network = UNetSpec.fromJson(card.architecture(), model.toString());
        TileInput.requireChannels(network.inputChannels(), model.toString());
        if (network.inputChannels() != input.channels()) {
            throw new RunFailed(
                    "The model takes pictures of " + input.channels() + " channels and its network "
                            + network.inputChannels(),
                    model.toString(),
                    "Use the model of a Segmentation Learner.");
        }
        if (network.outputChannels() != card.classes().size()) {
            throw new RunFailed(
                    "The model names " + card.classes().size() + " classes and its network tells apart "
                            + network.outputChannels(),
                    model.toString(),
                    "Use the model of a Segmentation Learner.");
        }
        if (input.side() % network.sideMultiple() != 0) {
            throw new RunFailed(
                    "The model's tiles of " + input.side() + " pixels do not fit its network",
                    model.toString(),
                    "Use the model of a Segmentation Learner.");
        }
        return network;
    }
}
