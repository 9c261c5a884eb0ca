package org.selfdiff.stages.segmentation;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.ClassLabels;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.diffseg.DiffSeg;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.Setting;
import org.selfdiff.stages.diffusion.Denoiser;
import org.selfdiff.stages.diffusion.DenoiserSpec;
import org.selfdiff.stages.slides.CutTiles;
import org.selfdiff.train.Precision;

/**
 * Finds the parts of pictures without having been trained on masks: DiffSeg (Tian et al., arXiv 2308.12469) on the
 * self-attention of a diffusion model, as DiNO-Diffusion (arXiv 2407.11594) segments radiographs. A few labelled pictures
 * say what the segments are. The segments of a picture depend on the picture alone, what they are called on it and on the
 * labelled ones.
 */
public final class SegmentZeroShot {
    private static final String STAGE = "SegmentZeroShot";

    private SegmentZeroShot() {}

    /**
     * How pictures are cut into segments.
     *
     * @param timestep of the noise in which the model sees a picture, 0 to below that of its training
     * @param merging how far maps are merged
     * @param points places of the grid of anchors along a side, 2 or more; at most as many as the attention has are used
     * @param rounds of merging, 1 to 20
     * @param seed of the noise
     */
    public record Settings(int timestep, Merging merging, int points, int rounds, long seed) {}

    /** How far maps are merged. */
    public sealed interface Merging {
        /**
         * As long as they differ by less.
         *
         * @param threshold divergence, above 0; a larger one gives fewer segments
         */
        record Below(double threshold) implements Merging {}

        /**
         * Until few segments are left, whatever the divergence.
         *
         * @param segments at most so many in a tile, 2 to 256
         */
        record AtMost(int segments) implements Merging {}
    }

    /** What says which class a segment is. */
    public sealed interface Naming {
        /** Nothing: segments have numbers. */
        record None() implements Naming {}

        /**
         * Each picture's own mask, as methods are compared: no prediction, but the most that its segments could give.
         *
         * @param classes names, and what masks mean
         * @param rule which segment is which class
         */
        record OwnMask(ClassLabels classes, SegmentRule rule) implements Naming {}

        /**
         * A few labelled pictures: a segment is called as that segment of them which it resembles most.
         *
         * @param classes names, and what masks mean
         * @param rule which of their segments is which class
         * @param labelled the pictures, at least one
         */
        record Labelled(ClassLabels classes, SegmentRule rule, List<LabelledTile> labelled) implements Naming {}
    }

