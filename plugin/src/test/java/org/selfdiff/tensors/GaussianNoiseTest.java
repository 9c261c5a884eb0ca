package org.selfdiff.tensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.Engine;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

class GaussianNoiseTest {
    @BeforeAll
    static void engine() throws Exception {
        Engine.start();
    }

    /** Philox in Java is held against the paper's own values elsewhere; the script has to give the same bits. */
    @ParameterizedTest
    @CsvSource({"1, 0, 3", "-7, 5, 12288", "4611686018427387904, 9007199254740993, 40001"})
    void theScriptDrawsTheSameBits(final long seed, final long step, final int count) throws Exception {
        final float[] java = new float[count];
        Philox.gaussians(seed, step, java);
        try (ScriptModule module = ScriptModule.compile(Device.CPU, PhiloxScript.methods(seed));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            assertArrayEquals(
                    java, new PhiloxScript(module).draw(step, scope, count).toFloats());
        }
    }

    @Test
    void threadsAndTheOtherPicturesChangeNothing() throws Exception {
        final float[] all = new float[5 * 48];
        Philox.gaussians(3, 8, all);
        try (GaussianNoise noise = new GaussianNoise(3);
                TensorScope scope = TensorScope.open(Device.CPU);
                Workers workers = new Workers(3)) {
            final float[] alone = noise.ahead(8, 5, 48, RunControl.silent());
            final float[] beside = workers.start(0, (i, c) -> noise.ahead(8, 5, 48, c), RunControl.silent())
                    .result(RunControl.silent());
            assertArrayEquals(all, alone);
            assertArrayEquals(all, beside);
            assertArrayEquals(java.util.Arrays.copyOf(all, 96), noise.ahead(8, 2, 48, RunControl.silent()));
            assertArrayEquals(all, noise.tensor(8, alone, scope, 5, 3, 4, 4).toFloats());
        }
    }
}
