package org.selfdiff.imaging;

/**
 * Where a stained picture shows tissue: pixels whose saturation (HSV) is above a threshold that is found once for the
 * whole picture by Otsu's method (1979), held between 8/255 and 30/255. Without these bounds a picture that is all
 * tissue would be cut in halves, and one that is all glass would have tissue made of noise.
 *
 * @param width in pixels
 * @param height in pixels
 * @param threshold saturation from which on a pixel is tissue, 0 to 255
 * @param counts sums of tissue pixels over all rectangles from the corner, {@code (width + 1) * (height + 1)}
 */
public record Tissue(int width, int height, int threshold, int[] counts) {
    private static final int LOWEST = 8;

    private static final int HIGHEST = 30;

    /** Finds the threshold and the mask of a picture. */
    public static Tissue of(final Picture picture) {
        final int n = picture.width() * picture.height();
        final byte[] saturation = new byte[n];
        final long[] histogram = new long[256];
        for (int i = 0; i < n; i++) {
            final int r = picture.rgb()[3 * i] & 0xff;
            final int g = picture.rgb()[3 * i + 1] & 0xff;
            final int b = picture.rgb()[3 * i + 2] & 0xff;
            final int max = Math.max(r, Math.max(g, b));
            final int s = max == 0 ? 0 : 255 * (max - Math.min(r, Math.min(g, b))) / max;
            saturation[i] = (byte) s;
            histogram[s]++;
        }
        final int threshold = Math.max(LOWEST, Math.min(HIGHEST, otsu(histogram)));
        final int[] sums = sums(picture.width(), picture.height(), saturation, threshold);
        return new Tissue(picture.width(), picture.height(), threshold, sums);
    }

    /** The threshold that maximises the variance between the two classes; the upper class begins with it. */
    static int otsu(final long[] histogram) {
        double total = 0;
        double all = 0;
        for (int v = 0; v < histogram.length; v++) {
            total += histogram[v];
            all += (double) v * histogram[v];
        }
        double below = 0;
        double sumBelow = 0;
        double best = -1;
        int threshold = 0;
        for (int v = 1; v < histogram.length; v++) {
            below += histogram[v - 1];
            sumBelow += (v - 1.0) * histogram[v - 1];
            if (below == 0 || below == total) {
                continue;
            }
            final double gap = sumBelow / below - (all - sumBelow) / (total - below);
            final double variance = below * (total - below) * gap * gap;
            if (variance > best) {
                best = variance;
                threshold = v;
            }
        }
        return threshold;
    }

    private static int[] sums(final int width, final int height, final byte[] saturation, final int threshold) {
        final int stride = width + 1;
        final int[] sums = new int[stride * (height + 1)];
        for (int y = 0; y < height; y++) {
            int row = 0;
            for (int x = 0; x < width; x++) {
                row += (saturation[y * width + x] & 0xff) >= threshold ? 1 : 0;
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
            }
        }
        return sums;
    }

    /** Share of tissue in the part of a rectangle that lies in the picture, 0 to 1. */
    public double fraction(final int x, final int y, final int w, final int h) {
        final int x1 = Math.min(width, x + w);
        final int y1 = Math.min(height, y + h);
        final int stride = width + 1;
        final int inside =
                counts[y1 * stride + x1] - counts[y * stride + x1] - counts[y1 * stride + x] + counts[y * stride + x];
        return (double) inside / ((double) (x1 - x) * (y1 - y));
    }
}
