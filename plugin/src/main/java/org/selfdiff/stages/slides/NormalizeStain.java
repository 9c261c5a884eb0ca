package org.selfdiff.stages.slides;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.stain.StainFit;
import org.selfdiff.imaging.stain.StainMethod;
import org.selfdiff.imaging.stain.StainSample;
import org.selfdiff.imaging.stain.StainTransform;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.stages.compute.SlideStain;

/**
 * Finds the look of every slide and notes with its tiles how it is brought to one common look: by Macenko et al. 2009,
 * Vahadane et al. 2016 or Reinhard et al. 2001. No pixel is changed here; whoever reads a tile changes it, so that the
 * table stays small. A slide whose look cannot be found is reported, and its tiles stay as they are; one that cannot be
 * read ends the run, or its tiles are left out. Memory depends on the number of tiles, not on that of slides.
 */
public final class NormalizeStain {
    /** A reference slide is looked at whole, at most this many pixels long. */
    private static final int REFERENCE_PIXELS = 4096;

    /** Share of the work that finding the looks is; showing them takes the rest. */
    private static final double FITTING = 0.9;

    private NormalizeStain() {}

    /** The look that all slides are brought to. */
    public sealed interface Target {

        /** A published reference. */
        record Standard() implements Target {}

        /**
         * The look of a slide or picture.
         *
         * @param file the picture
         */
        record OfPicture(Path file) implements Target {}

        /** The look of the first slide of the table whose look can be found. */
        record OfFirst() implements Target {}
    }

