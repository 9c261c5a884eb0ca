package org.selfdiff.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Samplers on a normal distribution, for which the best prediction is known exactly. */
class SamplerTest {
    private static final double MEAN = 0.3;

    private static final double DEVIATION = 0.5;

    private static DiffusionProcess process(final Objective objective) {
        return new DiffusionProcess(new NoiseSchedule(BetaCurve.LINEAR, 1000), objective, new LossWeighting.None());
    }

    /** What a perfect network answers for data N(MEAN, DEVIATION^2). */
    private static double perfect(final DiffusionProcess process, final NoiseLevel level, final double x) {
        final double a = level.signal();
        final double b = level.noise();
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
            final double at0 = next(process, step, 0);
            final double at1 = next(process, step, 1);
            final double slope = at1 - at0;
            mean = at0 + slope * mean;
            variance = slope * slope * variance + step.sigma() * step.sigma();
        }
        return new double[] {mean, variance};
    }

    private static double next(final DiffusionProcess process, final SamplerStep step, final double x) {
        final double out = perfect(process, step.from(), x);
        return step.next(x, out, 0, step.clean(x, out));
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

    /** The picture reached from a number without fresh noise, with a perfect network. */
    private static double reached(final Sampler sampler, final DiffusionProcess process, final double start) {
        double x = start * sampler.start(process);
        final double[] clean = new double[SamplerStep.MOST];
        for (final SamplerStep step : sampler.steps(process)) {
            final double out = perfect(process, step.from(), x);
            System.arraycopy(clean, 0, clean, 1, clean.length - 1);
            clean[0] = step.clean(x, out);
            x = step.next(x, out, 0, clean);
        }
        return x;
    }

    private static DpmSolver dpm(final int count, final int order, final DpmSolver.Type type) {
        return new DpmSolver(
                count,
                order,
                type,
                false,
                TimestepSpacing.LINSPACE,
                0,
                SigmaSpacing.LU,
                DpmSolver.FinalSigma.SIGMA_MIN,
                false,
                false);
    }

    /** Error at the smallest noise against the closed form of the flow, {@code (x - a m) / s} is kept. */
    private static double error(final Sampler sampler) {
        final DiffusionProcess process = process(Objective.V);
        final NoiseLevel from = sampler.steps(process).get(0).from();
        final NoiseLevel to = NoiseLevel.at(process.schedule(), 0);
        final double exact = to.signal() * MEAN + (1.3 - from.signal() * MEAN) * deviation(to) / deviation(from);
        return Math.abs(reached(sampler, process, 1.3) - exact);
    }

    private static double deviation(final NoiseLevel level) {
        return Math.hypot(level.signal() * DEVIATION, level.noise());
    }

    /** Half the step, half or a quarter of the error; the third order starts and ends its sum like the second. */
    @ParameterizedTest
    @CsvSource({"1, MIDPOINT, 1", "2, MIDPOINT, 2", "2, HEUN, 2", "3, MIDPOINT, 2"})
    void dpmSolverConvergesAtItsOrder(final int order, final DpmSolver.Type type, final int expected) {
        final double rate = Math.log(error(dpm(200, order, type)) / error(dpm(400, order, type))) / Math.log(2);
        assertEquals(expected, rate, 0.2);
    }

    /** A few steps of second order are better than more than twice as many of the first. */
    @Test
    void dpmSolverIsMoreExactThanDdim() {
        final DiffusionProcess process = process(Objective.EPSILON);
        final double exact = reached(new Ddim(1000, 0), process, 1.3);
        final double dpm = Math.abs(reached(new DpmSolver(20), process, 1.3) - exact);
        final double ddim = Math.abs(reached(new Ddim(50, 0), process, 1.3) - exact);
        assertTrue(dpm < ddim, dpm + " and " + ddim);
    }

    /** At whole time-steps Euler's method is DDIM. */
    @Test
    void eulerIsDdim() {
        final DiffusionProcess process = process(Objective.X0);
        final List<SamplerStep> euler = new Euler(50, TimestepSpacing.TRAILING, 0, false, false).steps(process);
        final List<SamplerStep> ddim =
                new Ddim(new Timesteps.Spaced(TimestepSpacing.TRAILING, 50, 0, true), 0, true, true).steps(process);
        for (int i = 0; i < 50; i++) {
            assertEquals(ddim.get(i).time(), euler.get(i).time());
            assertEquals(ddim.get(i).keep(), euler.get(i).keep(), 1e-9);
            assertEquals(ddim.get(i).toward().get(0), euler.get(i).toward().get(0), 1e-9);
        }
    }

    /** A multistep method that starts late has no clean pictures to look back at. */
    @Test
    void skippedStepsLeaveNoHistory() {
        final DiffusionProcess process = process(Objective.V);
        final List<SamplerStep> all = dpm(10, 3, DpmSolver.Type.MIDPOINT).steps(process);
        final List<SamplerStep> late = dpm(10, 3, DpmSolver.Type.MIDPOINT).steps(process, 4);
        assertEquals(
                List.of(1, 2, 3),
                all.stream().map(s -> s.toward().size()).limit(3).toList());
        assertEquals(
                List.of(1, 2, 3),
                late.stream().map(s -> s.toward().size()).limit(3).toList());
        assertEquals(all.subList(6, 10), late.subList(2, 6));
    }

    /** With zero terminal SNR the first step knows nothing of the noisy picture but its noise. */
    @Test
    void pureNoiseCannotBePredictedAsNoise() {
        final NoiseSchedule schedule = new NoiseSchedule(BetaCurve.LINEAR, 1000, true);
        assertEquals(0, schedule.signalShare(999), 0);
        final LossWeighting none = new LossWeighting.None();
        assertThrows(IllegalArgumentException.class, () -> new DiffusionProcess(schedule, Objective.EPSILON, none));
        for (final LossWeighting weighting : List.of(none, new LossWeighting.P2(1, 1), new LossWeighting.MinSnr(5))) {
            for (final Objective objective : List.of(Objective.V, Objective.X0)) {
                assertTrue(Double.isFinite(weighting.weight(0, objective)), weighting + " " + objective);
            }
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
            assertEquals(ddpm.get(i).time(), ddim.get(i).time());
            assertEquals(ddpm.get(i).keep(), ddim.get(i).keep(), 1e-9);
            assertEquals(ddpm.get(i).toward().get(0), ddim.get(i).toward().get(0), 1e-9);
            assertEquals(ddpm.get(i).sigma(), ddim.get(i).sigma(), 1e-9);
        }
    }

    /** The posterior mean of Ho et al., equation 7. */
    @Test
    void ddpmKeepsThePosteriorMean() {
        final DiffusionProcess process = process(Objective.EPSILON);
        final NoiseSchedule s = process.schedule();
        final SamplerStep step = new Ddpm().steps(process).get(399);
        final int t = (int) step.time();
        assertEquals(600, t);
        final double before = s.signalShare(t - 1);
        assertEquals(Math.sqrt(1 - s.beta(t)) * (1 - before) / (1 - s.signalShare(t)), step.keep(), 1e-12);
        assertEquals(
                Math.sqrt(before) * s.beta(t) / (1 - s.signalShare(t)),
                step.toward().get(0),
                1e-12);
    }

    @Test
    void lastStepIsTheCleanPicture() {
        for (final Sampler sampler : new Sampler[] {new Ddpm(), new Ddim(7, 1), new Ddim(1, 0)}) {
            final List<SamplerStep> steps = sampler.steps(process(Objective.EPSILON));
            final SamplerStep last = steps.get(steps.size() - 1);
            assertEquals(0, last.keep(), 1e-12);
            assertEquals(1, last.toward().get(0), 1e-12);
            assertEquals(0, last.sigma(), 0);
        }
        assertThrows(IllegalArgumentException.class, () -> new Ddim(0, 0));
    }
}
