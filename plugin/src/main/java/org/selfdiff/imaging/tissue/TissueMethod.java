package org.selfdiff.imaging.tissue;

/** What tells tissue from glass. */
public enum TissueMethod {
    /**
     * Saturation (HSV) above Otsu's threshold, held between 8/255 and 30/255, as CLAM does (Lu et al. 2021). Finds
     * everything coloured; thin grey-blue tissue of immunohistochemistry may be missed.
     */
    SATURATION,
    /**
     * The sum of hematoxylin, eosin and DAB by colour deconvolution (Ruifrok and Johnston 2001) above Otsu's threshold,
     * held between 0.08 and 0.25. Finds everything stained; grey dust and shadows count as well.
     */
    DENSITY,
    /**
     * Saturated, or dense and not grey: either threshold is enough, the upper bounds are lower (12/255 and 0.12), and
     * grey pixels are tissue only next to coloured ones. For H&E, pale tissue and immunohistochemistry alike.
     */
    COMBINED
}
