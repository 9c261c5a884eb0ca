package org.selfdiff.data;

import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.stain.StainMix;

/**
 * Random changes that leave the meaning of a tile as it is. Turns apply to picture and mask alike, colours to the
 * picture alone. Never used for validation.
 *
 * @param turns whether tiles are mirrored and turned by quarters (all eight positions alike; four if not square)
 * @param brightness largest shift, as a share of the full range
 * @param contrast largest relative change about mid-grey
 * @param stain largest relative change of the amount of each stain, hematoxylin, eosin and the rest, in optical density;
 *     the stains are those that a tile was normalised to, else the published ones
 */
public record Augmentation(boolean turns, double brightness, double contrast, double stain) {

    /** Checks the ranges. */
    public Augmentation {
        if (!(brightness >= 0 && brightness < 1 && contrast >= 0 && contrast < 1 && stain >= 0 && stain < 1)) {
            throw new IllegalArgumentException("shares of 0 to 1: " + brightness + ", " + contrast + ", " + stain);
        }
    }

    /** Nothing is changed. */
    public static Augmentation none() {
        return new Augmentation(false, 0, 0, 0);
    }

    /** Turns alone: what pre-training uses, because the model shall learn the colours as they are. */
    public static Augmentation turnsOnly() {
        return new Augmentation(true, 0, 0, 0);
    }

    /** Brightness and contrast within what exposures of radiographs differ by. */
    public static Augmentation light() {
        return new Augmentation(false, 0.08, 0.12, 0);
    }

    /** Turns, and colours within what scanners and stainers of one laboratory do. */
    public static Augmentation moderate() {
        return new Augmentation(true, 0.08, 0.12, 0.15);
    }

    /** Whether colours change. */
    boolean colours() {
        return brightness > 0 || contrast > 0 || stain > 0;
    }

    /** One of the positions: bit 0 mirrors left and right, bit 1 up and down, bit 2 swaps rows and columns. */
    int position(final SeededRandom random, final boolean square) {
        return turns ? random.nextInt(square ? 8 : 4) : 0;
    }

    /**
     * Draws a change of colours.
     *
     * @param stains whose amounts change
     */
    ColourChange colourChange(final SeededRandom random, final StainMix stains) {
        final double[] amounts = new double[3];
        for (int s = 0; s < 3; s++) {
            amounts[s] = 1 + random.between(-stain, stain);
        }
        return new ColourChange(
                stains.scaling(amounts),
                1 + random.between(-contrast, contrast),
                random.between(-brightness, brightness));
    }

    /**
     * A change of colours that is the same for all pixels of a tile.
     *
     * @param stainMatrix optical densities after from before, 3 x 3, row by row
     * @param gain factor about mid-grey
     * @param shift added, as a share of the full range
     */
    record ColourChange(double[] stainMatrix, double gain, double shift) {
        /** Numbers of a change in {@link Batch#colours}: the matrix, gain and shift. */
        static final int COLUMNS = 11;

        /** Writes the numbers of the change. */
        void write(final float[] out, final int at) {
            for (int i = 0; i < stainMatrix.length; i++) {
                out[at + i] = (float) stainMatrix[i];
            }
            out[at + 9] = (float) gain;
            out[at + 10] = (float) shift;
        }
    }
}
