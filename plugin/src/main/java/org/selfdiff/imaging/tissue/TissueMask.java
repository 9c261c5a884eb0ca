package org.selfdiff.imaging.tissue;

import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.stain.GlassColour;
import org.selfdiff.run.RunFailed;

/**
 * Where a slide shows tissue, pixel by pixel of an overview, with the reason. Instances share the arrays that they are
 * given and nobody writes to them afterwards.
 *
 * @param width of the overview in pixels
 * @param height of the overview in pixels
 * @param mpp micrometres along the side of a pixel of the overview, {@code NaN} if unknown
 * @param thresholds how it came about
 * @param classes codes of {@link TissueClass}, one a pixel, row by row
 * @param counts pixels that count as tissue in all rectangles from the corner, {@code (width + 1) * (height + 1)}
 */
public record TissueMask(int width, int height, double mpp, TissueThresholds thresholds, byte[] classes, int[] counts) {
    private static final double ASPECT_TOLERANCE = 0.02;

    static TissueMask of(
            final int width,
            final int height,
            final double mpp,
            final TissueThresholds thresholds,
            final byte[] classes) {
        final int stride = width + 1;
        final int[] sums = new int[Math.multiplyExact(stride, height + 1)];
        for (int y = 0; y < height; y++) {
            int row = 0;
            for (int x = 0; x < width; x++) {
                row += TissueClass.of(classes[y * width + x]).counts() ? 1 : 0;
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
            }
        }
        return new TissueMask(width, height, mpp, thresholds, classes, sums);
    }

    /**
     * A given mask, whose labels other than 0 are tissue, brought to the size of an overview. Where the overview is the
     * coarser one, a pixel is tissue if at least half of the labels with their centre in it are; else the nearest
     * counts.
     *
     * @param where the file of the mask, for the message
     * @param width of the overview
     * @param height of the overview
     * @param mpp of the overview, {@code NaN} if unknown
     * @throws RunFailed if the mask has another shape than the overview, by more than 2 %
     */
    public static TissueMask of(
            final LabelMap mask, final String where, final int width, final int height, final double mpp)
            throws RunFailed {
        final double aspect = (double) mask.width() * height / ((double) mask.height() * width);
        final double rounding = 1.0 / Math.min(Math.min(width, height), Math.min(mask.width(), mask.height()));
        if (Math.abs(aspect - 1) > ASPECT_TOLERANCE + rounding) {
            throw new RunFailed(
                    "The tissue mask of " + mask.width() + " x " + mask.height()
                            + " pixels has not the shape of its picture, whose overview has " + width + " x " + height,
                    where,
                    "Give a mask of the whole picture, at any resolution.");
        }
        final TissueThresholds given = new TissueThresholds("given mask", Double.NaN, Double.NaN, GlassColour.usual());
        return of(width, height, mpp, given, MaskScaling.to(mask, width, height));
    }

    /** What a pixel is. */
    public TissueClass at(final int x, final int y) {
        return TissueClass.of(classes[y * width + x]);
    }

    /** Share of tissue in the whole overview, 0 to 1. */
    public double share() {
        return counts[counts.length - 1] / ((double) width * height);
    }

    /** Share of the pixels of one class, 0 to 1. */
    public double share(final TissueClass of) {
        long n = 0;
        for (final byte code : classes) {
            n += code == of.code() ? 1 : 0;
        }
        return n / ((double) width * height);
    }

    /** Area of the tissue in square millimetres, {@code NaN} if the size of a pixel is unknown. */
    public double areaMm2() {
        return counts[counts.length - 1] * mpp * mpp / 1e6;
    }

    /**
     * Share of tissue in the part of a rectangle that lies in the overview, 0 to 1; pixels that it covers partly count
     * by the part. 0 if nothing of it lies there.
     *
     * @param x left edge in pixels of the overview; 0.5 is the middle of the first pixel
     * @param y upper edge
     * @param w width
     * @param h height
     */
    public double fraction(final double x, final double y, final double w, final double h) {
        final double x0 = Math.max(0, Math.min(width, x));
        final double y0 = Math.max(0, Math.min(height, y));
        final double x1 = Math.max(0, Math.min(width, x + w));
        final double y1 = Math.max(0, Math.min(height, y + h));
        if (!(x1 > x0 && y1 > y0)) {
            return 0;
        }
        final double inside = upTo(x1, y1) - upTo(x0, y1) - upTo(x1, y0) + upTo(x0, y0);
        return Math.max(0, Math.min(1, inside / ((x1 - x0) * (y1 - y0))));
    }

    /** Area of tissue in the rectangle from the corner to a point: within a pixel it grows bilinearly. */
    private double upTo(final double x, final double y) {
        final int column = (int) Math.min(width - 1.0, Math.floor(x));
        final int row = (int) Math.min(height - 1.0, Math.floor(y));
        final double right = x - column;
        final double down = y - row;
        final int at = row * (width + 1) + column;
        final double top = counts[at] + right * (counts[at + 1] - counts[at]);
        final int below = at + width + 1;
        final double bottom = counts[below] + right * (counts[below + 1] - counts[below]);
        return top + down * (bottom - top);
    }
}
