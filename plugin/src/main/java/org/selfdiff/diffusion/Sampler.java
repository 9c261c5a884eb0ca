package org.selfdiff.diffusion;

import java.util.List;

/** A way back from noise to pictures, as a table of steps that is computed once. */
public interface Sampler {

    /** The steps in the order in which they are taken, noisiest first. */
    List<SamplerStep> steps(DiffusionProcess process);
}
