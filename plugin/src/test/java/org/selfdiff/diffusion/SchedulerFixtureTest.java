package org.selfdiff.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfdiff.diffusion.SchedulerFixture.Case;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** Whole trajectories through the script equal those of diffusers, step by step. */
@NeedsTorch.Engine
class SchedulerFixtureTest {
    private static final double TOLERANCE = 1e-5;

    /** Numbers of one picture of 2 x 3 x 3. */
    private static final int SIZE = 18;

    /** {@code 0.3 x + 0.1 sin(t / 100)}, the model of the fixtures. */
    private static final ScriptMethod NETWORK = network("out");

    /** The same with the variance in further channels, {@code 0.5 sin x}. */
    private static final ScriptMethod WITH_VARIANCE = network("torch.cat([out, torch.mul(torch.sin(x), 0.5)], 1)");

    private static ScriptMethod network(final String result) {
        return new ScriptMethod(
                "predict",
                """
                def predict(self: __torch__.Net,
                    x: Tensor,
                    t: Tensor,
                    p: List[Tensor]) -> Tensor:
                  s = torch.mul(torch.sin(torch.div(torch.reshape(t, [-1, 1, 1, 1]), 100)), 0.1)
                  out = torch.add(torch.mul(x, 0.3), s)
                  return %s
                """
                        .formatted(result));
    }

    static Stream<Case> ddpm() {
        return SchedulerFixture.open("ddpm").cases().stream();
    }

    static Stream<Case> ddim() {
        return SchedulerFixture.open("ddim").cases().stream();
    }

    /** DPM-Solver without ++ goes by the noise and is not among our samplers. */
    static Stream<Case> dpmSolver() {
        return SchedulerFixture.open("dpmsolver").cases().stream()
                .filter(c -> !c.text("algorithm_type", "").equals("dpmsolver"));
    }

    static Stream<Case> euler() {
        return SchedulerFixture.open("euler").cases().stream();
    }

    @Test
    void thereAreAsManyCasesAsWereWritten() {
        assertEquals(
                List.of(14L, 19L, 24L, 12L),
                List.of(ddpm().count(), ddim().count(), dpmSolver().count(), euler().count()));
    }

    @ParameterizedTest
    @MethodSource("ddpm")
    void ddpmIsThatOfDiffusers(final Case c) throws RunFailed {
        final Timesteps timesteps;
        if (Double.isNaN(c.number("steps", Double.NaN))) {
            timesteps = new Timesteps.Listed(Arrays.stream(c.fixture().numbers(c.name() + "/timesteps"))
                    .mapToObj(t -> (int) t)
                    .toList());
        } else {
            timesteps = new Timesteps.Spaced(
                    c.spacing(TimestepSpacing.LEADING), (int) c.number("steps", 0), c.whole("steps_offset", 0), true);
        }
        final Ddpm.Variance variance =
                switch (c.text("variance_type", "fixed_small")) {
                    case "fixed_small" -> Ddpm.Variance.FIXED_SMALL;
                    case "fixed_large" -> Ddpm.Variance.FIXED_LARGE;
                    default -> Ddpm.Variance.LEARNED_RANGE;
                };
        check(c, new Ddpm(timesteps, variance), c.clipping(true), variance == Ddpm.Variance.LEARNED_RANGE);
    }

    @ParameterizedTest
    @MethodSource("ddim")
    void ddimIsThatOfDiffusers(final Case c) throws RunFailed {
        final Timesteps timesteps = new Timesteps.Spaced(
                c.spacing(TimestepSpacing.LEADING), (int) c.number("steps", 0), c.whole("steps_offset", 0), true);
        final Ddim sampler = new Ddim(
                timesteps, c.number("eta", 0), c.option("set_alpha_to_one", true), c.flag("use_clipped_model_output"));
        check(c, sampler, c.clipping(true), false);
    }

