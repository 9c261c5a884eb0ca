package org.selfdiff.stages.compute;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.stain.GlassColour;
import org.selfdiff.imaging.stain.StainFit;
import org.selfdiff.imaging.stain.StainMethod;
import org.selfdiff.imaging.stain.StainSample;
import org.selfdiff.imaging.stain.StainSampler;
import org.selfdiff.imaging.stain.StainTransform;
import org.selfdiff.model.ModelCard;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** The look of slides: fitted from their tiles, and as models remember the one that they were trained on. */
public final class SlideStain {
    /** Tiles of a slide that are looked at, spread evenly over it. */
    private static final int LOOKED_AT = 64;

    /** Longest side of the overview that the colour of the glass is taken from. */
    private static final int OVERVIEW = 1024;

    private static final String KEY = "stain";

    private SlideStain() {}

    /** Colours of the tissue of a slide, from some of its tiles as they are in the file. */
    public static StainSample sample(
            final Path image, final List<Tile> tiles, final PictureCache cache, final RunControl control)
            throws RunFailed, RunCancelled {
        final GlassColour glass = GlassColour.in(cache.overview(image, OVERVIEW, control));
        final StainSampler sampler = new StainSampler(image.toString(), glass, StainSampler.STANDARD_SIZE);
        final int count = Math.min(LOOKED_AT, tiles.size());
        for (int i = 0; i < count; i++) {
            control.checkCancelled();
            final Tile tile = tiles.get((int) ((long) i * tiles.size() / count));
            final double downsample = tile.area().downsample();
            sampler.add(
                    cache.pixels(tile.asScanned(), control),
                    Math.round(tile.x() / downsample),
                    Math.round(tile.y() / downsample));
        }
        return sampler.sample();
    }

    /** The look of a slide. */
    public static StainFit fit(
            final Path image,
            final List<Tile> tiles,
            final StainMethod method,
            final PictureCache cache,
            final RunControl control)
            throws RunFailed, RunCancelled {
        return StainFit.of(sample(image, tiles, cache, control), method, control);
    }

    /** Notes in a model's card the look that all of its tiles were brought to; nothing if they were not. */
    public static void note(final List<Tile> tiles, final JsonObject training) {
        final Set<String> looks = tiles.stream()
                .map(tile -> tile.stain()
                        .map(StainTransform::target)
                        .map(StainFit::text)
                        .orElse(""))
                .collect(Collectors.toSet());
        if (looks.size() == 1 && !looks.contains("")) {
            training.add(KEY, tiles.get(0).stain().orElseThrow().target().json());
        }
    }

    /** The look that a model was trained on. */
    public static Optional<StainFit> noted(final ModelCard card, final Path model) throws RunFailed {
        return card.training().get(KEY) instanceof JsonObject json
                ? Optional.of(StainFit.parse(json, model.toString()))
                : Optional.empty();
    }
}
