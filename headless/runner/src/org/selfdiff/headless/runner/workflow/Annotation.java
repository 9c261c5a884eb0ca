package org.selfdiff.headless.runner.workflow;

/**
 * A note on the canvas.
 *
 * @param text what it says, plain or HTML
 * @param html whether the text is HTML (content type {@code text/html}, KNIME 5.1 and newer)
 * @param x left edge in canvas pixels
 * @param y upper edge
 * @param width in pixels
 * @param height in pixels
 * @param background fill, RGB as {@code 0xRRGGBB}
 * @param border border colour, {@code 0xRRGGBB}
 * @param borderWidth in pixels, 0 for none
 */
public record Annotation(
        String text, boolean html, int x, int y, int width, int height, int background, int border, int borderWidth) {}
