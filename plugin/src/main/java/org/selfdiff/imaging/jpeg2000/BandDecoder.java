package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes the bands of a tile-component: code-blocks into place, regions of interest shifted back (T.800 H.1),
 * quantisation undone with values in the middle of their interval (T.800 E.1, r = 1/2).
 */
final class BandDecoder {
    private static final int MAGNITUDE = 0x7fffffff;

    private final byte[] data;

    private final BlockDecoder blocks;

    private final TileComponent component;

    BandDecoder(final byte[] data, final BlockDecoder blocks, final TileComponent component) {
        this.data = data;
        this.blocks = blocks;
        this.component = component;
    }

    /**
     * Decodes a band, row by row, as the reversible wavelet wants it.
     *
     * @param needed of the band; blocks elsewhere are taken for empty ones
     */
    void wholes(final Resolution resolution, final int index, final Area needed, final int[] out) throws IOException {
        final Subband band = resolution.bands().get(index);
        final Area wanted = needed.from(band.area().x0(), band.area().y0());
        final int stride = band.area().width();
        for (final Precinct precinct : resolution.precincts()) {
            final Precinct.Part part = precinct.parts[index];
            for (int b = 0; b < part.blocks.length; b++) {
                final Area place = part.place(b);
                final int at = place.y0() * stride + place.x0();
                if (part.blocks[b] == null || !wanted.meets(place)) {
                    for (int y = 0; y < place.height(); y++) {
                        Arrays.fill(out, at + y * stride, at + y * stride + place.width(), 0);
                    }
                } else {
                    copy(decode(part, part.blocks[b], band), out, at, stride);
                }
            }
        }
    }

    /**
     * Decodes a band, row by row, as the irreversible wavelet wants it.
     *
     * @param needed of the band; blocks elsewhere are taken for empty ones
     * @param scale of the values
     */
    void reals(final Resolution resolution, final int index, final Area needed, final double scale, final float[] out)
            throws IOException {
        final Subband band = resolution.bands().get(index);
        final Area wanted = needed.from(band.area().x0(), band.area().y0());
        final float step = (float) (band.step() * scale / 2); // the block decoder keeps twice the magnitude
        final int stride = band.area().width();
        for (final Precinct precinct : resolution.precincts()) {
            final Precinct.Part part = precinct.parts[index];
            for (int b = 0; b < part.blocks.length; b++) {
                final Area place = part.place(b);
                final int at = place.y0() * stride + place.x0();
                if (part.blocks[b] == null || !wanted.meets(place)) {
                    for (int y = 0; y < place.height(); y++) {
                        Arrays.fill(out, at + y * stride, at + y * stride + place.width(), 0);
                    }
                } else {
                    copy(decode(part, part.blocks[b], band), step, out, at, stride);
                }
            }
        }
    }

    private BlockState decode(final Precinct.Part part, final CodeBlock block, final Subband band) throws IOException {
        final BlockState state =
                blocks.decode(data, block, band, component.place().style(), part.planes);
        final int shift = component.place().shift();
        if (shift > 0) {
            final int[] values = state.values;
            for (int i = 0; i < state.count(); i++) {
                final int magnitude = values[i] & MAGNITUDE;
                if (shift < 30 && magnitude >>> shift + 1 != 0) { // the lowest bit is below the point
                    values[i] = values[i] & ~MAGNITUDE | magnitude >>> shift;
                }
            }
        }
        return state;
    }

    private static void copy(final BlockState state, final int[] out, final int at, final int stride) {
        for (int y = 0; y < state.height; y++) {
            int from = (y & ~3) * state.width + (y & 3);
            final int row = at + y * stride;
            for (int x = row; x < row + state.width; x++, from += 4) {
                final int value = state.values[from];
                final int magnitude = (value & MAGNITUDE) >>> 1;
                final int sign = value >> 31;
                out[x] = (magnitude ^ sign) - sign;
            }
        }
    }

    private static void copy(
            final BlockState state, final float step, final float[] out, final int at, final int stride) {
        for (int y = 0; y < state.height; y++) {
            int from = (y & ~3) * state.width + (y & 3);
            final int row = at + y * stride;
            for (int x = row; x < row + state.width; x++, from += 4) {
                final int value = state.values[from];
                final int sign = value >> 31;
                out[x] = (((value & MAGNITUDE) ^ sign) - sign) * step;
            }
        }
    }
}
