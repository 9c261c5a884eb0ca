package org.selfdiff.imaging.tissue;

/**
 * The pixels that look like tissue. Where both thresholds are used, density alone is not enough for a grey pixel: dust
 * and shadows are grey. But so is the stroma of pale immunohistochemistry; so grey that hangs together with coloured
 * tissue is tissue, as long as a quarter of the whole is coloured (a hysteresis after Canny 1986).
 */
final class TissueCandidates {
    /** A dense pixel of less saturation is grey. */
    private static final int COLOURLESS = 5;

    /** One of so many pixels of a part must be coloured. */
    private static final int COLOURED = 4;

    /** What no pixel reaches. */
    private static final int NEVER = 256;

    private final PixelClues clues;

    private final int width;

    private final int height;

    private final int saturation;

    private final int density;

    TissueCandidates(final PixelClues clues, final TissueThresholds thresholds, final int width, final int height) {
        this.clues = clues;
        this.width = width;
        this.height = height;
        // a threshold that plays no part is not a number
        saturation = Double.isNaN(thresholds.saturation()) ? NEVER : (int) thresholds.saturation();
        density =
                Double.isNaN(thresholds.density()) ? NEVER : (int) Math.round(PixelClues.STEPS * thresholds.density());
    }

    /** 1 where a pixel looks like tissue, after the median. */
    byte[] find() {
        if (saturation == NEVER || density == NEVER) {
            return MedianFilter.of(reach(0), width, height);
        }
        final byte[] coloured = MedianFilter.of(reach(COLOURLESS), width, height);
        final byte[] dense = reach(0);
        for (int i = 0; i < dense.length; i++) {
            dense[i] = clues.ink()[i] == Ink.BLACK ? 0 : dense[i];
        }
        final byte[] all = MedianFilter.of(dense, width, height);
        for (int i = 0; i < all.length; i++) {
            all[i] |= coloured[i];
        }
        final Components parts = Components.of(all, 1, width, height, true);
        final int[] colouredIn = parts.count(coloured);
        parts.paint(p -> COLOURED * (long) colouredIn[p] >= parts.area(p), coloured, 1);
        return coloured;
    }

    /** Saturated enough, or dense enough and not below a saturation. */
    private byte[] reach(final int leastSaturation) {
        final byte[] out = new byte[width * height];
        for (int i = 0; i < out.length; i++) {
            final int s = clues.saturation()[i] & 0xff;
            final boolean tissue = s >= saturation || (clues.density()[i] & 0xff) >= density && s >= leastSaturation;
            out[i] = (byte) (tissue ? 1 : 0);
        }
        return out;
    }
}
