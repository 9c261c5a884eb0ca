package org.selfdiff.imaging.draw;

import java.util.List;
import java.util.stream.DoubleStream;
import org.selfdiff.imaging.Picture;

/**
 * A chart of curves, such as losses over steps. Values that are not finite, and on a logarithmic axis those that are
 * not positive, leave a gap.
 *
 * @param title may be empty
 * @param xLabel name of the horizontal axis
 * @param yLabel name of the vertical axis
 * @param logarithmicY whether the vertical axis is logarithmic
 * @param series the curves, in the order of the legend
 */
public record LineChart(String title, String xLabel, String yLabel, boolean logarithmicY, List<Series> series) {
    private static final int LEFT = 84;

    private static final int RIGHT = 18;

    private static final int TOP = 40;

    private static final int BOTTOM = 58;

    private static final double TEXT = 1.7;

    private static final int GRID = 0xe6e6e6;

    /**
     * A curve.
     *
     * @param name for the legend; curves without a name are not in it
     * @param x ascending
     * @param y as many
     * @param colour {@code 0xRRGGBB}
     * @param faint whether it is drawn lightly, behind a smoothed curve of the same values
     */
    public record Series(String name, double[] x, double[] y, int colour, boolean faint) {

        /** Checks the lengths. */
        public Series {
            if (x.length != y.length) {
                throw new IllegalArgumentException(x.length + " x and " + y.length + " y in " + name);
            }
        }

        /** The same values without a name and drawn lightly. */
        public Series asBackground() {
            return new Series("", x, y, colour, true);
        }

        /**
         * Exponential moving average, corrected for its start.
         *
         * @param decay 0 (no smoothing) to below 1
         */
        public Series smoothed(final double decay) {
            final double[] out = new double[y.length];
            double sum = 0;
            double weight = 0;
            for (int i = 0; i < y.length; i++) {
                if (Double.isFinite(y[i])) {
                    sum = decay * sum + (1 - decay) * y[i];
                    weight = decay * weight + 1 - decay;
                }
                out[i] = weight > 0 ? sum / weight : Double.NaN;
            }
            return new Series(name, x, out, colour, false);
        }
    }

    /**
     * Draws the chart.
     *
     * @param width in pixels, at least 300
     * @param height in pixels, at least 200
     */
    public Picture draw(final int width, final int height) {
        if (width < 300 || height < 200) {
            throw new IllegalArgumentException("a chart of " + width + " x " + height);
        }
        final Canvas canvas = new Canvas(width, height, Colours.WHITE);
        final Axis x = Axis.of(all(Series::x), false);
        final Axis y = Axis.of(all(Series::y), logarithmicY);
        axes(canvas, x, y, width, height);
        for (final Series s : series) {
            curve(canvas, s, x, y, width - LEFT - RIGHT, height - TOP - BOTTOM);
        }
        legend(canvas, width);
        return canvas.toPicture();
    }

    private double[] all(final java.util.function.Function<Series, double[]> values) {
        return series.stream()
                .flatMapToDouble(s -> DoubleStream.of(values.apply(s)))
                .toArray();
    }

    private void axes(final Canvas canvas, final Axis x, final Axis y, final int width, final int height) {
        final int bottom = height - BOTTOM;
        final int right = width - RIGHT;
        for (final double tick : x.ticks()) {
            final double at = Math.round(LEFT + x.position(tick) * (right - LEFT)) + 0.5;
            canvas.line(at, bottom, at, bottom + 5.0, 1, Colours.INK);
            final String label = x.label(tick);
            canvas.text(label, at - Canvas.textWidth(label, TEXT) / 2, bottom + 10.0, TEXT, Colours.INK);
        }
        for (final double tick : y.ticks()) {
            final double at = Math.round(bottom - y.position(tick) * (bottom - TOP)) + 0.5;
            canvas.line(LEFT, at, right, at, 1, GRID);
            canvas.line(LEFT - 5.0, at, LEFT, at, 1, Colours.INK);
            final String label = y.label(tick);
            canvas.text(label, LEFT - 9 - Canvas.textWidth(label, TEXT), at - 3.5 * TEXT, TEXT, Colours.INK);
        }
        for (final double tick : y.minor()) {
            final double at = Math.round(bottom - y.position(tick) * (bottom - TOP)) + 0.5;
            canvas.line(LEFT - 3.0, at, LEFT, at, 1, Colours.INK);
        }
        canvas.line(LEFT + 0.5, TOP, LEFT + 0.5, bottom + 0.5, 1, Colours.INK);
        canvas.line(LEFT + 0.5, bottom + 0.5, right, bottom + 0.5, 1, Colours.INK);
        canvas.text(title, LEFT, 12, 1.2 * TEXT, Colours.INK);
        final double middle = (LEFT + right) / 2.0;
        canvas.text(xLabel, middle - Canvas.textWidth(xLabel, TEXT) / 2, height - 22.0, TEXT, Colours.INK);
        canvas.textUpwards(yLabel, 10, (TOP + bottom) / 2.0 + Canvas.textWidth(yLabel, TEXT) / 2, TEXT, Colours.INK);
    }

    private static void curve(
            final Canvas canvas, final Series s, final Axis x, final Axis y, final int width, final int height) {
        int start = 0;
        for (int i = 0; i <= s.y.length; i++) {
            if (i < s.y.length && Double.isFinite(s.x[i]) && Double.isFinite(y.position(s.y[i]))) {
                continue;
            }
            if (i > start) {
                final int n = i - start;
                final double[] xs = new double[n];
                final double[] ys = new double[n];
                for (int k = 0; k < n; k++) {
                    xs[k] = LEFT + x.position(s.x[start + k]) * width;
                    ys[k] = TOP + (1 - y.position(s.y[start + k])) * height;
                }
                canvas.polyline(xs, ys, s.faint ? 1 : n == 1 ? 5 : 2, s.colour, s.faint ? 0.3 : 1);
            }
            start = i + 1;
        }
    }

    /** In the upper right corner, one line a curve, on white so that curves below stay legible. */
    private void legend(final Canvas canvas, final int width) {
        final List<Series> named =
                series.stream().filter(s -> !s.name.isEmpty()).toList();
        if (named.isEmpty()) {
            return;
        }
        final double text = named.stream()
                .mapToDouble(s -> Canvas.textWidth(s.name, TEXT))
                .max()
                .getAsDouble();
        final int left = (int) (width - RIGHT - text - 44);
        canvas.fill(left - 8, TOP, width - RIGHT - left + 8, named.size() * 20 + 6, Colours.WHITE, 0.85);
        for (int i = 0; i < named.size(); i++) {
            final double y = TOP + 14.0 + 20 * i;
            canvas.line(left, y, left + 26.0, y, 2.5, named.get(i).colour);
            canvas.text(named.get(i).name, left + 34.0, y - 3.5 * TEXT, TEXT, Colours.INK);
        }
    }
}