    @ParameterizedTest
    @MethodSource("dpmSolver")
    void dpmSolverIsThatOfDiffusers(final Case c) throws RunFailed {
        final SigmaSpacing sigmas = c.option("use_karras_sigmas", false)
                ? SigmaSpacing.KARRAS
                : c.option("use_lu_lambdas", false) ? SigmaSpacing.LU : SigmaSpacing.TIMESTEPS;
        final DpmSolver sampler = new DpmSolver(
                (int) c.number("steps", 0),
                c.whole("solver_order", 2),
                c.text("solver_type", "midpoint").equals("heun") ? DpmSolver.Type.HEUN : DpmSolver.Type.MIDPOINT,
                c.text("algorithm_type", "").equals("sde-dpmsolver++"),
                c.spacing(TimestepSpacing.LINSPACE),
                c.whole("steps_offset", 0),
                sigmas,
                c.text("final_sigmas_type", "zero").equals("zero")
                        ? DpmSolver.FinalSigma.ZERO
                        : DpmSolver.FinalSigma.SIGMA_MIN,
                c.option("lower_order_final", true),
                c.option("euler_at_final", false));
        check(c, sampler, c.clipping(false), false);
        final float[] expected = c.floats("sigmas");
        final List<SamplerStep> steps = sampler.steps(c.process());
        for (int i = 0; i < steps.size(); i++) {
            assertEquals(1, steps.get(i).from().sigma() / expected[i], 2e-4, "sigma " + i);
        }
    }

    /** In the fixtures pictures are not scaled to keep their variance. */
    @ParameterizedTest
    @MethodSource("euler")
    void eulerIsThatOfDiffusers(final Case c) throws RunFailed {
        final Euler sampler = new Euler(
                (int) c.number("steps", 0),
                c.spacing(TimestepSpacing.LINSPACE),
                c.whole("steps_offset", 0),
                c.option("use_karras_sigmas", false),
                c.json().get("cls").getAsString().equals("EulerAncestralDiscreteScheduler"));
        final List<SamplerStep> steps = sampler.steps(c.process());
        final double scale = sampler.start(c.process()) / steps.get(0).from().signal();
        assertEquals(1, scale / c.number("init_noise_sigma", 0), TOLERANCE);
        check(c, sampler, c.clipping(false), false);
    }

    private static void check(
            final Case c, final Sampler sampler, final Clipping clipping, final boolean learnedVariance)
            throws RunFailed {
        final List<SamplerStep> steps = sampler.steps(c.process());
        final double[] times = c.fixture().numbers(c.name() + "/timesteps");
        for (int i = 0; i < times.length; i++) {
            // fractional ones come from logarithms in 32 bits
            assertEquals(
                    times[i], steps.get(i).time(), times[i] == Math.rint(times[i]) ? 1e-9 : 2e-3, "time-step " + i);
        }
        assertEquals(times.length, steps.size());
        final float[] noise = c.fixture().floats("noise");
        final float[] expected = c.floats("x");
        final boolean scaled = c.json().get("cls").getAsString().startsWith("Euler");
        final SampleScript script = new SampleScript(clipping, SampleScript.order(steps), 0, 1, learnedVariance);
        try (ScriptModule module = ScriptModule.compile(
                        Device.CPU, List.of(learnedVariance ? WITH_VARIANCE : NETWORK, script.method()));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final float[] start = Arrays.copyOfRange(noise, 31 * SIZE, 32 * SIZE);
            for (int k = 0; k < SIZE; k++) {
                start[k] *= (float) sampler.start(c.process());
            }
            Tensor x = scope.floats(start, 1, 2, 3, 3);
            final List<Tensor> history = new ArrayList<>();
            IntStream.range(1, script.order()).forEach(k -> history.add(scope.zeros(1, 2, 3, 3)));
            for (int i = 0; i < steps.size(); i++) {
                final float[] numbers = steps.get(i).numbers();
                final Tensor z = scope.floats(Arrays.copyOfRange(noise, i * SIZE, (i + 1) * SIZE), 1, 2, 3, 3);
                final List<Tensor> results = module.call(
                        scope,
                        false,
                        SampleScript.NAME,
                        x,
                        z,
                        scope.floats(numbers, numbers.length),
                        history,
                        List.of(),
                        List.of());
                x = results.get(0);
                if (script.order() > 1) {
                    history.add(0, results.get(1));
                    history.remove(history.size() - 1);
                }
                final double scale = !scaled || i + 1 == steps.size()
                        ? 1
                        : 1 / steps.get(i + 1).from().signal();
                assertClose(c, "x after step " + i, expected, (i + 1) * SIZE, x.toFloats(), scale);
                if (c.fixture().has(c.name() + "/pred_x0")) {
                    assertClose(
                            c,
                            "clean in step " + i,
                            c.floats("pred_x0"),
                            i * SIZE,
                            results.get(1).toFloats(),
                            1);
                }
            }
        }
    }

