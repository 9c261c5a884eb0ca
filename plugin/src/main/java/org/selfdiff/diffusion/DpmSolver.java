package org.selfdiff.diffusion;

import java.util.ArrayList;
import java.util.List;

/**
 * DPM-Solver++ (Lu et al., arXiv 2211.01095): a multistep method that goes by the clean pictures of this and earlier
 * steps; of second order, 15 to 25 steps are as good as 50 to 100 of DDIM. With a step from the level s to t, {@code h =
 * lambda_t - lambda_s}; option names are those of diffusers.
 *
 * @param count steps, at least 1; no more than the schedule has are taken
 * @param order {@code solver_order}, 1 to 3
 * @param type {@code solver_type} of second order
 * @param stochastic {@code sde-dpmsolver++}: as much fresh noise as ancestral sampling; up to second order
 * @param spacing {@code timestep_spacing}
 * @param offset {@code steps_offset}
 * @param sigmas how noise falls
 * @param end {@code final_sigmas_type}
 * @param lowerOrderFinal {@code lower_order_final}: with fewer than 15 steps the last ones are of lower order
 * @param eulerAtFinal {@code euler_at_final}: the last step is of first order
 */
public record DpmSolver(
        int count,
        int order,
        Type type,
        boolean stochastic,
        TimestepSpacing spacing,
        int offset,
        SigmaSpacing sigmas,
        FinalSigma end,
        boolean lowerOrderFinal,
        boolean eulerAtFinal)
        implements Sampler {

    /** With fewer steps than this the end is of lower order. */
    private static final int FEW = 15;

    /** Forms of the second order. */
    public enum Type {
        /** The derivative of the clean picture by a midpoint rule. */
        MIDPOINT,

        /** The integral in closed form. */
        HEUN
    }

    /** Where the last step leads. */
    public enum FinalSigma {
        /** To the clean picture. */
        ZERO,

        /** To the noise of the first time-step. */
        SIGMA_MIN
    }

    /** Checks the numbers. */
    public DpmSolver {
        if (count < 1 || order < 1 || order > SamplerStep.MOST || offset < 0) {
            throw new IllegalArgumentException(
                    "steps must be 1 or more and the order 1 to 3, not " + count + ", " + order + ", offset " + offset);
        }
        if (stochastic && order == SamplerStep.MOST) {
            throw new IllegalArgumentException("the stochastic form is of first or second order");
        }
    }

    /** DPM-Solver++ 2M with the defaults of diffusers. */
    public DpmSolver(final int count) {
        this(
                count,
                2,
                Type.MIDPOINT,
                false,
                TimestepSpacing.LINSPACE,
                0,
                SigmaSpacing.TIMESTEPS,
                FinalSigma.ZERO,
                true,
                false);
    }

    @Override
    public List<SamplerStep> steps(final DiffusionProcess process, final int skipped) {
        final NoiseLevel[] levels = levels(process.schedule());
        final int n = levels.length - 1;
        final List<SamplerStep> steps = new ArrayList<>();
        for (int i = skipped; i < n; i++) {
            final int used = Math.min(order(i, n), i - skipped + 1);
            steps.add(step(process.objective(), levels, i, used));
        }
        return steps;
    }

    /** The levels from which steps go, and that where the last one leads. */
    private NoiseLevel[] levels(final NoiseSchedule schedule) {
        final Sigmas table = new Sigmas(schedule);
        final int n = Math.min(count, schedule.steps());
        final NoiseLevel[] from =
                switch (sigmas) {
                    case TIMESTEPS -> table.at(spacing.multistep(n, schedule.steps(), offset));
                    case KARRAS -> table.karras(n, true);
                    case LU -> table.lu(n);
                };
        final NoiseLevel[] levels = new NoiseLevel[n + 1];
        System.arraycopy(from, 0, levels, 0, n);
        levels[n] = end == FinalSigma.ZERO ? NoiseLevel.CLEAN : NoiseLevel.ofSigma(0, table.smallest());
        return levels;
    }

    private int order(final int i, final int n) {
        final boolean few = lowerOrderFinal && n < FEW;
        if (i == n - 1 && (few || eulerAtFinal || end == FinalSigma.ZERO)) {
            return 1;
        }
        return i == n - 2 && few ? Math.min(2, order) : order;
    }

    private SamplerStep step(final Objective objective, final NoiseLevel[] levels, final int i, final int used) {
        final NoiseLevel s = levels[i];
        final NoiseLevel t = levels[i + 1];
        final double h = t.lambda() - s.lambda();
        final double fall = Math.exp(stochastic ? -2 * h : -h);
        final double keep = t.noise() / s.noise() * (stochastic ? Math.exp(-h) : 1);
        final double sigma = stochastic ? t.noise() * Math.sqrt(1 - fall) : 0;
        final double whole = t.signal() * (1 - fall);
        if (used == 1) {
            return SamplerStep.of(objective, s, keep, sigma, whole);
        }
        final double before = s.lambda() - levels[i - 1].lambda();
        final double slope = t.signal() * (1 - (1 - fall) / (stochastic ? 2 * h : h));
        if (used == 2) {
            final double first = (type == Type.MIDPOINT ? whole / 2 : slope) * h / before;
            return SamplerStep.of(objective, s, keep, sigma, whole + first, -first);
        }
        return third(objective, s, keep, whole, slope, t.signal() * ((1 - fall - h) / (h * h) + 0.5), new double[] {
            before / h, (levels[i - 1].lambda() - levels[i - 2].lambda()) / h
        });
    }

    /**
     * What is called third order, as published: {@code whole m_0 + slope D_1 + curve D_2} with the divided differences D
     * of the last three clean pictures at distances r. The factor of D_2 is half of the integral's, so that it converges
     * like the second order.
     */
    private static SamplerStep third(
            final Objective objective,
            final NoiseLevel s,
            final double keep,
            final double whole,
            final double slope,
            final double curve,
            final double[] r) {
        final double sum = r[0] + r[1];
        // D_1 = (1 + r0/sum) d0 - r0/sum d1 and D_2 = (d0 - d1) / sum, with d0 = (m0 - m1)/r0 and d1 = (m1 - m2)/r1
        final double ofD0 = (slope * (1 + r[0] / sum) + curve / sum) / r[0];
        final double ofD1 = -(slope * r[0] / sum + curve / sum) / r[1];
        return SamplerStep.of(objective, s, keep, 0, whole + ofD0, ofD1 - ofD0, -ofD1);
    }
}
