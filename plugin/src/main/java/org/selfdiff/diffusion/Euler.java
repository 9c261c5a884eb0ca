package org.selfdiff.diffusion;

import java.util.ArrayList;
import java.util.List;

/**
 * Euler's method on the probability-flow equation in the ratio of noise to signal (Karras et al., arXiv 2206.00364,
 * algorithm 1), written for pictures whose variance is kept, {@code y = x / sqrt(sigma^2 + 1)}. At whole time-steps it is
 * DDIM; it goes between them, too.
 *
 * @param count steps, at least 1; no more than the schedule has are taken
 * @param spacing {@code timestep_spacing}; even ones are not rounded
 * @param offset {@code steps_offset}
 * @param karras {@code use_karras_sigmas}
 * @param ancestral whether each step goes further and adds as much fresh noise as it went too far
 */
public record Euler(int count, TimestepSpacing spacing, int offset, boolean karras, boolean ancestral)
        implements Sampler {

    /** Checks the numbers. */
    public Euler {
        if (count < 1 || offset < 0) {
            throw new IllegalArgumentException("steps must be 1 or more, not " + count + ", offset " + offset);
        }
    }

    /** Even time-steps, no fresh noise. */
    public Euler(final int count) {
        this(count, TimestepSpacing.LINSPACE, 0, false, false);
    }

    @Override
    public List<SamplerStep> steps(final DiffusionProcess process, final int skipped) {
        final NoiseLevel[] levels = levels(process.schedule());
        final List<SamplerStep> steps = new ArrayList<>();
        for (int i = skipped; i < levels.length; i++) {
            steps.add(step(process, levels[i], i + 1 < levels.length ? levels[i + 1] : NoiseLevel.CLEAN));
        }
        return steps;
    }

    /** Leading time-steps start from pure noise, others from the noise of the first of them alone. */
    @Override
    public double start(final DiffusionProcess process) {
        return spacing == TimestepSpacing.LEADING ? 1 : levels(process.schedule())[0].noise();
    }

    private NoiseLevel[] levels(final NoiseSchedule schedule) {
        final Sigmas table = new Sigmas(schedule);
        final int n = Math.min(count, schedule.steps());
        return karras ? table.karras(n, false) : table.at(spacing.places(n, schedule.steps(), offset));
    }

    private SamplerStep step(final DiffusionProcess process, final NoiseLevel s, final NoiseLevel t) {
        final double from = s.sigma();
        final double to = t.sigma();
        final double up = ancestral ? to * Math.sqrt(1 - to * to / (from * from)) : 0;
        final double down = Math.sqrt(to * to - up * up);
        final double kept = t.signal() * down / from;
        return SamplerStep.of(process.objective(), s, kept / s.signal(), t.signal() * up, t.signal() - kept);
    }
}
