package org.selfdiff.diffusion;

import java.util.ArrayList;
import java.util.List;

/**
 * Sampling in few steps (Song et al., arXiv 2010.02502, equation 12).
 *
 * @param timesteps those visited
 * @param eta 0 for none of the ancestral noise (the same start always gives the same picture), 1 for all of it
 * @param setAlphaToOne whether the last step leads to the clean picture; otherwise to the noise of the first time-step,
 *     as Stable Diffusion was published with
 * @param useClippedModelOutput whether the noise that a step keeps is that of the clean picture after it was cut;
 *     otherwise that of the network's output
 */
public record Ddim(Timesteps timesteps, double eta, boolean setAlphaToOne, boolean useClippedModelOutput)
        implements Sampler {

    /** Checks the number. */
    public Ddim {
        if (!(eta >= 0 && eta <= 1)) {
            throw new IllegalArgumentException("eta must be 0 to 1, not " + eta);
        }
    }

    /**
     * Time-steps spread evenly over the whole schedule.
     *
     * @param count number of steps, at least 1; no more than the schedule has are taken
     * @param eta share of the ancestral noise
     */
    public Ddim(final int count, final double eta) {
        this(new Timesteps.Spaced(TimestepSpacing.LINSPACE, count, 0, false), eta, true, true);
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
        final NoiseLevel from = NoiseLevel.at(schedule, move.from());
        final double now = schedule.signalShare(move.from());
        final double before = schedule.signalShare(setAlphaToOne ? move.to() : Math.max(0, move.to()));
        final double sigma = eta * Math.sqrt((1 - before) / (1 - now)) * Math.sqrt(1 - now / before);
        final double direction = Math.sqrt(Math.max(0, 1 - before - sigma * sigma));
        final Objective objective = process.objective();
        if (useClippedModelOutput) {
            // eps is (x - a c) / b; written in x and c, the step holds for a clean picture that was cut, too
            final double keep = direction / from.noise();
            return SamplerStep.of(objective, from, keep, sigma, Math.sqrt(before) - keep * from.signal());
        }
        final double[] clean = objective.toClean(from.signal(), from.noise());
        final double[] noise = objective.toNoise(from.signal(), from.noise());
        return new SamplerStep(
                from,
                clean[0],
                clean[1],
                direction * noise[0],
                direction * noise[1],
                List.of(Math.sqrt(before)),
                sigma,
                0);
    }
}
