package org.selfdiff.imaging.jpeg2000;

/**
 * A decoded picture, component by component with its exact values.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param planes of each component
 * @param transformed whether the codestream's own colour transform (RCT, ICT) was undone
 */
public record Jpeg2000Planes(int width, int height, Plane[] planes, boolean transformed) {

    /**
     * One component, with its own number of columns and rows if it is subsampled.
     *
     * @param bits of a sample, 1 to 16
     * @param signed whether samples are -2^(bits-1) to 2^(bits-1) - 1, otherwise 0 to 2^bits - 1
     * @param samples row by row
     */
    public record Plane(int width, int height, int bits, boolean signed, int[] samples) {}
}
