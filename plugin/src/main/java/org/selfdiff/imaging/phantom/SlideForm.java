package org.selfdiff.imaging.phantom;

import java.util.Optional;
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
 * @param foci how many and how large the regions of tumour are; empty for large ones that fill much of a piece of tissue
 * @param contrast how much more hematoxylin tumour takes than other tissue: 0 for no more, 1 as usual, up to 8
 */
public record SlideForm(
        int width,
        int height,
        double mpp,
        boolean tumour,
        Stain stain,
        Set<Artefact> artefacts,
        Optional<Foci> foci,
        double contrast) {
    private static final int LEAST_SIDE = 256;

    private static final int MOST_FOCI = 100;

    private static final double LARGEST_CONTRAST = 8;

    /**
     * Small regions of tumour in tissue that has none otherwise.
     *
     * @param count at most so many, 1 to 100: one that finds no room is left out, except for the first
     * @param micrometres about so wide; smaller where there is no room
     */
    public record Foci(int count, double micrometres) {

        /** Checks the ranges. */
        public Foci {
            if (count < 1 || count > MOST_FOCI || !(micrometres > 0)) {
                throw new IllegalArgumentException(count + " foci of " + micrometres + " micrometres");
            }
        }
    }

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
        if (!(contrast >= 0 && contrast <= LARGEST_CONTRAST)) {
            throw new IllegalArgumentException("a contrast of " + contrast);
        }
        artefacts = Set.copyOf(artefacts);
    }

    /** Tumour, where there is some, in large regions of the usual look. */
    public SlideForm(
            final int width,
            final int height,
            final double mpp,
            final boolean tumour,
            final Stain stain,
            final Set<Artefact> artefacts) {
        this(width, height, mpp, tumour, stain, artefacts, Optional.empty(), 1);
    }
}
