package org.selfdiff.imaging.draw;

import java.util.List;
import java.util.Locale;
import org.selfdiff.imaging.Picture;

/**
 * Named numbers with intervals below each other on one axis, and the single values that each comes from.
 *
 * @param title above it
 * @param axis what the numbers are
 * @param rows from top to bottom, at least one
 * @param mark a value that is marked by a line, such as that of chance; {@code NaN} for none
 */
public record IntervalChart(String title, String axis, List<Row> rows, double mark) {
    private static final double TEXT = 2;

    private static final int LINE = 34;

    private static final int TOP = 44;

    private static final int BOTTOM = 62;

    private static final int MARGIN = 16;

    /**
     * One of the numbers.
     *
     * @param name of what it belongs to
     * @param value the number
     * @param low lower end of its interval, {@code NaN} for none
     * @param high upper end
     * @param singles values that are shown as dots
     */
    public record Row(String name, double value, double low, double high, double[] singles) {}

    /** Copies the rows. */
    public IntervalChart {
        rows = List.copyOf(rows);
    }

    /** Draws the chart for numbers from 0 to 1. */
    public Picture draw(final int width) {
        final int height = TOP + rows.size() * LINE + BOTTOM;
        final Canvas canvas = new Canvas(width, height, Colours.WHITE);
        final double names = rows.stream()
                .mapToDouble(row -> Canvas.textWidth(row.name, TEXT))
                .max()
                .orElseThrow();
        final double left = 2 * MARGIN + names;
        final double right = width - 2.0 * MARGIN - Canvas.textWidth("0.00", TEXT);
        final double base = TOP + rows.size() * (double) LINE;
        canvas.text(title, MARGIN, 12, TEXT, Colours.INK);
        for (int tick = 0; tick <= 10; tick += 2) {
            final double x = left + tick / 10.0 * (right - left);
            canvas.polyline(new double[] {x, x}, new double[] {TOP, base}, 1, Colours.INK, 0.15);
            final String number = String.format(Locale.ROOT, "%.1f", tick / 10.0);
            canvas.text(number, x - Canvas.textWidth(number, TEXT) / 2, base + 8, TEXT, Colours.INK);
        }
        if (!Double.isNaN(mark)) {
            final double x = left + mark * (right - left);
            canvas.polyline(new double[] {x, x}, new double[] {TOP, base}, 2, Colours.INK, 0.6);
        }
        canvas.text(axis, (left + right - Canvas.textWidth(axis, TEXT)) / 2, base + 34, TEXT, Colours.INK);
        for (int i = 0; i < rows.size(); i++) {
            draw(canvas, rows.get(i), i, left, right);
        }
        return canvas.toPicture();
    }

    private static void draw(
            final Canvas canvas, final Row row, final int index, final double left, final double right) {
        final double y = TOP + (index + 0.5) * LINE;
        final int colour = Colours.series(0);
        canvas.text(row.name, MARGIN, y - 7, TEXT, Colours.INK);
        if (!Double.isNaN(row.low) && !Double.isNaN(row.high)) {
            canvas.line(left + row.low * (right - left), y, left + row.high * (right - left), y, 3, colour);
        }
        for (final double single : row.singles) {
            final double x = left + single * (right - left);
            canvas.line(x, y + 9, x, y + 9, 5, Colours.series(1));
        }
        if (!Double.isNaN(row.value)) {
            final double x = left + row.value * (right - left);
            canvas.line(x, y, x, y, 10, colour);
            canvas.text(String.format(Locale.ROOT, "%.2f", row.value), right + MARGIN, y - 7, TEXT, Colours.INK);
        }
    }
}
