package org.selfdiff.imaging.tissue;

/** Otsu's threshold (1979), "A threshold selection method from gray-level histograms". */
final class Otsu {

    private Otsu() {}

    /** The threshold that maximises the variance between the two classes; the upper class begins with it. */
    static int threshold(final long[] histogram) {
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
}
