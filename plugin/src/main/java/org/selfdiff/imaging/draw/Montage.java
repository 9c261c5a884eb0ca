package org.selfdiff.imaging.draw;

import java.util.List;
import org.selfdiff.imaging.Picture;

/** Pictures side by side on white. */
public final class Montage {
    private static final int GAP = 6;

    private static final double TEXT = 1.6;

    private Montage() {}

    /**
     * Puts pictures into a grid, row by row. Cells are as large as the largest picture.
     *
     * @param pictures at least one
     * @param columns at least 1
     * @param zoom whole number of pixels for each pixel along a side
     */
    public static Picture grid(final List<Picture> pictures, final int columns, final int zoom) {
        return grid(pictures, List.of(), columns, zoom);
    }

    /**
     * Puts pictures into a grid with a caption above each.
     *
     * @param captions as many as pictures, or none
     */
    public static Picture grid(
            final List<Picture> pictures, final List<String> captions, final int columns, final int zoom) {
        final boolean captioned = !captions.isEmpty();
        if (pictures.isEmpty() || columns < 1 || zoom < 1 || captioned && captions.size() != pictures.size()) {
            throw new IllegalArgumentException(pictures.size() + " pictures, " + captions.size() + " captions, "
                    + columns + " columns, zoom " + zoom);
        }
        final int head = captioned ? (int) Math.ceil((BitmapFont.HEIGHT + 2) * TEXT) : 0;
        final int w = zoom * pictures.stream().mapToInt(Picture::width).max().getAsInt();
        final int h = zoom * pictures.stream().mapToInt(Picture::height).max().getAsInt() + head;
        final int across = Math.min(columns, pictures.size());
        final int down = (pictures.size() + columns - 1) / columns;
        final Canvas canvas = new Canvas(GAP + across * (w + GAP), GAP + down * (h + GAP), Colours.WHITE);
        for (int i = 0; i < pictures.size(); i++) {
            final int x = GAP + i % columns * (w + GAP);
            final int y = GAP + i / columns * (h + GAP);
            canvas.picture(pictures.get(i), x, y + head, zoom);
            if (captioned) {
                canvas.text(captions.get(i), x, y + TEXT, TEXT, Colours.INK);
            }
        }
        return canvas.toPicture();
    }

    /** The zoom at which a side of so many pixels is shown with at least 256. */
    public static int zoomFor(final int pixels) {
        return Math.max(1, (256 + pixels - 1) / pixels);
    }
}
