package org.selfdiff.imaging.tissue;

import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.stain.GlassColour;

/**
 * The pale edges and ends of a black stroke on glass. A thick stroke is out of focus, or its ink is thin: then it turns
 * grey or brownish over some distance. So what hangs together with black marks, dims all channels nearly alike, is smooth
 * and no wider than a stroke belongs to them. Tissue is not smooth: its brightness does not
 * change evenly.
 */
final class BlackRim {
    /** Least density that counts, in thousandths. */
    private static final int FROM = 150;

    /** Pixels over which the slope is compared. */
    private static final int REACH = 2;

    /** Grey levels by which the slopes to both sides differ at most. */
    private static final int ROUGH = 12;

    /** So many times as wide as what is black, at most. */
    private static final double WIDER = 3;

    /** Area in half widths squared of a stroke eight times as long as wide. */
    private static final double LONG = 32;

    private final int width;

    private final int height;

    private final double margin;

    BlackRim(final int width, final int height, final double margin) {
        this.width = width;
        this.height = height;
        this.margin = margin;
    }

    /** The marks with their rims. */
    byte[] about(final byte[] marks, final Picture overview, final GlassColour glass) {
        final byte[] strokes = strokes(marks);
        final byte[] all = MedianFilter.of(smoothGrey(overview, glass), width, height);
        for (int i = 0; i < all.length; i++) {
            all[i] |= strokes[i];
        }
        final double half = StrokeWidth.of(strokes, width, height).half();
        final byte[] blobs = new Disk(width, height, WIDER * half + margin).open(all);
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (strokes[i] != 0 || blobs[i] == 0 ? all[i] : 0);
        }
        final Components parts = Components.of(all, 1, width, height, true);
        final int[] sure = parts.count(strokes);
        final byte[] out = marks.clone();
        parts.paint(p -> sure[p] > 0, out, 1);
        return out;
    }

    /** Without those that are about as long as wide, as dark cells are; a disk has an area of 7 half widths squared. */
    private byte[] strokes(final byte[] marks) {
        final Components parts = Components.of(marks, 1, width, height, true);
        final double[] halves = StrokeWidth.of(marks, width, height).halves(parts);
        final byte[] out = new byte[marks.length];
        parts.paint(p -> parts.area(p) >= LONG * halves[p] * halves[p], out, 1);
        return out;
    }

    private byte[] smoothGrey(final Picture overview, final GlassColour glass) {
        final byte[] rgb = overview.rgb();
        final int[][] density = {densities(glass.red()), densities(glass.green()), densities(glass.blue())};
        final byte[] out = new byte[width * height];
        for (int i = 0; i < out.length; i++) {
            final int r = density[0][rgb[3 * i] & 0xff];
            final int g = density[1][rgb[3 * i + 1] & 0xff];
            final int b = density[2][rgb[3 * i + 2] & 0xff];
            final int least = Math.min(r, Math.min(g, b));
            final boolean grey = least >= FROM && 3 * least >= 2 * Math.max(r, Math.max(g, b));
            out[i] = (byte) (grey && isSmooth(rgb, i) ? 1 : 0);
        }
        return out;
    }

    /** Whether green changes evenly, across and down. */
    private boolean isSmooth(final byte[] rgb, final int i) {
        final int x = i % width;
        final int y = i / width;
        final int left = Math.min(Math.min(x, width - 1 - x), REACH);
        final int up = Math.min(Math.min(y, height - 1 - y), REACH) * width;
        final int twice = 2 * green(rgb, i);
        return Math.abs(green(rgb, i - left) + green(rgb, i + left) - twice) <= ROUGH
                && Math.abs(green(rgb, i - up) + green(rgb, i + up) - twice) <= ROUGH;
    }

    private static int green(final byte[] rgb, final int i) {
        return rgb[3 * i + 1] & 0xff;
    }

    private static int[] densities(final double glass) {
        final int[] out = new int[256];
        for (int v = 0; v < out.length; v++) {
            out[v] = (int) Math.round(1000 * Math.log(glass / Math.max(0.5, v)));
        }
        return out;
    }
}
