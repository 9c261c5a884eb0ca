package org.selfdiff.bench.slides;

import java.util.SplittableRandom;

/**
 * What is read of a slide, as an endless list of rectangles of its finest level. A function of round and index alone,
 * so that everyone reads the same.
 */
enum Task {
    /** Rectangles of 512 x 512 pixels anywhere. */
    REGIONS("random regions of 512 x 512", 512) {
        @Override
        Place place(final long round, final long index, final long width, final long height) {
            final SplittableRandom random = new SplittableRandom(round * 1_000_003 + index);
            return new Place(random.nextLong(width - side() + 1), random.nextLong(height - side() + 1));
        }
    },

    /** Tiles of 256 x 256 pixels side by side, row by row. */
    TILES("tiles of 256 x 256", 256) {
        @Override
        Place place(final long round, final long index, final long width, final long height) {
            return grid(round, index, width, height, side());
        }
    },

    /** Tiles of 256 x 256 pixels at every 128th pixel, row by row. */
    OVERLAPPING_TILES("tiles of 256 x 256, half overlapping", 256) {
        @Override
        Place place(final long round, final long index, final long width, final long height) {
            return grid(round, index, width, height, side() / 2);
        }
    };

    private static final double GOLDEN_SECTION = 0.618_033_988_749_895;

    private final String text;

    private final int side;

    Task(final String text, final int side) {
        this.text = text;
        this.side = side;
    }

    /**
     * A rectangle.
     *
     * @param x left column
     * @param y upper row
     */
    record Place(long x, long y) {}

    /** For the report. */
    String text() {
        return text;
    }

    /** Height and width of a rectangle in pixels. */
    int side() {
        return side;
    }

    /**
     * A rectangle of a round.
     *
     * @param width of the level, at least that of a rectangle
     * @param height of the level, at least that of a rectangle
     */
    abstract Place place(long round, long index, long width, long height);

    /** Each round starts at a row of its own, a golden section of the height on, so that no cache holds it yet. */
    Place grid(final long round, final long index, final long width, final long height, final int stride) {
        final long columns = (width - side) / stride + 1;
        final long rows = (height - side) / stride + 1;
        final double turns = round * GOLDEN_SECTION;
        final long start = (long) ((turns - Math.floor(turns)) * rows);
        return new Place(index % columns * stride, (start + index / columns) % rows * stride);
    }
}
