package org.selfdiff.diffusion;

/** How the ratios of noise to signal of a sampler's steps are chosen. */
public enum SigmaSpacing {
    /** Those of the time-steps that the {@link TimestepSpacing} names. */
    TIMESTEPS,

    /** {@code use_karras_sigmas}: dense at little noise (Karras et al., arXiv 2206.00364, equation 5, rho 7). */
    KARRAS,

    /** {@code use_lu_lambdas}: equal steps of the logarithm (Lu et al., arXiv 2206.00927). */
    LU
}
