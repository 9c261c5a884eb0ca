package org.selfdiff.imaging.tiff;

/**
 * The start-of-frame segment of a JPEG stream (ITU T.81, B.2.2).
 *
 * @param width in pixels, 1 to 65535
 * @param height in pixels, 1 to 65535
 * @param components 1 (grey) or 3 (RGB or YCbCr)
 */
public record JpegFrame(int width, int height, int components) {}
