package org.selfdiff.stages.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.diffusion.Clipping;
import org.selfdiff.diffusion.DiffusionScript;
import org.selfdiff.diffusion.Sampling;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.unet.UNet;
import org.selfdiff.nodes.common.SamplerChoice;
import org.selfdiff.run.RunControl;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.TensorScope;

/** Pictures of a real network with random weights, by every sampler that a dialog offers. */
@NeedsTorch.Engine
class SampledUNetTest {
    /** Kernels may add up in another order for another batch; nothing else may differ. */
    private static final float ROUNDING = 2e-5f;

    @ParameterizedTest
    @EnumSource
    void aPictureDoesNotDependOnBatchOrNumber(final SamplerChoice choice) throws Exception {
        final UNet network = new UNet(PretrainDiffusionTest.SMALL);
        final Sampling sampling =
                Sampling.of(choice.sampler(6), PretrainDiffusionTest.PROCESS, new Clipping.Range(1), 3, 16, 16, 7);
        final List<List<float[]>> drawn = new ArrayList<>();
        try (ScriptModule module = ScriptModule.compile(
                        Device.CPU,
                        List.of(
                                ScriptOps.method(network, DiffusionScript.PREDICT, ComputeType.FLOAT32),
                                sampling.script().method()));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final var parameters = DeviceCalls.upload(InitialWeights.draw(network, 3), scope);
            for (final int[] batch : new int[][] {{3, 1}, {5, 4}, {5, 5}}) {
                drawn.add(sampling.draw(module, parameters, scope, batch[0], batch[1], RunControl.silent()));
            }
        }
        for (int row = 0; row < 3; row++) {
            assertArrayEquals(drawn.get(0).get(row), drawn.get(1).get(row), ROUNDING);
            assertArrayEquals(drawn.get(0).get(row), drawn.get(2).get(row), ROUNDING);
        }
    }
}
