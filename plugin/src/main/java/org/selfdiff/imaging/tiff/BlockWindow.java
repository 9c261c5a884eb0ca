package org.selfdiff.imaging.tiff;

/**
 * A rectangle of a block.
 *
 * @param x left column in the block
 * @param y upper row in the block
 * @param width in pixels
 * @param height in pixels
 */
public record BlockWindow(int x, int y, int width, int height) {}
