package org.selfdiff.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Philox;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** Pictures drawn through the script, with networks whose output is known. */
@NeedsTorch.Engine
class SamplingTest {
    /** {@code 0.5 x + 0.001 t + p}. */
    private static final ScriptMethod NETWORK = new ScriptMethod(
            "predict",
            """
            def predict(self: __torch__.Net,
                x: Tensor,
                t: Tensor,
                p: List[Tensor]) -> Tensor:
              s = torch.mul(torch.reshape(t, [-1, 1, 1, 1]), 0.001)
              return torch.add(torch.add(torch.mul(x, 0.5), s), p[0])
            """);

    /** {@code 0.5 x + e + p}, with a number e for each picture. */
    private static final ScriptMethod CONDITIONED = new ScriptMethod(
            "predict",
            """
            def predict(self: __torch__.Net,
                x: Tensor,
                t: Tensor,
                e: Tensor,
                p: List[Tensor]) -> Tensor:
              s = torch.reshape(e, [-1, 1, 1, 1])
              return torch.add(torch.add(torch.mul(x, 0.5), s), p[0])
            """);

    private static final double OFFSET = 0.25;

    private static final long STREAMS = 1L << 20;

    private static final DiffusionProcess PROCESS =
            new DiffusionProcess(new NoiseSchedule(BetaCurve.LINEAR, 1000), Objective.V, new LossWeighting.MinSnr(5));

    private static Sampling sampling(final Sampler sampler, final Clipping clipping) {
        return Sampling.of(sampler, PROCESS, clipping, 1, 1, 2, 99);
    }

    private static List<float[]> draw(final Sampling sampling, final int count, final int together)
            throws RunFailed, RunCancelled {
        return draw(sampling, NETWORK, SampleRows.nothing(count), together);
    }

    private static List<float[]> draw(
            final Sampling sampling, final ScriptMethod network, final SampleRows rows, final int together)
            throws RunFailed, RunCancelled {
        final List<float[]> pictures = new ArrayList<>();
        try (ScriptModule module = ScriptModule.compile(
                        Device.CPU, List.of(network, sampling.script().method()));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final List<Tensor> parameters = List.of(scope.floats(new float[] {(float) OFFSET}, 1));
            sampling.draw(module, parameters, scope, rows, together, RunControl.silent(), (row, planes) -> {
                assertEquals(pictures.size(), row);
                pictures.add(planes);
            });
            assertEquals(1, scope.size(), "what was made on the way is freed");
        }
        return pictures;
    }

    /** The same steps in 64 bits with the same noise. */
    private static double[] byHand(
            final List<SamplerStep> steps, final int row, final double[] start, final DoubleBinaryOperator network) {
        final float[] z = new float[2];
        final double[] x = start.clone();
        final double[][] clean = new double[2][SamplerStep.MOST];
        for (int i = 0; i < steps.size(); i++) {
            final SamplerStep step = steps.get(i);
            Philox.gaussians(99, row * STREAMS + i + 1, z);
            for (int k = 0; k < 2; k++) {
                final double out = network.applyAsDouble(x[k], step.time());
                System.arraycopy(clean[k], 0, clean[k], 1, SamplerStep.MOST - 1);
                clean[k][0] = step.clean(x[k], out);
                x[k] = step.next(x[k], out, z[k], clean[k]);
            }
        }
        return x;
    }

    private static double[] noise(final int row) {
        final float[] z = new float[2];
        Philox.gaussians(99, row * STREAMS, z);
        return new double[] {z[0], z[1]};
    }

    private static void assertClose(final double[] expected, final float[] actual) {
        assertEquals(expected[0], actual[0], 2e-5);
        assertEquals(expected[1], actual[1], 2e-5);
    }

