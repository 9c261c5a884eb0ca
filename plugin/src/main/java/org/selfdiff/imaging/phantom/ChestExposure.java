package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;

/**
 * What a detector makes of shadows: brightness and contrast of the picture, and its noise, a function of place.
 *
 * @param black shadow that is black
 * @param white shadow that is white
 * @param gamma of the curve between
 * @param noise standard deviation of the noise as a share of the range
 * @param key of the noise
 */
record ChestExposure(double black, double white, double gamma, double noise, long key) {

    static ChestExposure draw(final SeededRandom random) {
        return new ChestExposure(
                random.between(-0.04, 0.08),
                random.between(1.15, 1.55),
                random.between(0.75, 1.15),
                random.between(0.008, 0.022),
                random.nextLong());
    }

    /**
     * The value of a pixel.
     *
     * @param grain size of the noise: pixels of a picture of 256 that one pixel is long
     * @return 0 to {@link ChestPhantom#WHITE}
     */
    int level(final double shadow, final int column, final int row, final double grain) {
        final double share = Math.max(0, Math.min(1, (shadow - black) / (white - black)));
        final SeededRandom random = new SeededRandom(key, column, row);
        final double mottle = new NoiseField(key, 3 / Math.min(2, grain), 2).at(column, row);
        final double seen = Math.pow(share, gamma)
                + noise * (0.7 * (random.nextDouble() + random.nextDouble() - 1) * 2.45 + 0.6 * mottle);
        return (int) Math.round(ChestPhantom.WHITE * Math.max(0, Math.min(1, seen)));
    }
}
