package org.selfdiff.data;

import org.selfdiff.imaging.SeededRandom;

/**
 * Views of tiles for self-distillation (Caron et al., arXiv 2104.14294): two large ones that each show most of the tile
 * and some small ones that each show a part, cut, mirrored and recoloured at random. A view is a function of
 * (seed, step, place in the batch, number of the view) alone.
 *
 * @param large side of the large views in pixels
 * @param small side of the small views in pixels
 * @param count number of small views, at least 1
 * @param turns whether views are also mirrored up and down and turned by quarters, besides left and right
 * @param colour largest relative change of contrast; brightness changes by half of it, each channel by a quarter, as
 *     shares of half the range
 */
public record MultiCrop(int large, int small, int count, boolean turns, double colour) {
    /** Number of large views. */
    public static final int LARGE_VIEWS = 2;

    /** Four times what is usual for photographs: a tile is a small piece already. */
    private static final double LEAST = 0.2;

    private static final double MIDDLE = 0.4;

    private static final double NARROWEST = 3.0 / 4;

    private static final int TRIES = 10;

    /**
     * Views of a batch, values -1 to 1, NCHW, view by view: all tiles' first views, then all tiles' second ones.
     *
     * @param large the large ones
     * @param small the small ones
     */
    public record Views(float[] large, float[] small) {}

    /** Checks the ranges. */
    public MultiCrop {
        if (large < 1 || small < 1 || count < 1 || !(colour >= 0 && colour < 1)) {
            throw new IllegalArgumentException(large + ", " + small + " pixels, " + count + " views, " + colour);
        }
    }

    /** All views of a tile, large and small. */
    public int views() {
        return LARGE_VIEWS + count;
    }

    /** The views of a batch in a step. */
    public Views of(final Batch batch, final long seed, final long step) {
        final int tile = batch.channels() * large * large;
        final int part = batch.channels() * small * small;
        final Views views = new Views(
                new float[Math.multiplyExact(LARGE_VIEWS * batch.count(), tile)],
                new float[Math.multiplyExact(count * batch.count(), part)]);
        for (int i = 0; i < batch.count(); i++) {
            for (int v = 0; v < views(); v++) {
                final SeededRandom random = new SeededRandom(seed, step, i, v);
                if (v < LARGE_VIEWS) {
                    final Cut cut = cut(random, batch, MIDDLE, 1);
                    cut.write(batch, i, large, views.large, (v * batch.count() + i) * tile);
                } else {
                    final Cut cut = cut(random, batch, LEAST, MIDDLE);
                    cut.write(batch, i, small, views.small, ((v - LARGE_VIEWS) * batch.count() + i) * part);
                }
            }
        }
        return views;
    }

    /** Whole tiles at the side of the large views, unchanged otherwise. */
    public float[] whole(final Batch batch) {
        final int tile = batch.channels() * large * large;
        final float[] out = new float[Math.multiplyExact(batch.count(), tile)];
        final Cut all = new Cut(0, 0, batch.width(), batch.height(), 0, 1, new double[batch.channels()]);
        for (int i = 0; i < batch.count(); i++) {
            all.write(batch, i, large, out, i * tile);
        }
        return out;
    }

    /** A rectangle of a share of the tile's area; the whole tile where none is found that fits. */
    private Cut cut(final SeededRandom random, final Batch batch, final double least, final double most) {
        double x = 0;
        double y = 0;
        double width = batch.width();
        double height = batch.height();
        for (int n = 0; n < TRIES; n++) {
            final double area = batch.width() * (double) batch.height() * random.between(least, most);
            final double ratio = Math.exp(random.between(Math.log(NARROWEST), -Math.log(NARROWEST)));
            final double w = Math.sqrt(area * ratio);
            final double h = Math.sqrt(area / ratio);
            if (w <= batch.width() && h <= batch.height()) {
                width = w;
                height = h;
                x = random.between(0, batch.width() - w);
                y = random.between(0, batch.height() - h);
                break;
            }
        }
        final int position = random.nextInt(turns ? 8 : 2);
        final double gain = 1 + random.between(-colour, colour);
        final double brightness = random.between(-colour / 2, colour / 2);
        final double[] shift = new double[batch.channels()];
        for (int c = 0; c < shift.length; c++) {
            shift[c] = brightness + (shift.length == 1 ? 0 : random.between(-colour / 4, colour / 4));
        }
        return new Cut(x, y, width, height, position, gain, shift);
    }

    /**
     * A view.
     *
     * @param position bit 0 mirrors left and right, bit 1 up and down, bit 2 swaps rows and columns
     * @param gain factor about mid-grey
     * @param shift of each channel
     */
    private record Cut(double x, double y, double width, double height, int position, double gain, double[] shift) {

        /** Samples linearly; where a pixel of the view covers several of the tile, at as many places of it. */
        void write(final Batch batch, final int index, final int side, final float[] out, final int at) {
            final boolean swap = (position & 4) != 0;
            final Axis across = Axis.of(x, width, side, (position & 1) != 0, batch.width());
            final Axis down = Axis.of(y, height, side, (position & 2) != 0, batch.height());
            final int plane = batch.width() * batch.height();
            for (int c = 0; c < batch.channels(); c++) {
                final int from = (index * batch.channels() + c) * plane;
                for (int row = 0; row < side; row++) {
                    for (int column = 0; column < side; column++) {
                        final double value =
                                mean(batch, from, across, swap ? row : column, down, swap ? column : row) / 127.5 - 1;
                        out[at + (c * side + row) * side + column] =
                                (float) Math.max(-1, Math.min(1, value * gain + shift[c]));
                    }
                }
            }
        }

        private static double mean(
                final Batch batch, final int from, final Axis across, final int i, final Axis down, final int j) {
            double sum = 0;
            for (int b = j * down.samples; b < (j + 1) * down.samples; b++) {
                final int top = from + down.first[b] * batch.width();
                final int bottom = from + down.second[b] * batch.width();
                for (int a = i * across.samples; a < (i + 1) * across.samples; a++) {
                    final double share = across.share[a];
                    final double above = line(batch.pixels(), top, across, a, share);
                    final double below = line(batch.pixels(), bottom, across, a, share);
                    sum += above + (below - above) * down.share[b];
                }
            }
            return sum / (across.samples * down.samples);
        }

        private static double line(
                final byte[] pixels, final int row, final Axis across, final int a, final double share) {
            final int left = pixels[row + across.first[a]] & 0xff;
            return left + ((pixels[row + across.second[a]] & 0xff) - left) * share;
        }
    }

    /** Where the samples of a view lie along an axis of the tile: between two pixels, at a share of the way. */
    private record Axis(int samples, int[] first, int[] second, double[] share) {
        static Axis of(final double start, final double length, final int side, final boolean mirror, final int size) {
            final int samples = (int) Math.max(1, Math.round(length / side));
            final int n = side * samples;
            final Axis axis = new Axis(samples, new int[n], new int[n], new double[n]);
            for (int i = 0; i < n; i++) {
                final double place = start + ((mirror ? n - 1 - i : i) + 0.5) * length / n - 0.5;
                final double inside = Math.max(0, Math.min(size - 1, place));
                axis.first[i] = (int) inside;
                axis.second[i] = Math.min(size - 1, axis.first[i] + 1);
                axis.share[i] = inside - axis.first[i];
            }
            return axis;
        }
    }
}