    static List<Sampler> samplers() {
        final DpmSolver third = new DpmSolver(
                9,
                3,
                DpmSolver.Type.MIDPOINT,
                false,
                TimestepSpacing.TRAILING,
                0,
                SigmaSpacing.KARRAS,
                DpmSolver.FinalSigma.ZERO,
                true,
                false);
        return List.of(new Ddim(5, 1), new DpmSolver(8), third, new Euler(7));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void samplesAreTheTablesOnPlainNumbers(final Sampler sampler) throws Exception {
        final Sampling sampling = sampling(sampler, new Clipping.None());
        final List<float[]> drawn = draw(sampling, 3, 2);
        assertEquals(3, drawn.size());
        for (int row = 0; row < 3; row++) {
            final double[] start = noise(row);
            start[0] *= sampling.start();
            start[1] *= sampling.start();
            assertClose(byHand(sampling.steps(), row, start, (x, t) -> 0.5 * x + 0.001 * t + OFFSET), drawn.get(row));
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void aPictureDoesNotDependOnItsCompany(final Sampler sampler) throws Exception {
        final Sampling sampling = sampling(sampler, new Clipping.Range(1));
        final List<float[]> alone = draw(sampling, 5, 1);
        final List<float[]> together = draw(sampling, 7, 4);
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(alone.get(i), together.get(i));
        }
    }

    @Test
    void cleanPicturesAreCut() throws Exception {
        for (final float[] picture : draw(sampling(new Ddim(6, 0), new Clipping.Range(0.125)), 8, 8)) {
            for (final float value : picture) {
                assertEquals(0, Math.max(0, Math.abs(value) - 0.125), 1e-7);
            }
        }
    }

    /** Rows with a number as condition. */
    private record Numbers(int count, boolean guided) implements SampleRows {
        float number(final int row) {
            return 0.1f * row - 0.2f;
        }

        @Override
        public List<Tensor> inputs(final TensorScope scope, final int first, final int n) {
            final float[] numbers = new float[guided ? 2 * n : n];
            for (int k = 0; k < n; k++) {
                numbers[k] = number(first + k);
            }
            return List.of(scope.floats(numbers, numbers.length));
        }
    }

    /** Three rows that start from a picture. */
    private record Pictures() implements SampleRows {
        @Override
        public int count() {
            return 3;
        }

        @Override
        public Optional<float[]> picture(final int row) {
            return Optional.of(new float[] {0.8f, 0.4f});
        }
    }

    /** With scale w, condition c and 0 for none, the output of this network is that of the condition w c. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0, 2.5, 7.5})
    void guidanceGoesBeyondTheCondition(final double scale) throws Exception {
        final Sampler sampler = new DpmSolver(6);
        final SampleScript script = new SampleScript(new Clipping.None(), 2, 1, scale, false);
        final Sampling sampling = new Sampling(sampler.steps(PROCESS), 1, script, 1, 1, 2, 99);
        final Numbers rows = new Numbers(5, script.guided());
        final List<float[]> drawn = draw(sampling, CONDITIONED, rows, 3);
        for (int row = 0; row < 5; row++) {
            final double bias = scale * rows.number(row) + OFFSET;
            assertClose(byHand(sampling.steps(), row, noise(row), (x, t) -> 0.5 * x + bias), drawn.get(row));
        }
    }

    /** From a picture: noised to the first step that is left, then only the steps from there on. */
    @ParameterizedTest
    @CsvSource({"0.5, 5", "0.35, 3", "1, 10", "0.05, 0"})
    void startsFromAPicture(final double strength, final int left) throws Exception {
        final Sampler sampler = new DpmSolver(10);
        final List<SamplerStep> steps = sampler.stepsFromPicture(PROCESS, strength);
        assertEquals(left, steps.size());
        final SampleScript script = new SampleScript(new Clipping.None(), 2);
        final Sampling sampling = new Sampling(steps, 1, script, 1, 1, 2, 99);
        final double[] picture = {0.8, 0.4};
        final List<float[]> drawn = draw(sampling, NETWORK, new Pictures(), 2);
        for (int row = 0; row < 3; row++) {
            final double[] start = picture.clone();
            for (int k = 0; k < 2 && left > 0; k++) {
                final NoiseLevel level = steps.get(0).from();
                start[k] = level.signal() * picture[k] + level.noise() * noise(row)[k];
            }
            assertClose(byHand(steps, row, start, (x, t) -> 0.5 * x + 0.001 * t + OFFSET), drawn.get(row));
        }
    }

    @Test
    void stopsWhenCancelled() throws RunFailed {
        final List<String> shown = new ArrayList<>();
        final RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return shown.size() >= 2;
            }

            @Override
            public void progress(final double fraction, final String message) {
                shown.add(message);
            }

            @Override
            public void warn(final String message) {
                // nobody is listening
            }
        };
        final Sampling sampling = sampling(new DpmSolver(50), new Clipping.Range(1));
        try (ScriptModule module = ScriptModule.compile(
                        Device.CPU, List.of(NETWORK, sampling.script().method()));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final Tensor offset = scope.floats(new float[] {(float) OFFSET}, 1);
            assertThrows(RunCancelled.class, () -> sampling.draw(module, List.of(offset), scope, 1, 1, control));
            assertEquals(2, shown.size());
            assertEquals(1, scope.size(), "what was made on the way is freed");
        }
    }
}
