package org.selfdiff.imaging.tiff.write;

/** The forms in which a slide is written. */
public enum SlideFormat {
    /** As Aperio scanners do: a chain of levels, each a quarter of the one before, with thumbnail, label and macro. */
    APERIO(".svs", 4),
    /** A plain pyramid: a chain of levels, each half of the one before, in a BigTIFF. */
    BIG_TIFF(".tif", 2),
    /** OME-TIFF 6: the smaller levels are sub-directories, the size of a pixel is in the OME-XML. */
    OME_TIFF(".ome.tif", 2);

    private final String ending;

    private final int factor;

    SlideFormat(final String ending, final int factor) {
        this.ending = ending;
        this.factor = factor;
    }

    /** End of a file's name, with its full stop. */
    public String ending() {
        return ending;
    }

    /** How much smaller every level is than the one before. */
    int factor() {
        return factor;
    }
}
