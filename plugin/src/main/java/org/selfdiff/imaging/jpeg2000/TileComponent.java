package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A component of a tile: its resolutions from the coarsest. */
record TileComponent(Place place, List<Resolution> resolutions) {

    /**
     * Where it lies and how it is coded.
     *
     * @param component its number
     * @param tile the tile on the reference grid
     * @param area its samples
     * @param shift bit-planes by which a region of interest was shifted up
     */
    record Place(
            int component,
            Area tile,
            Area area,
            ImageSize.Component sampling,
            CodingStyle style,
            Quantization quantization,
            int shift) {}

    static TileComponent of(
            final ImageSize size, final int tile, final int c, final CodingScope coding, final Resolution.Budget budget)
            throws IOException {
        final ImageSize.Component sampling = size.components().get(c);
        final Area area = size.tile(tile);
        final Place place = new Place(
                c,
                area,
                area.sampled(sampling.dx(), sampling.dy()),
                sampling,
                coding.style(c),
                coding.quantization(c),
                coding.shift(c));
        final List<Resolution> resolutions = new ArrayList<>();
        for (int r = 0; r <= place.style.levels(); r++) {
            resolutions.add(Resolution.of(place, r, budget));
        }
        return new TileComponent(place, resolutions);
    }
}
