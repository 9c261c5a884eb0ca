package org.selfdiff.diffusion;

import java.util.ArrayList;
import java.util.List;

/**
 * Ancestral sampling (Ho et al., arXiv 2006.11239): every time-step once, with the posterior's variance
 * {@code beta_t (1 - abar_{t-1}) / (1 - abar_t)}.
 */
public record Ddpm() implements Sampler {

    @Override
    public List<SamplerStep> steps(final DiffusionProcess process) {
        final NoiseSchedule schedule = process.schedule();
        final List<SamplerStep> steps = new ArrayList<>();
        for (int t = schedule.steps() - 1; t >= 0; t--) {
            final double before = schedule.signalShare(t - 1);
            final double variance = schedule.beta(t) * (1 - before) / (1 - schedule.signalShare(t));
            steps.add(SamplerStep.between(process, t, t - 1, Math.sqrt(variance)));
        }
        return steps;
    }
}
