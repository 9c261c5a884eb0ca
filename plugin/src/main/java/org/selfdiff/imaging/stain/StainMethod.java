package org.selfdiff.imaging.stain;

/** How the look of a slide is described, so that it can be changed to that of another one. */
public enum StainMethod {
    /** Two stains as the extreme directions of the tissue's optical densities (Macenko et al. 2009). */
    MACENKO,
    /** Two stains by sparse non-negative factorisation of the optical densities (Vahadane et al. 2016). */
    VAHADANE,
    /** Mean and standard deviation of the colours in Ruderman's l-alpha-beta (Reinhard et al. 2001). */
    REINHARD
}
