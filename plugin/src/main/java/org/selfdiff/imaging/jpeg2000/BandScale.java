package org.selfdiff.imaging.jpeg2000;

import java.util.List;

/**
 * The scaling of the inverse 9/7 wavelet (T.800 F.3.8.2, K in table F.4) as one factor for each band: every level
 * multiplies its low-pass samples by K and its high-pass ones by 1/K, along rows and along columns, and what comes from
 * coarser levels is low-pass in all finer ones. A level of a single column or row is not transformed along it.
 */
final class BandScale {
    private static final double K = 1.230174104914001;

    private BandScale() {}

    /**
     * Factor of a band.
     *
     * @param resolutions of the tile-component, those that are decoded
     * @param r the band's resolution
     */
    static double of(final List<Resolution> resolutions, final int r, final Subband band) {
        double scale = 1;
        if (r > 0) {
            final Area area = resolutions.get(r).area();
            scale = factor(area.width(), band.highX()) * factor(area.height(), band.highY());
        }
        for (int finer = r + 1; finer < resolutions.size(); finer++) {
            final Area area = resolutions.get(finer).area();
            scale *= factor(area.width(), 0) * factor(area.height(), 0);
        }
        return scale;
    }

    private static double factor(final int length, final int high) {
        if (length == 1) {
            return high == 1 ? 0.5 : 1;
        }
        return high == 1 ? 1 / K : K;
    }
}
