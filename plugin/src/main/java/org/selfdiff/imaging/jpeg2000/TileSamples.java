package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.List;

/** The samples of a tile. Each component has whole numbers or real ones, or neither if it has no samples. */
final class TileSamples {
    /**
     * A number from 2^23 on has no bits below the point: added to it, another one below 2^22 is rounded to the nearest
     * whole number, which then stands in the lowest bits. A conversion by Java looks for special cases at each sample.
     */
    private static final float WHOLE = 3 << 22;

    private static final int WHOLE_BITS = Float.floatToRawIntBits(WHOLE);

    final int[][] wholes;

    final float[][] reals;

    private final List<ImageSize.Component> components;

    private final Area[] areas;

    private boolean transformed;

    TileSamples(final ImageSize size, final List<TileComponent> tile, final int discard) {
        components = size.components();
        wholes = new int[components.size()][];
        reals = new float[components.size()][];
        areas = new Area[components.size()];
        for (int c = 0; c < areas.length; c++) {
            areas[c] = tile.get(c).place().area().halved(discard);
        }
    }

    /** The place of a component's samples in the component. */
    Area area(final int component) {
        return areas[component];
    }

    /** Has RCT or ICT undone on components 0 to 2 (T.800 Annex G), row by row where {@link #finish} comes to it. */
    void undoTransform() throws IOException {
        if (areas.length < 3
                || !areas[0].equals(areas[1])
                || !areas[0].equals(areas[2])
                || (wholes[0] == null) != (wholes[1] == null)
                || (wholes[0] == null) != (wholes[2] == null)) {
            throw new IOException("a component transform of components that are not three alike");
        }
        transformed = true;
    }

    /** Makes a row ready for {@link #row}, once, so that it is in the fastest cache then. */
    void finish(final int y) {
        final int from = y * areas[0].width();
        final int to = from + areas[0].width();
        if (transformed && wholes[0] != null) {
            undoReversible(wholes[0], wholes[1], wholes[2], from, to);
        } else if (transformed && reals[0] != null) {
            undoIrreversible(reals[0], reals[1], reals[2], from, to);
        }
    }

    /** T.800 G-6 to G-8. */
    private static void undoReversible(final int[] a, final int[] b, final int[] c, final int from, final int to) {
        for (int i = from; i < to; i++) {
            final int green = a[i] - (b[i] + c[i] >> 2);
            final int red = c[i] + green;
            c[i] = b[i] + green;
            b[i] = green;
            a[i] = red;
        }
    }

    /** T.800 G-12 to G-14. */
    private static void undoIrreversible(
            final float[] a, final float[] b, final float[] c, final int from, final int to) {
        for (int i = from; i < to; i++) {
            final float luma = a[i];
            final float blue = b[i];
            final float red = c[i];
            a[i] = luma + 1.402f * red;
            b[i] = luma - 0.34413f * blue - 0.71414f * red;
            c[i] = luma + 1.772f * blue;
        }
    }

    /**
     * One row of a component that is finished, shifted to 0 and up (T.800 G.1; signed samples too), rounded and clipped
     * to its bits.
     *
     * @param y counted from the first row of the area
     */
    void row(final int component, final int y, final int[] out) {
        final int bits = components.get(component).bits();
        final int most = (1 << bits) - 1;
        final int middle = 1 << bits - 1;
        final int width = areas[component].width();
        final int from = y * width;
        if (wholes[component] != null) {
            final int[] values = wholes[component];
            for (int x = 0; x < width; x++) {
                out[x] = Math.min(Math.max(values[from + x] + middle, 0), most);
            }
        } else {
            final float[] values = reals[component];
            final float shift = middle + WHOLE;
            for (int x = 0; x < width; x++) {
                out[x] = clipped(values[from + x] + shift, most);
            }
        }
    }

    /**
     * The same of a component of eight bits.
     *
     * @param out gets the samples from {@code at} on, {@code step} apart
     */
    void row(final int component, final int y, final byte[] out, final int at, final int step) {
        final int width = areas[component].width();
        final int from = y * width;
        int to = at;
        if (wholes[component] != null) {
            final int[] values = wholes[component];
            for (int x = from; x < from + width; x++, to += step) {
                out[to] = (byte) Math.min(Math.max(values[x] + 128, 0), 255);
            }
        } else {
            final float[] values = reals[component];
            for (int x = from; x < from + width; x++, to += step) {
                out[to] = (byte) clipped(values[x] + (128 + WHOLE), 255);
            }
        }
    }

    /**
     * A sample to which {@link #WHOLE} was added, clipped to 0 to {@code most}. Bits of larger numbers are larger and those
     * of numbers below 0 are negative, so that they are clipped before anything is subtracted from them.
     */
    private static int clipped(final float sample, final int most) {
        return Math.min(Math.max(Float.floatToRawIntBits(sample), WHOLE_BITS), WHOLE_BITS + most) - WHOLE_BITS;
    }
}
