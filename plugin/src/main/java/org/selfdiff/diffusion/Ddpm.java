package org.selfdiff.diffusion;

import java.util.ArrayList;
import java.util.List;

/**
 * Ancestral sampling (Ho et al., arXiv 2006.11239, equation 7): the mean of the posterior of the earlier picture, and
 * noise of its variance.
 *
 * @param timesteps those visited
 * @param variance of the noise
 */
public record Ddpm(Timesteps timesteps, Variance variance) implements Sampler {
    /** Smallest variance, as in Ho et al.'s code; only its logarithm is ever of interest. */
    private static final double SMALLEST = 1e-20;

    /** Variance of the noise, by the names of diffusers ({@code variance_type}). */
    public enum Variance {
        /** The posterior's for data of no variance, {@code beta_t (1 - abar_{t-1}) / (1 - abar_t)}. */
        FIXED_SMALL,

        /** The posterior's for data of variance 1, {@code beta_t}. */
        FIXED_LARGE,

        /** Between the two on a logarithmic scale, by further channels of the network (Nichol and Dhariwal). */
        LEARNED_RANGE
    }

    /** Every time-step, small variance. */
    public Ddpm() {
        this(new Timesteps.All(), Variance.FIXED_SMALL);
    }

    @Override
    public List<SamplerStep> steps(final DiffusionProcess process, final int skipped) {
        final List<Timesteps.Move> moves = timesteps.moves(process.schedule().steps());
        final List<SamplerStep> steps = new ArrayList<>();
        for (final Timesteps.Move move : moves.subList(skipped, moves.size())) {
            steps.add(step(process, move));
        }
        return steps;
    }

    private SamplerStep step(final DiffusionProcess process, final Timesteps.Move move) {
        final NoiseSchedule schedule = process.schedule();
        final double now = schedule.signalShare(move.from());
        final double before = schedule.signalShare(move.to());
        final double kept = now / before;
        final double beta = 1 - kept;
        final double posterior = beta * (1 - before) / (1 - now);
        final boolean last = move.from() == 0 || variance == Variance.FIXED_SMALL && posterior == 0;
        final double smallest = Math.max(SMALLEST, posterior);
        final SamplerStep step = SamplerStep.of(
                process.objective(),
                NoiseLevel.at(schedule, move.from()),
                Math.sqrt(kept) * (1 - before) / (1 - now),
                last ? 0 : Math.sqrt(variance == Variance.FIXED_LARGE ? beta : smallest),
                Math.sqrt(before) * beta / (1 - now));
        return variance == Variance.LEARNED_RANGE ? step.withSpread(Math.log(beta / smallest) / 2) : step;
    }
}
