package org.selfdiff.imaging.tissue;

import org.selfdiff.imaging.Picture;

/**
 * The overview of a slide with its tissue: a green outline, and what was taken out in other colours. Tissue itself
 * keeps its colour, so that a reader can judge the outline.
 */
public final class TissueOverview {
    private static final int OUTLINE = 0x009e73;

    private TissueOverview() {}

    /** Colour of a class, {@code 0xRRGGBB}, negative for none. They can be told apart by the colour-blind. */
    public static int colour(final TissueClass of) {
        return switch (of) {
            case FILLED_HOLE -> 0x56b4e9;
            case SPECK -> 0xe69f00;
            case PEN -> 0xd55e00;
            case EDGE -> 0x0072b2;
            case PADDING -> 0x999999;
            case GLASS, TISSUE -> -1;
        };
    }

    /**
     * Draws.
     *
     * @param overview of the size of the mask
     * @param thickness of the outline in pixels, at least 1, inside of the tissue
     * @param fill strength of the tints, 0 to 1
     */
    public static Picture draw(final Picture overview, final TissueMask mask, final int thickness, final double fill) {
        if (overview.width() != mask.width() || overview.height() != mask.height()) {
            throw new IllegalArgumentException(overview + " and a mask of " + mask.width() + " x " + mask.height());
        }
        final int n = mask.width() * mask.height();
        final byte[] tissue = new byte[n];
        for (int i = 0; i < n; i++) {
            tissue[i] = (byte) (TissueClass.of(mask.classes()[i]).counts() ? 1 : 0);
        }
        final byte[] inside = new Disk(mask.width(), mask.height(), thickness).erode(tissue);
        final byte[] rgb = overview.rgb().clone();
        for (int i = 0; i < n; i++) {
            if (tissue[i] != inside[i]) {
                blend(rgb, 3 * i, OUTLINE, 1);
            } else {
                blend(rgb, 3 * i, colour(TissueClass.of(mask.classes()[i])), fill);
            }
        }
        return new Picture(mask.width(), mask.height(), rgb);
    }

    private static void blend(final byte[] rgb, final int at, final int colour, final double share) {
        if (colour < 0) {
            return;
        }
        for (int c = 0; c < 3; c++) {
            final double before = rgb[at + c] & 0xff;
            rgb[at + c] = (byte) Math.round(before + share * ((colour >> 16 - 8 * c & 0xff) - before));
        }
    }
}