    /**
     * What to normalise.
     *
     * @param tiles of any number of slides
     * @param method how looks are described
     * @param target the common look
     * @param onFailure what happens when a slide cannot be read
     * @param threads how many slides at once, 0 for as many as there are processors
     */
    public record Request(
            List<Tile> tiles, StainMethod method, Target target, CutTiles.OnFailure onFailure, int threads) {

        /** Copies the list. */
        public Request {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * What became of one slide.
     *
     * @param image the slide
     * @param fit its look, empty if it could not be found
     * @param target the common look
     * @param before one of its tiles as it is; empty if the slide cannot be read, and its tiles are left out
     * @param after the same tile, normalised; empty if the look could not be found
     * @param note why the look could not be found, else empty
     */
    public record SlideLook(
            Path image,
            Optional<StainFit> fit,
            StainFit target,
            Optional<Picture> before,
            Optional<Picture> after,
            String note) {}

    /** Takes what became of the slides, one by one, in the order in which they first occur. */
    @FunctionalInterface
    public interface Receiver {
        /** Takes the next slide. */
        void accept(SlideLook look) throws RunFailed, RunCancelled;
    }

    /**
     * What came of it.
     *
     * @param changes of the slides whose look was found
     * @param unreadable slides that cannot be read; their tiles are left out
     * @param target the common look
     */
    public record Result(Map<Path, StainTransform> changes, Set<Path> unreadable, StainFit target) {

        /** How the tiles of a slide are changed; empty if they stay as they are. */
        public Optional<StainTransform> change(final Path image) {
            return Optional.ofNullable(changes.get(image));
        }
    }

    /** A slide's fit, or why there is none, and whether that is because it cannot be read. */
    private record Fitted(Optional<StainFit> fit, Optional<RunFailed> failure, boolean readable) {}

    /**
     * Normalises.
     *
     * @throws RunFailed if there are no tiles, if the target cannot be found, if no slide can be read, or one cannot and
     *     that is to end the run
     */
    public static Result run(final Request request, final Receiver receiver, final RunControl control)
            throws RunFailed, RunCancelled {
        if (request.tiles.isEmpty()) {
            throw new RunFailed("There are no tiles", "table of tiles", "Check the node that makes the tiles.");
        }
        final Map<Path, List<Tile>> slides = new LinkedHashMap<>();
        request.tiles.forEach(tile ->
                slides.computeIfAbsent(tile.image(), k -> new ArrayList<>()).add(tile));
        try (PictureCache cache = PictureCache.standard();
                Workers workers = request.threads > 0 ? new Workers(request.threads) : Workers.all()) {
            final Map<Path, Fitted> fitted = fit(request, slides, cache, workers, control.part(0, FITTING));
            final StainFit target =
                    target(request, List.copyOf(slides.keySet()), fitted, cache, control.part(FITTING, FITTING));
            final Map<Path, StainTransform> changes = new HashMap<>();
            fitted.forEach((image, f) -> f.fit.ifPresent(fit -> changes.put(image, new StainTransform(fit, target))));
            final Set<Path> unreadable =
                    look(request, slides, fitted, target, cache, workers, receiver, control.part(FITTING, 1));
            return new Result(Map.copyOf(changes), Set.copyOf(unreadable), target);
        }
    }

    /** For one of several slides at once: the bar goes on when it is done. */
    private static RunControl at(final int slide, final int slides, final RunControl control) {
        final double share = (double) slide / slides;
        return control.part(share, share);
    }

    private static Map<Path, Fitted> fit(
            final Request request,
            final Map<Path, List<Tile>> slides,
            final PictureCache cache,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<Path> images = List.copyOf(slides.keySet());
        final Map<Path, Fitted> fitted = new HashMap<>();
        final Pace pace = new Pace("slides", 0, images.size());
        workers.<Fitted>inOrder(
                images.size(),
                (i, c) -> fit(request, images.get(i), slides.get(images.get(i)), cache, at(i, images.size(), c)),
                (i, fit) -> {
                    fitted.put(images.get(i), fit);
                    fit.failure.ifPresent(failure -> control.warn(failure.getMessage()));
                    control.progress((i + 1.0) / images.size(), pace.line(i + 1));
                },
                control);
        if (fitted.values().stream().noneMatch(Fitted::readable)) {
            throw fitted.get(images.get(0)).failure.orElseThrow();
        }
        return fitted;
    }

    private static Fitted fit(
            final Request request,
            final Path image,
            final List<Tile> tiles,
            final PictureCache cache,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final StainSample sample;
        try {
            sample = SlideStain.sample(image, tiles, cache, control);
        } catch (final RunFailed e) {
            if (request.onFailure == CutTiles.OnFailure.FAIL) {
                throw e;
            }
            return new Fitted(Optional.empty(), Optional.of(e), false);
        }
        try {
            return new Fitted(Optional.of(StainFit.of(sample, request.method, control)), Optional.empty(), true);
        } catch (final RunFailed e) {
            return new Fitted(Optional.empty(), Optional.of(e), true);
        }
    }

    private static StainFit target(
            final Request request,
            final List<Path> images,
            final Map<Path, Fitted> fitted,
            final PictureCache cache,
            final RunControl control)
            throws RunFailed, RunCancelled {
        if (request.target instanceof Target.Standard) {
            return StainFit.standard(request.method);
        }
        if (request.target instanceof Target.OfPicture picture) {
            final Tile whole = cache.coarse(picture.file, REFERENCE_PIXELS, control);
            return SlideStain.fit(picture.file, List.of(whole), request.method, cache, control);
        }
        for (final Path image : images) {
            if (fitted.get(image).fit.isPresent()) {
                return fitted.get(image).fit.get();
            }
        }
        throw fitted.get(images.get(0)).failure.orElseThrow();
    }

    /** Shows every slide before and after to the receiver; gives back those that cannot be read. */
    private static Set<Path> look(
            final Request request,
            final Map<Path, List<Tile>> slides,
            final Map<Path, Fitted> fitted,
            final StainFit target,
            final PictureCache cache,
            final Workers workers,
            final Receiver receiver,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<Path> images = List.copyOf(slides.keySet());
        final Set<Path> unreadable = new HashSet<>();
        final Pace pace = new Pace("slides compared", 0, images.size());
        workers.<SlideLook>inOrder(
                images.size(),
                (i, c) -> {
                    final Path image = images.get(i);
                    return look(
                            request,
                            image,
                            slides.get(image),
                            fitted.get(image),
                            target,
                            cache,
                            at(i, images.size(), c));
                },
                (i, look) -> {
                    if (look.before.isEmpty()) {
                        unreadable.add(look.image);
                        control.warn(look.note); // said once, if the sample has failed already
                    }
                    receiver.accept(look);
                    control.progress((i + 1.0) / images.size(), pace.line(i + 1));
                },
                control);
        return unreadable;
    }

    private static SlideLook look(
            final Request request,
            final Path image,
            final List<Tile> tiles,
            final Fitted fitted,
            final StainFit target,
            final PictureCache cache,
            final RunControl control)
            throws RunFailed, RunCancelled {
        RunFailed failure = fitted.failure.orElse(null);
        if (fitted.readable) {
            try {
                final Picture before = cache.pixels(tiles.get(tiles.size() / 2).asScanned(), control);
                return new SlideLook(
                        image,
                        fitted.fit,
                        target,
                        Optional.of(before),
                        fitted.fit.map(fit -> new StainTransform(fit, target).apply(before)),
                        failure == null ? "" : failure.getMessage());
            } catch (final RunFailed e) {
                if (request.onFailure == CutTiles.OnFailure.FAIL) {
                    throw e;
                }
                failure = e;
            }
        }
        return new SlideLook(image, Optional.empty(), target, Optional.empty(), Optional.empty(), failure.getMessage());
    }
}
