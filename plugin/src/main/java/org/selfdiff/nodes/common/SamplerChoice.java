package org.selfdiff.nodes.common;

import org.knime.node.parameters.widget.choices.Label;
import org.selfdiff.diffusion.Ddim;
import org.selfdiff.diffusion.Ddpm;
import org.selfdiff.diffusion.DpmSolver;
import org.selfdiff.diffusion.Euler;
import org.selfdiff.diffusion.Sampler;
import org.selfdiff.diffusion.TimestepSpacing;
import org.selfdiff.diffusion.Timesteps;

/** The samplers that dialogs offer. */
public enum SamplerChoice {
    /** {@link Ddim} without noise. */
    @Label(
            value = "DDIM",
            description =
                    "Song et al. 2021, without fresh noise: the same start always leads to the same picture. 50 to "
                            + "100 steps.")
    DDIM,

    /** {@link DpmSolver} of second order. */
    @Label(
            value = "DPM-Solver++ 2M",
            description = "Lu et al. 2022, second order: as good in 15 to 25 steps as DDIM in 50 to 100.")
    DPM_SOLVER_2M,

    /** {@link Ddpm}. */
    @Label(
            value = "DDPM",
            description =
                    "Ho et al. 2020, with fresh noise in every step: wants many steps, best all time-steps of the "
                            + "training.")
    DDPM,

    /** {@link Euler} with ancestral noise. */
    @Label(
            value = "Euler ancestral",
            description = "Karras et al. 2022, with fresh noise in every step: varied pictures in 20 to 50 steps.")
    EULER_ANCESTRAL;

    /** The sampler with a number of steps. */
    public Sampler sampler(final int steps) {
        return switch (this) {
            case DDIM -> new Ddim(steps, 0);
            case DPM_SOLVER_2M -> new DpmSolver(steps);
            case DDPM -> new Ddpm(
                    new Timesteps.Spaced(TimestepSpacing.LINSPACE, steps, 0, false), Ddpm.Variance.FIXED_SMALL);
            case EULER_ANCESTRAL -> new Euler(steps, TimestepSpacing.LINSPACE, 0, false, true);
        };
    }
}
