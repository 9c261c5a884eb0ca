package org.selfdiff.imaging.phantom;

import java.util.Set;

/**
 * What a slide phantom shall be like.
 *
 * @param width in pixels of level 0, at least 256
 * @param height in pixels of level 0, at least 256
 * @param mpp micrometres along the side of a pixel, 0.1 to 2
 * @param tumour whether there are regions of tumour
 * @param stain how it is stained
 * @param artefacts what disturbs it
 */
public record SlideForm(int width, int height, double mpp, boolean tumour, Stain stain, Set<Artefact> artefacts) {
    private static final int LEAST_SIDE = 256;

    /** How a slide is stained. */
    public enum Stain {
        /** Hematoxylin and eosin. */
        HE,
        /** Hematoxylin and eosin, but weak, as in a faded slide. */
        PALE,
        /** Hematoxylin, and brown DAB where there is tumour, little elsewhere. */
        IHC
    }

    /** What disturbs a slide. */
    public enum Artefact {
        /** A stroke of a green, blue or black pen. */
        PEN,
        /** A circle that somebody drew over tissue and glass, with a green, blue, black or red pen. */
        CIRCLE,
        /** The dark edge of the cover glass along one side. */
        EDGE,
        /** A round region out of focus. */
        FOCUS,
        /** Specks and hairs. */
        DUST
    }

    /** Checks the ranges. */
    public SlideForm {
        if (width < LEAST_SIDE || height < LEAST_SIDE || !(mpp >= 0.1 && mpp <= 2)) {
            throw new IllegalArgumentException(width + " x " + height + " at " + mpp + " micrometres");
        }
        artefacts = Set.copyOf(artefacts);
    }
}
