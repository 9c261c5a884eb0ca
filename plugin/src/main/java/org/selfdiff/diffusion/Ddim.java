package org.selfdiff.diffusion;

import java.util.ArrayList;
import java.util.List;

/**
 * Sampling in few steps (Song et al., arXiv 2010.02502) at time-steps spread evenly over the schedule.
 *
 * @param count number of steps, at least 1; no more than the schedule has are taken
 * @param eta 0 for none of the ancestral noise (the same start always gives the same picture), 1 for all of it
 */
public record Ddim(int count, double eta) implements Sampler {

    /** Checks the numbers. */
    public Ddim {
        if (count < 1 || !(eta >= 0 && eta <= 1)) {
            throw new IllegalArgumentException("steps must be 1 or more and eta 0 to 1, not " + count + ", " + eta);
        }
    }

    @Override
    public List<SamplerStep> steps(final DiffusionProcess process) {
        final NoiseSchedule schedule = process.schedule();
        final int n = Math.min(count, schedule.steps());
        final List<SamplerStep> steps = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            final int t = timestep(i, n, schedule.steps());
            final int previous = i + 1 < n ? timestep(i + 1, n, schedule.steps()) : -1;
            steps.add(SamplerStep.between(process, t, previous, sigma(schedule, t, previous)));
        }
        return steps;
    }

    private static int timestep(final int i, final int n, final int steps) {
        return n == 1 ? steps - 1 : (int) Math.round((steps - 1) * (1 - (double) i / (n - 1)));
    }

    private double sigma(final NoiseSchedule schedule, final int t, final int previous) {
        final double now = schedule.signalShare(t);
        final double before = schedule.signalShare(previous);
        return eta * Math.sqrt((1 - before) / (1 - now)) * Math.sqrt(1 - now / before);
    }
}
