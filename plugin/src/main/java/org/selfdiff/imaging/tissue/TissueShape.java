package org.selfdiff.imaging.tissue;

import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/** From the pixels that look like tissue to areas of tissue: closing, holes, opening, specks, long straight lines. */
final class TissueShape {
    /** A line is so many times as long as thick, and at least half as long as the picture. */
    private static final int LINE = 60;

    /** In a picture smaller than so many specks, or holes, a part of this share of it is large. */
    private static final double LARGE_SHARE = 0.01;

    private final int width;

    private final int height;

    private final double mpp;

    private final TissueSettings settings;

    private final RunControl control;

    TissueShape(
            final int width,
            final int height,
            final double mpp,
            final TissueSettings settings,
            final RunControl control) {
        this.width = width;
        this.height = height;
        this.mpp = mpp;
        this.settings = settings;
        this.control = control;
    }

    /**
     * Shapes the tissue.
     *
     * @param seen 1 where a pixel looks like tissue
     * @param artefacts codes of {@link TissueClass}, glass where there is none; pens and edges are never tissue,
     *     padding is where it fills a small hole
     * @return codes of {@link TissueClass}
     */
    byte[] of(final byte[] seen, final byte[] artefacts) throws RunCancelled {
        final byte[] mask = withoutArtefacts(seen, artefacts);
        if (Double.isNaN(mpp)) {
            final byte[] kept = mask.clone();
            removeLines(kept);
            return classes(seen, mask, mask, kept, artefacts);
        }
        final byte[] closed = new Disk(width, height, settings.closingUm() / mpp).close(mask);
        control.checkCancelled();
        final byte[] filled = closed.clone();
        final Components holes = Components.of(closed, 0, width, height, false);
        holes.paint(p -> !holes.touchesBorder(p) && holes.area(p) <= pixels(settings.maxHoleUm2()), filled, 1);
        removeArtefacts(filled, artefacts);
        control.checkCancelled();
        final byte[] kept =
                new Disk(width, height, settings.openingUm() / mpp).open(filled).clone();
        control.checkCancelled();
        removeLines(kept);
        final Components parts = Components.of(kept, 1, width, height, true);
        parts.paint(p -> parts.area(p) < pixels(settings.minAreaUm2()), kept, 0);
        return classes(seen, closed, filled, kept, artefacts);
    }

    private double pixels(final double um2) {
        return Math.min(um2 / (mpp * mpp), LARGE_SHARE * width * height);
    }

    private static byte[] withoutArtefacts(final byte[] seen, final byte[] artefacts) {
        final byte[] mask = seen.clone();
        removeArtefacts(mask, artefacts);
        return mask;
    }

    private static void removeArtefacts(final byte[] mask, final byte[] artefacts) {
        for (int i = 0; i < mask.length; i++) {
            final byte a = artefacts[i];
            mask[i] = a == TissueClass.PEN.code() || a == TissueClass.EDGE.code() ? 0 : mask[i];
        }
    }

    /** The edges of glass lie along the picture's sides, straight and thin. */
    private void removeLines(final byte[] mask) {
        if (!settings.findEdges()) {
            return;
        }
        final Components parts = Components.of(mask, 1, width, height, true);
        parts.paint(
                p -> {
                    final int w = parts.boxWidth(p);
                    final int h = parts.boxHeight(p);
                    return 2 * w >= width && LINE * h <= w || 2 * h >= height && LINE * w <= h;
                },
                mask,
                0);
    }

    private static byte[] classes(
            final byte[] seen, final byte[] closed, final byte[] filled, final byte[] kept, final byte[] artefacts) {
        final byte[] out = artefacts.clone();
        for (int i = 0; i < out.length; i++) {
            if (kept[i] != 0) {
                out[i] = (closed[i] != 0 ? TissueClass.TISSUE : TissueClass.FILLED_HOLE).code();
            } else if (out[i] == TissueClass.GLASS.code() && (seen[i] != 0 || filled[i] != 0)) {
                out[i] = TissueClass.SPECK.code();
            }
        }
        return out;
    }
}
