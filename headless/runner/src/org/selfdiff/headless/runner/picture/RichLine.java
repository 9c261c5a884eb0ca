package org.selfdiff.headless.runner.picture;

import java.util.List;

/**
 * A line of styled text.
 *
 * @param size font size in pixels
 * @param indent space before it in pixels
 * @param gap extra space above it in pixels
 * @param runs pieces of the line
 */
record RichLine(double size, double indent, double gap, List<Run> runs) {
    /**
     * A piece of a line in one style.
     *
     * @param text what it says
     * @param bold heavy
     * @param italic slanted
     */
    record Run(String text, boolean bold, boolean italic) {}
}
