package org.selfdiff.imaging.draw;

import java.util.List;
import org.selfdiff.imaging.Picture;

/** Draws the outlines of tiles over an overview of their slide. */
public final class TileOutlines {
    private static final int COLOUR = 0x222222;

    /**
     * A rectangle in pixels of the overview.
     *
     * @param x left edge
     * @param y upper edge
     * @param width of the tile
     * @param height of the tile
     */
    public record Box(double x, double y, double width, double height) {}

    private TileOutlines() {}

    /**
     * Draws. Outlines are one pixel wide and lie inside of their boxes; of boxes of less than three pixels only the area
     * is tinted, because outlines would hide the slide.
     */
    public static Picture draw(final Picture overview, final List<Box> boxes) {
        final byte[] rgb = overview.rgb().clone();
        for (final Box box : boxes) {
            final int left = (int) Math.max(0, Math.round(box.x));
            final int top = (int) Math.max(0, Math.round(box.y));
            final int right = (int) Math.min(overview.width(), Math.max(left + 1L, Math.round(box.x + box.width))) - 1;
            final int bottom =
                    (int) Math.min(overview.height(), Math.max(top + 1L, Math.round(box.y + box.height))) - 1;
            final boolean small = right - left < 3 || bottom - top < 3;
            for (int y = top; y <= bottom; y++) {
                final boolean edge = y == top || y == bottom;
                for (int x = left; x <= right; x++) {
                    if (small) {
                        blend(rgb, 3 * (y * overview.width() + x), 0.3);
                    } else if (edge || x == left || x == right) {
                        blend(rgb, 3 * (y * overview.width() + x), 0.8);
                    }
                }
            }
        }
        return new Picture(overview.width(), overview.height(), rgb);
    }

    private static void blend(final byte[] rgb, final int at, final double share) {
        for (int c = 0; c < 3; c++) {
            final double before = rgb[at + c] & 0xff;
            rgb[at + c] = (byte) Math.round(before + share * ((COLOUR >> 16 - 8 * c & 0xff) - before));
        }
    }
}
