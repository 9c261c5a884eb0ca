package org.selfdiff.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samplers on a normal distribution, for which the best prediction is known exactly. */
class SamplerTest {
    private static final double MEAN = 0.3;

    private static final double DEVIATION = 0.5;

    private static DiffusionProcess process(final Objective objective) {
        return new DiffusionProcess(new NoiseSchedule(BetaCurve.LINEAR, 1000), objective, new LossWeighting.None());
    }

    /** What a perfect network answers for data N(MEAN, DEVIATION^2). */
    private static double perfect(final DiffusionProcess process, final int t, final double x) {
        final double a = Math.sqrt(process.schedule().signalShare(t));
        final double b = Math.sqrt(1 - process.schedule().signalShare(t));
        final double variance = a * a * DEVIATION * DEVIATION + b * b;
        final double clean = MEAN + a * DEVIATION * DEVIATION / variance * (x - a * MEAN);
        final double noise = (x - a * clean) / b;
        return process.objective().cleanShare(a, b) * clean
                + process.objective().noiseShare(a, b) * noise;
    }

    /** Mean and variance after all steps from N(0, 1), carried exactly: every step is affine in x. */
    private static double[] moments(final Sampler sampler, final DiffusionProcess process) {
        double mean = 0;
        double variance = 1;
        for (final SamplerStep step : sampler.steps(process)) {
            final double at0 = step.apply(0, perfect(process, step.t(), 0), 0);
            final double at1 = step.apply(1, perfect(process, step.t(), 1), 0);
            final double slope = at1 - at0;
            mean = at0 + slope * mean;
            variance = slope * slope * variance + step.sigma() * step.sigma();
        }
        return new double[] {mean, variance};
    }

    @ParameterizedTest
    @EnumSource
    void ddimReachesTheDistribution(final Objective objective) {
        final double[] moments = moments(new Ddim(1000, 0), process(objective));
        assertEquals(MEAN, moments[0], 3e-3);
        assertEquals(DEVIATION * DEVIATION, moments[1], 2e-3);
    }

    @ParameterizedTest
    @EnumSource
    void ddpmReachesTheDistribution(final Objective objective) {
        final double[] moments = moments(new Ddpm(), process(objective));
        assertEquals(MEAN, moments[0], 3e-3);
        assertEquals(DEVIATION * DEVIATION, moments[1], 4e-3);
    }

    /** DDIM is of first order: half the step, half the error. */
    @Test
    void ddimConvergesAtFirstOrder() {
        final DiffusionProcess process = process(Objective.EPSILON);
        final double exact = Math.sqrt(moments(new Ddim(1000, 0), process)[1]);
        double before = Double.NaN;
        for (final int n : new int[] {12, 25, 50}) {
            final double error = Math.abs(Math.sqrt(moments(new Ddim(n, 0), process)[1]) - exact);
            if (n > 12) {
                assertTrue(error < 0.65 * before, n + " steps: " + error + " after " + before);
            }
            before = error;
        }
    }

    /** With all steps and eta = 1, DDIM is ancestral sampling. */
    @Test
    void ddimWithAllNoiseIsDdpm() {
        final DiffusionProcess process = process(Objective.V);
        final List<SamplerStep> ddim = new Ddim(1000, 1).steps(process);
        final List<SamplerStep> ddpm = new Ddpm().steps(process);
        assertEquals(ddpm.size(), ddim.size());
        for (int i = 0; i < ddim.size(); i++) {
            assertEquals(ddpm.get(i).t(), ddim.get(i).t());
            assertEquals(ddpm.get(i).keep(), ddim.get(i).keep(), 1e-9);
            assertEquals(ddpm.get(i).toward(), ddim.get(i).toward(), 1e-9);
            assertEquals(ddpm.get(i).sigma(), ddim.get(i).sigma(), 1e-9);
        }
    }

    /** The posterior mean of Ho et al., equation 7. */
    @Test
    void ddpmKeepsThePosteriorMean() {
        final DiffusionProcess process = process(Objective.EPSILON);
        final NoiseSchedule s = process.schedule();
        final SamplerStep step = new Ddpm().steps(process).get(399);
        final int t = step.t();
        assertEquals(600, t);
        final double before = s.signalShare(t - 1);
        assertEquals(Math.sqrt(1 - s.beta(t)) * (1 - before) / (1 - s.signalShare(t)), step.keep(), 1e-12);
        assertEquals(Math.sqrt(before) * s.beta(t) / (1 - s.signalShare(t)), step.toward(), 1e-12);
    }

    @Test
    void lastStepIsTheCleanPicture() {
        for (final Sampler sampler : new Sampler[] {new Ddpm(), new Ddim(7, 1), new Ddim(1, 0)}) {
            final List<SamplerStep> steps = sampler.steps(process(Objective.EPSILON));
            final SamplerStep last = steps.get(steps.size() - 1);
            assertEquals(0, last.keep(), 1e-12);
            assertEquals(1, last.toward(), 1e-12);
            assertEquals(0, last.sigma(), 0);
        }
        assertThrows(IllegalArgumentException.class, () -> new Ddim(0, 0));
    }
}
