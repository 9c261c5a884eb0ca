package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One resolution of a tile-component, its bands (LL, or HL, LH, HH) and its precincts.
 *
 * @param area in the resolution's coordinates (T.800 B-14)
 */
record Resolution(Area area, List<Subband> bands, List<Precinct> precincts) {

    /** What the precincts of a tile may still number, because each costs at least a byte a layer. */
    static final class Budget {
        private long left;

        Budget(final long precincts) {
            left = precincts;
        }

        void take(final long precincts) throws IOException {
            left -= precincts;
            if (left < 0) {
                throw new IOException("it declares more packets than it has bytes; it is cut off or damaged");
            }
        }
    }

    /** Lays out a resolution of a component of a tile. */
    static Resolution of(final TileComponent.Place place, final int r, final Budget budget) throws IOException {
        final CodingStyle style = place.style();
        final int levels = style.levels() - r;
        final Area area = place.area().halved(levels);
        final List<Subband> bands = new ArrayList<>();
        for (int b = 0; b < (r == 0 ? 1 : 3); b++) {
            bands.add(Subband.of(place.area(), place.sampling().bits(), r, b, style, place.quantization()));
        }
        final List<Precinct> precincts = new ArrayList<>();
        if (!area.isEmpty()) {
            final int ex = style.precincts()[r] & 15;
            final int ey = style.precincts()[r] >> 4;
            final int columns = (area.x1() - 1 >> ex) - (area.x0() >> ex) + 1;
            final int rows = (area.y1() - 1 >> ey) - (area.y0() >> ey) + 1;
            budget.take((long) columns * rows);
            for (int i = 0; i < columns * rows; i++) {
                final int column = (area.x0() >> ex) + i % columns;
                final int row = (area.y0() >> ey) + i / columns;
                precincts.add(precinct(place, r, i, bands, column, row));
            }
        }
        return new Resolution(area, bands, precincts);
    }

    private static Precinct precinct(
            final TileComponent.Place place,
            final int r,
            final int index,
            final List<Subband> bands,
            final int column,
            final int row) {
        final CodingStyle style = place.style();
        final int halved = r == 0 ? 0 : 1; // bands have half the resolution's columns and rows
        final int ex = (style.precincts()[r] & 15) - halved;
        final int ey = (style.precincts()[r] >> 4) - halved;
        final Precinct.Part[] parts = new Precinct.Part[bands.size()];
        for (int b = 0; b < parts.length; b++) {
            final Subband band = bands.get(b);
            parts[b] = new Precinct.Part(
                    band.area(),
                    band.planes() + place.shift(),
                    band.area().cell(column, row, ex, ey),
                    Math.min(style.blockWidth(), ex),
                    Math.min(style.blockHeight(), ey));
        }
        final int levels = style.levels() - r;
        final long x = (long) column << ex + halved + levels;
        final long y = (long) row << ey + halved + levels;
        return new Precinct(
                place.component(),
                r,
                index,
                Math.max(place.tile().x0(), x * place.sampling().dx()),
                Math.max(place.tile().y0(), y * place.sampling().dy()),
                style,
                parts);
    }
}
