package org.selfdiff.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.run.RunFailed;
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
        return ScriptModule.compile(Device.CPU, List.of(NETWORK, DiffusionScript.loss("loss", 0)));
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
                            List.of(offset(scope)),
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
}
