package org.selfdiff.imaging.phantom;

import java.util.Arrays;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;

/**
 * A mark of a felt pen on the cover glass. It lies over whatever is below: its share of light multiplies that of the
 * tissue, so that optical densities add (Beer and Lambert). The film is thicker here and thinner there along the stroke,
 * streaky, and ends in a soft edge. A function of place alone.
 */
public final class PenMark {
    private static final double RIM = 0.12;

    private final Stroke path;

    private final PenColour colour;

    private final double edge;

    private final double thickness;

    private final NoiseField along;

    private final NoiseField streaks;

    private PenMark(
            final Stroke path, final PenColour colour, final double edge, final double thickness, final long key) {
        this.path = path;
        this.colour = colour;
        this.edge = edge;
        this.thickness = thickness;
        along = new NoiseField(key, 14 * path.half(), 2);
        streaks = new NoiseField(key + 1, Math.max(2, 0.5 * path.half()), 2);
    }

    /**
     * An arc, or more than a whole turn, by an unsteady hand.
     *
     * @param cx column of the centre
     * @param cy row of the centre
     * @param radius in pixels
     * @param turn of the arc in radians
     * @param half half of the width of the stroke, in pixels
     * @param edge over how many pixels its edge fades
     */
    public static PenMark arc(
            final SeededRandom random,
            final PenColour colour,
            final double cx,
            final double cy,
            final double radius,
            final double turn,
            final double half,
            final double edge) {
        final double start = random.between(0, 2 * Math.PI);
        final double squeeze = random.between(0.7, 1);
        final double thickness = random.between(0.75, 1.05);
        final double[] clear = {1, 1, 1};
        return new PenMark(
                Stroke.line(random, cx, cy, radius, squeeze, start, turn, half, clear),
                colour,
                edge,
                thickness,
                random.nextLong());
    }

    /** Thickness of the film at a place; 1 is usual, 0 is none. */
    private double amount(final double x, final double y) {
        final double distance = path.distance(x, y);
        final double cover = Plane.ease((path.half() - distance) / edge + 0.5);
        if (cover == 0) {
            return 0;
        }
        final double rim = RIM * Plane.ease(distance / path.half() - 0.4);
        return cover * (thickness + rim + 0.3 * along.at(x, y) + 0.1 * streaks.at(x, y));
    }

    /** Whether a place lies within the stroke, up to the middle of its soft edge. */
    public boolean covers(final double x, final double y) {
        return path.distance(x, y) < path.half();
    }

    /** Weakens the light of a rectangle: three shares for each pixel, changed in place. */
    void dim(final float[] light, final int x, final int y, final int width, final int height) {
        if (!path.meets(x - edge, y - edge, width + 2 * edge, height + 2 * edge)) {
            return;
        }
        for (int i = 0; i < width * height; i++) {
            final double amount = amount(x + i % width + 0.5, y + i / width + 0.5);
            for (int c = 0; amount > 0 && c < 3; c++) {
                light[3 * i + c] *= (float) StrictMath.exp(-amount * colour.density(c));
            }
        }
    }

    /** A picture with this mark over it. */
    public Picture over(final Picture picture) {
        final float[] light = new float[picture.rgb().length];
        Arrays.fill(light, 1);
        dim(light, 0, 0, picture.width(), picture.height());
        final byte[] rgb = new byte[light.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.round((picture.rgb()[i] & 0xff) * light[i]);
        }
        return new Picture(picture.width(), picture.height(), rgb);
    }

    /** 1 where the centre of a square cell is covered; see {@link SlidePhantom#labels}. */
    public LabelMap mask(final int x, final int y, final int columns, final int rows, final int step) {
        final int[] labels = new int[Math.multiplyExact(columns, rows)];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = covers(x + (i % columns + 0.5) * step, y + (i / columns + 0.5) * step) ? 1 : 0;
        }
        return new LabelMap(columns, rows, labels);
    }
}
