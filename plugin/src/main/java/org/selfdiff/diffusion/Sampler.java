package org.selfdiff.diffusion;

import java.util.List;

/** A way back from noise to pictures, as a table of steps that is computed once. */
public interface Sampler {

    /**
     * The steps in the order in which they are taken, noisiest first.
     *
     * @param process of the model
     * @param skipped steps left out at the noisy end, where sampling starts from a picture; multistep methods start
     *     without a history then
     */
    List<SamplerStep> steps(DiffusionProcess process, int skipped);

    /** All steps. */
    default List<SamplerStep> steps(final DiffusionProcess process) {
        return steps(process, 0);
    }

    /** Standard deviation of the noise that sampling starts from where no picture is given. */
    default double start(final DiffusionProcess process) {
        return 1;
    }

    /**
     * The steps from a noised picture, as diffusers counts them: the last {@code floor(strength n)} of n.
     *
     * @param strength 0 to keep the picture, 1 to start from (almost) pure noise
     */
    default List<SamplerStep> stepsFromPicture(final DiffusionProcess process, final double strength) {
        if (!(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength must be 0 to 1, not " + strength);
        }
        final int all = steps(process).size();
        return steps(process, all - Math.min(all, (int) (all * strength)));
    }
}
