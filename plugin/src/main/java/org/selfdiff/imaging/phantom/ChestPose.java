package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;

/**
 * How a patient stands before the detector: from pixels to the frame of {@link ChestAnatomy} and back.
 *
 * @param side of the picture in pixels
 * @param size of the body, 1 on average
 * @param turn in radians
 * @param right how far the body is moved to the right, in its own frame
 * @param down how far it is moved down
 */
record ChestPose(int side, double size, double turn, double right, double down) {

    static ChestPose draw(final int side, final SeededRandom random) {
        return new ChestPose(
                side,
                random.between(0.93, 1.08),
                random.between(-0.05, 0.05),
                random.between(-0.05, 0.05),
                random.between(-0.05, 0.06));
    }

    /** Across the body at the middle of a pixel. */
    double x(final int column, final int row) {
        return (Math.cos(turn) * centred(column) + Math.sin(turn) * centred(row)) / size - right;
    }

    /** Down the body at the middle of a pixel. */
    double y(final int column, final int row) {
        return (Math.cos(turn) * centred(row) - Math.sin(turn) * centred(column)) / size - down;
    }

    private double centred(final int pixel) {
        return (2 * pixel + 1.0) / side - 1;
    }

    /** Column of a place, in pixels from the left border. */
    double column(final double x, final double y) {
        return (size * (Math.cos(turn) * (x + right) - Math.sin(turn) * (y + down)) + 1) * side / 2;
    }

    /** Row of a place, in pixels from the upper border. */
    double row(final double x, final double y) {
        return (size * (Math.sin(turn) * (x + right) + Math.cos(turn) * (y + down)) + 1) * side / 2;
    }
}
