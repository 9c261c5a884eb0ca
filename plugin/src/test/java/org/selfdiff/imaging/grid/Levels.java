package org.selfdiff.imaging.grid;

import java.util.List;
import java.util.function.LongBinaryOperator;
import org.selfdiff.imaging.PictureSource;

/** A slide whose pixels are a function of level 0: coarser levels hold exact means of 2 x 2, 4 x 4 pixels and so on. */
final class Levels implements PictureSource {
    private final List<Level> levels;

    private final double magnification;

    private final LongBinaryOperator grey;

    private long largest;

    /** Levels of the given downsamples, whole numbers, over a grey value for each pixel of level 0. */
    Levels(
            final int width,
            final int height,
            final double mpp,
            final double magnification,
            final LongBinaryOperator grey,
            final int... downsamples) {
        levels = java.util.Arrays.stream(downsamples)
                .mapToObj(d -> new Level(width / d, height / d, d, mpp * d))
                .toList();
        this.magnification = magnification;
        this.grey = grey;
    }

    @Override
    public String name() {
        return "levels";
    }

    @Override
    public About about() {
        return new About("test", magnification, "none");
    }

    @Override
    public int levels() {
        return levels.size();
    }

    @Override
    public Level level(final int index) {
        return levels.get(index);
    }

    /** Pixels of the largest region that was asked for. */
    long largest() {
        return largest;
    }

    @Override
    public void read(final int level, final long x, final long y, final int width, final int height, final byte[] rgb) {
        largest = Math.max(largest, (long) width * height);
        final int d = (int) levels.get(level).downsample();
        for (int j = 0; j < height; j++) {
            for (int i = 0; i < width; i++) {
                long sum = 0;
                for (int k = 0; k < d * d; k++) {
                    sum += grey.applyAsLong((x + i) * d + k % d, (y + j) * d + k / d);
                }
                final int at = 3 * (j * width + i);
                rgb[at] = (byte) Math.round((double) sum / (d * d));
                rgb[at + 1] = rgb[at];
                rgb[at + 2] = rgb[at];
            }
        }
    }

    @Override
    public void close() {
        // nothing is held
    }
}
