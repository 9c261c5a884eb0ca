package org.selfdiff.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

/** The scripts around a network whose output is known: {@code 0.5 x + 0.001 t + p}. */
@NeedsTorch.Engine
class DiffusionScriptTest {
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

    private static final double OFFSET = 0.25;

    private static final DiffusionProcess PROCESS =
            new DiffusionProcess(new NoiseSchedule(BetaCurve.LINEAR, 1000), Objective.V, new LossWeighting.MinSnr(5));

    private static ScriptModule module() throws RunFailed {
        return ScriptModule.compile(
                Device.CPU, List.of(NETWORK, DiffusionScript.loss("loss"), DiffusionScript.sampleStep()));
    }

    private static Tensor offset(final TensorScope scope) {
        return scope.floats(new float[] {(float) OFFSET}, 1);
    }

    /** Two pictures of 1 x 1 x 2, by hand in 64 bits. */
    @Test
    void lossIsTheWeightedErrorOfEachPicture() throws RunFailed {
        final float[] clean = {0.3f, -0.7f, 0.9f, 0.1f};
        final float[] noise = {1.5f, -0.2f, -1f, 0.4f};
        final NoisyBatch batch = NoisyBatch.draw(PROCESS, new float[] {0.2f, 0.6f}, 0.1);
        final float[] losses;
        try (ScriptModule module = module();
                TensorScope scope = TensorScope.open(Device.CPU)) {
            losses = module.call(
                            scope,
                            false,
                            "loss",
                            List.of(
                                    scope.floats(clean, 2, 1, 1, 2),
                                    scope.floats(noise, 2, 1, 1, 2),
                                    scope.floats(batch.table(), NoisyBatch.COLUMNS, 2)),
                            List.of(offset(scope)))
                    .get(0)
                    .toFloats();
        }
        assertEquals(2, losses.length);
        for (int i = 0; i < 2; i++) {
            double sum = 0;
            for (int k = 2 * i; k < 2 * i + 2; k++) {
                final double x = batch.a()[i] * clean[k] + batch.b()[i] * noise[k];
                final double out = 0.5 * x + 0.001 * batch.t()[i] + OFFSET;
                sum += Math.pow(out - batch.p()[i] * clean[k] - batch.q()[i] * noise[k], 2);
            }
            assertEquals(batch.w()[i] * sum / 2, losses[i], 1e-6);
        }
    }

    private static Sampling sampling(final Sampler sampler, final double limit) {
        return new Sampling(sampler.steps(PROCESS), 1, 1, 2, limit, 99);
    }

    private static List<float[]> draw(final Sampling sampling, final int count, final int together)
            throws RunFailed, RunCancelled {
        try (ScriptModule module = module();
                TensorScope scope = TensorScope.open(Device.CPU)) {
            return sampling.draw(module, List.of(offset(scope)), scope, count, together, RunControl.silent());
        }
    }

    /** Ancestral sampling in 64 bits with the same noise. */
    @Test
    void samplesAreTheTablesOnPlainNumbers() throws Exception {
        final Sampling sampling = sampling(new Ddim(5, 1), Double.POSITIVE_INFINITY);
        final List<float[]> drawn = draw(sampling, 3, 2);
        assertEquals(3, drawn.size());
        final long streams = 1L << 20;
        for (int picture = 0; picture < 3; picture++) {
            final float[] z = new float[2];
            Philox.gaussians(99, picture * streams, z);
            final double[] x = {z[0], z[1]};
            for (int i = 0; i < sampling.steps().size(); i++) {
                final SamplerStep step = sampling.steps().get(i);
                Philox.gaussians(99, picture * streams + i + 1, z);
                for (int k = 0; k < 2; k++) {
                    x[k] = step.apply(x[k], 0.5 * x[k] + 0.001 * step.t() + OFFSET, z[k]);
                }
            }
            assertEquals(x[0], drawn.get(picture)[0], 1e-5);
            assertEquals(x[1], drawn.get(picture)[1], 1e-5);
        }
    }

    @Test
    void aPictureDoesNotDependOnItsCompany() throws Exception {
        final Sampling sampling = sampling(new Ddim(4, 0), 1);
        final List<float[]> alone = draw(sampling, 5, 1);
        final List<float[]> together = draw(sampling, 5, 4);
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(alone.get(i), together.get(i));
        }
    }

    @Test
    void cleanPicturesAreCut() throws Exception {
        for (final float[] picture : draw(sampling(new Ddim(6, 0), 0.125), 8, 8)) {
            for (final float value : picture) {
                assertEquals(0, Math.max(0, Math.abs(value) - 0.125), 1e-7);
            }
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
        try (ScriptModule module = module();
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final Tensor offset = offset(scope);
            assertThrows(RunCancelled.class, () -> sampling(new Ddim(50, 0), 1)
                    .draw(module, List.of(offset), scope, 1, 1, control));
            assertEquals(2, shown.size());
            assertEquals(1, scope.size(), "what was made on the way is freed");
        }
    }
}