    /**
     * What is asked for.
     *
     * @param model file of a diffusion model whose network has self-attention
     * @param tiles what is segmented, in the order of the results; squares of the model's side
     * @param settings how
     * @param naming what the segments are called
     * @param onFailure what happens when a tile cannot be read
     * @param device where it runs
     */
    public record Request(
            Path model,
            List<Tile> tiles,
            Settings settings,
            Naming naming,
            CutTiles.OnFailure onFailure,
            DeviceChoice device) {

        /** Copies the list. */
        public Request {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * The segments of a tile.
     *
     * @param index of the tile, from 0
     * @param tile what was segmented
     * @param picture its pixels
     * @param segments number of the segment of every pixel, from 1
     * @param labels class of every pixel; empty where segments only have numbers, or the tile's own mask is to say and
     *     there is none
     */
    public record Segmented(int index, Tile tile, Picture picture, LabelMap segments, Optional<LabelMap> labels) {}

    /** Takes results one by one, so that no more than one is held. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes the next.
         *
         * @param control of what is done with it
         */
        void accept(Segmented segmented, RunControl control) throws RunFailed, RunCancelled;
    }

    /**
     * What came of it, apart from the segments.
     *
     * @param device the device used and why
     * @param tiles number of tiles that were segmented
     * @param segments mean number of segments of a tile
     */
    public record Result(String device, int tiles, double segments) {}

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, the model, a labelled tile or the device does not do, when no tile can be read, or
     *     one cannot and that is to end the run
     * @throws RunCancelled when the user stops it
     */
    public static Result run(final Request request, final Receiver receiver, final RunControl control)
            throws RunFailed, RunCancelled {
        final Denoiser model = Denoiser.open(request.model);
        final int side = require(request, model);
        try (ComputeSession session = ComputeSession.open(request.device, Precision.FP32, STAGE, control);
                AttentionOnDevice attention =
                        new AttentionOnDevice(model, session, request.settings.timestep, request.settings.seed);
                PictureCache cache = PictureCache.standard();
                Workers workers = Workers.all()) {
            final Settings settings = request.settings;
            final int points = Math.min(settings.points, side);
            final SegmentCutter.Merge merge = settings.merging instanceof Merging.Below below
                    ? new DiffSeg(Collections.nCopies(settings.rounds, below.threshold()), points, false)::merge
                    : (maps, w, c) -> DiffSeg.atMost(
                            maps, points, settings.rounds, ((Merging.AtMost) settings.merging).segments(), w, c);
            final SegmentCutter cutter = new SegmentCutter(attention, merge, cache, workers);
            return segment(request, cutter, receiver, session.description(), control);
        }
    }

    private static Result segment(
            final Request request,
            final SegmentCutter cutter,
            final Receiver receiver,
            final String device,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final int labelled =
                request.naming instanceof Naming.Labelled l ? l.labelled().size() : 0;
        final double all = labelled + request.tiles.size();
        final Optional<SegmentNames> names = request.naming instanceof Naming.Labelled l
                ? Optional.of(SegmentNames.learn(l, cutter, control.part(0, labelled / all)))
                : Optional.empty();
        final Pace pace = new Pace("tiles", 0, request.tiles.size());
        RunFailed first = null;
        int done = 0;
        long segments = 0;
        for (int i = 0; i < request.tiles.size(); i++) {
            final RunControl part = control.part((labelled + i) / all, (labelled + i + 1) / all);
            control.progress((labelled + i) / all, pace.line(i));
            final Tile tile = request.tiles.get(i);
            final Cut cut;
            try {
                cut = cutter.cut(tile, part.part(0, 0));
            } catch (final RunFailed e) {
                if (request.onFailure == CutTiles.OnFailure.FAIL) {
                    throw e;
                }
                control.warn(e.getMessage());
                first = first == null ? e : first;
                continue;
            }
            done++;
            segments += cut.count();
            receiver.accept(
                    new Segmented(i, tile, cut.picture(), cut.numbered(), labels(request, names, cut, cutter, part)),
                    part.part(1, 1));
        }
        if (done == 0 && first != null) {
            throw first;
        }
        control.progress(1, pace.line(request.tiles.size()));
        return new Result(device, done, done == 0 ? 0 : (double) segments / done);
    }

    private static Optional<LabelMap> labels(
            final Request request,
            final Optional<SegmentNames> names,
            final Cut cut,
            final SegmentCutter cutter,
            final RunControl control)
            throws RunFailed, RunCancelled {
        if (request.naming instanceof Naming.OwnMask own) {
            return cut.tile().mask().isEmpty()
                    ? Optional.empty()
                    : Optional.of(cut.named(own.rule()
                            .classes(cut.counts(cutter.labels(cut.tile(), own.classes(), control), own.classes()))));
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(cut.named(names.get().of(cut)));
    }

    /**
     * Refuses what does not fit together before anything is computed.
     *
     * @return places along a side of the finest attention
     */
    private static int require(final Request request, final Denoiser model) throws RunFailed {
        final Settings s = request.settings;
        Setting.check(
                "setting \"time-step\"",
                s.timestep,
                0,
                model.process().schedule().steps() - 1);
        Setting.check("setting \"grid of anchors\"", s.points, 2, 1024);
        Setting.check("setting \"rounds\"", s.rounds, 1, 20);
        if (s.merging instanceof Merging.AtMost most) {
            Setting.check("setting \"segments\"", most.segments(), 2, 256);
        } else if (s.merging instanceof Merging.Below below
                && (!(below.threshold() > 0) || !Double.isFinite(below.threshold()))) {
            throw new RunFailed(
                    "The merge threshold is " + below.threshold(),
                    "setting \"merge threshold\"",
                    "Choose a number above 0, up to 1.1 for a large network.");
        }
        final int side = AttentionOnDevice.requireSide(model, request.model);
        for (int i = 0; i < request.tiles.size(); i++) {
            requireSize(request.tiles.get(i), model, "row " + (i + 1));
        }
        if (request.naming instanceof Naming.Labelled labelled) {
            if (labelled.labelled().isEmpty()) {
                throw new RunFailed(
                        "There are no labelled tiles",
                        "port \"Labels\"",
                        "Connect a table with some, or leave the port open.");
            }
            for (int i = 0; i < labelled.labelled().size(); i++) {
                requireSize(labelled.labelled().get(i).tile(), model, "row " + (i + 1) + " of port \"Labels\"");
            }
        }
        return side;
    }

    /**
     * Refuses a network none of whose layers lets all places look at all places.
     *
     * @param where the model's file or port, for messages
     */
    public static void requireSelfAttention(final DenoiserSpec network, final String where) throws RunFailed {
        if (!network.selfAttention()) {
            throw new RunFailed(
                    "The network of the model has no attention of all places to all places",
                    where,
                    "Train a Diffusion Pretrainer whose setting \"Attention\" is \"Coarsest level\", with few levels.");
        }
    }

    private static void requireSize(final Tile tile, final Denoiser model, final String row) throws RunFailed {
        final int side = model.pixels().side();
        if (tile.width() != side || tile.height() != side) {
            throw new RunFailed(
                    "The tile has " + tile.width() + " x " + tile.height() + " pixels, the model was trained on " + side
                            + " x " + side,
                    row + ", " + tile.place(),
                    "Cut tiles of " + side + " pixels, or train the diffusion model on tiles of this size.");
        }
    }
}
