package org.selfdiff.imaging.draw;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.imaging.Picture;

/**
 * Numbers of rectangles as colours over a picture. Where rectangles lie on each other, the colour is that of their mean.
 *
 * @param colours of the numbers
 * @param strength of the colours over the picture, 0 to 1
 */
public record HeatMap(ColourMap colours, double strength) {
    private static final int LEGEND = 62;

    private static final int MARGIN = 10;

    private static final int BAR = 16;

    private static final double TEXT = 1.6;

    /** A narrower picture has no room for the words of the legend. */
    private static final int LEAST_WIDTH = 320;

    /**
     * A rectangle with a number.
     *
     * @param box in pixels of the picture
     * @param value 0 to 1
     */
    public record Cell(TileOutlines.Box box, double value) {}

    /**
     * What the legend says.
     *
     * @param title what the numbers are
     * @param low what 0 stands for
     * @param high what 1 stands for
     */
    public record Legend(String title, String low, String high) {}

    /** Colours the rectangles; the rest of the picture stays as it is. A rectangle covers one pixel at least. */
    public Picture over(final Picture picture, final List<Cell> cells) {
        final int w = picture.width();
        final int h = picture.height();
        final double[] sum = new double[w * h];
        final int[] count = new int[w * h];
        for (final Cell cell : cells) {
            final int left = (int) Math.max(0, Math.min(w - 1, Math.round(cell.box.x())));
            final int top = (int) Math.max(0, Math.min(h - 1, Math.round(cell.box.y())));
            final int right = (int) Math.min(w, Math.max(left + 1L, Math.round(cell.box.x() + cell.box.width())));
            final int bottom = (int) Math.min(h, Math.max(top + 1L, Math.round(cell.box.y() + cell.box.height())));
            for (int y = top; y < bottom; y++) {
                for (int i = y * w + left; i < y * w + right; i++) {
                    sum[i] += cell.value;
                    count[i]++;
                }
            }
        }
        final Canvas canvas = new Canvas(w, h, Colours.WHITE);
        canvas.picture(picture, 0, 0, 1);
        for (int i = 0; i < count.length; i++) {
            if (count[i] > 0) {
                canvas.blend(i % w, i / w, colours.at(sum[i] / count[i]), strength);
            }
        }
        return canvas.toPicture();
    }

    /** Puts the scale below a picture, as the colours look on white glass. */
    public Picture withLegend(final Picture picture, final Legend legend) {
        final int width = Math.max(LEAST_WIDTH, picture.width());
        final Canvas canvas = new Canvas(width, picture.height() + LEGEND, Colours.WHITE);
        canvas.picture(picture, 0, 0, 1);
        final int bar = Math.min(width - 2 * MARGIN, 600);
        final double line = (BitmapFont.HEIGHT + 1) * TEXT;
        final double top = picture.height() + 4.0;
        canvas.text(legend.title, MARGIN, top, TEXT, Colours.INK);
        final int y = (int) Math.round(top + line);
        for (int x = 0; x < bar; x++) {
            canvas.fill(MARGIN + x, y, 1, BAR, colours.at((x + 0.5) / bar), strength);
        }
        final double below = y + BAR + 4.0;
        canvas.text(legend.low, MARGIN, below, TEXT, Colours.INK);
        canvas.text(legend.high, MARGIN + bar - Canvas.textWidth(legend.high, TEXT), below, TEXT, Colours.INK);
        return canvas.toPicture();
    }

    /** Draws a closed line through points, in pixels of the picture, white on dark so that it shows on every colour. */
    public static Picture outlined(final Picture picture, final List<double[][]> rings) {
        final Canvas canvas = new Canvas(picture.width(), picture.height(), Colours.WHITE);
        canvas.picture(picture, 0, 0, 1);
        for (final double[][] ring : rings) {
            final double[] xs = closed(ring[0]);
            final double[] ys = closed(ring[1]);
            canvas.polyline(xs, ys, 4, Colours.INK, 1);
            canvas.polyline(xs, ys, 2, Colours.WHITE, 1);
        }
        return canvas.toPicture();
    }

    private static double[] closed(final double[] line) {
        final double[] closed = Arrays.copyOf(line, line.length + 1);
        closed[line.length] = line[0];
        return closed;
    }
}
