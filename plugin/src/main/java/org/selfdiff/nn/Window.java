package org.selfdiff.nn;

/**
 * How a kernel moves over a picture.
 *
 * @param strideY step down, in pixels
 * @param strideX step to the right
 * @param paddingY zeros added above and below
 * @param paddingX zeros added left and right
 * @param groups parts of the channels that do not see each other; as many as channels for a depth-wise convolution
 */
public record Window(int strideY, int strideX, int paddingY, int paddingX, int groups) {

    /** The same in both directions, all channels together. */
    public static Window square(final int stride, final int padding) {
        return new Window(stride, stride, padding, padding, 1);
    }

    /** Step 1 with so many zeros around. */
    public static Window padded(final int paddingY, final int paddingX) {
        return new Window(1, 1, paddingY, paddingX, 1);
    }

    /** The same with the channels in groups. */
    public Window inGroups(final int number) {
        return new Window(strideY, strideX, paddingY, paddingX, number);
    }
}