    private static void assertClose(
            final Case c,
            final String what,
            final float[] expected,
            final int at,
            final float[] actual,
            final double scale) {
        double largest = c.number("x_max_abs", 0);
        for (int k = 0; k < SIZE; k++) {
            largest = Math.max(largest, Math.abs(expected[at + k]));
        }
        for (int k = 0; k < SIZE; k++) {
            final double difference = Math.abs(expected[at + k] - scale * actual[k]);
            assertTrue(
                    difference <= TOLERANCE * largest,
                    c + ", " + what + ": " + scale * actual[k] + " instead of " + expected[at + k]);
        }
    }

    static Stream<Case> schedules() {
        return SchedulerFixture.open("noise_schedules").cases().stream();
    }

    /** The reference multiplies in 32 bits; amplitudes of the signal are compared, since shares come near to 0. */
    @ParameterizedTest
    @MethodSource("schedules")
    void noiseSchedulesAreThoseOfDiffusers(final Case c) {
        final NoiseSchedule schedule = c.schedule();
        final float[] betas = c.floats("betas");
        final float[] shares = c.floats("alphas_cumprod");
        assertEquals(shares.length, schedule.steps());
        for (int t = 0; t < shares.length; t++) {
            assertEquals(betas[t], schedule.beta(t), 3e-6, "beta " + t);
            assertEquals(Math.sqrt(shares[t]), Math.sqrt(schedule.signalShare(t)), 3e-6, "share " + t);
        }
    }

    static Stream<Case> training() {
        return SchedulerFixture.open("training").cases().stream();
    }

    /** Noisy pictures, targets and weights, as a {@link NoisyBatch} hands them to the loss. */
    @ParameterizedTest
    @MethodSource("training")
    void trainingTargetsAreThoseOfDiffusers(final Case c) {
        final double[] times = c.fixture().numbers("timesteps");
        final float[] clean = c.fixture().floats("x0");
        final float[] noise = c.fixture().floats("noise");
        for (int i = 0; i < times.length; i++) {
            final int t = (int) times[i];
            final double snr = c.schedule().signalToNoise(t);
            // the reference takes the noise's share from 1 in 32 bits
            final double tolerance = 3e-5 + 2e-7 / (1 - c.schedule().signalShare(t));
            assertEquals(1, snr / c.floats("snr")[i], Math.min(1e-2, tolerance), "SNR at " + t);
            for (final Objective objective : Objective.values()) {
                final String name = name(objective);
                final NoiseLevel level = NoiseLevel.at(c.schedule(), t);
                for (int k = i * SIZE; k < (i + 1) * SIZE; k++) {
                    final double noisy = level.signal() * clean[k] + level.noise() * noise[k];
                    assertEquals(c.floats("noisy")[k], noisy, 2e-5);
                    final double target = objective.cleanShare(level.signal(), level.noise()) * clean[k]
                            + objective.noiseShare(level.signal(), level.noise()) * noise[k];
                    assertEquals(c.floats("target." + name)[k], target, 2e-5);
                }
                for (final int gamma : new int[] {1, 5}) {
                    final double weight = new LossWeighting.MinSnr(gamma).weight(snr, objective);
                    final double expected = c.floats("min_snr_" + gamma + "." + name)[i];
                    assertEquals(1, weight / expected, Math.min(1e-2, tolerance), name + " at " + t);
                }
            }
        }
    }

    private static String name(final Objective objective) {
        return switch (objective) {
            case EPSILON -> "epsilon";
            case X0 -> "sample";
            case V -> "v_prediction";
        };
    }
}
