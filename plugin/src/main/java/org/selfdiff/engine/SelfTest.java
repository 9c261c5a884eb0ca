package org.selfdiff.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.selfdiff.run.RunFailed;

/**
 * A small problem with a known answer, asked of a device before it is trusted: compile a script, convolve, normalise,
 * differentiate. It finds pairs of libraries that load and then misread tensors.
 *
 * <p>With x = (-8..7)/4 as 1x1x4x4, kernels w = ((7 i) mod 11 - 5)/8 as 2x1x3x3, padding 1, two groups with gain 1.5
 * and -0.5 and offset 0.25 and 1, and c = ((5 i) mod 7 - 3)/4 the loss is sum(c * group_norm(conv(x, w))).
 */
final class SelfTest {
    /** The loss, computed in double precision apart from LibTorch. */
    static final double LOSS = -0.511154;

    /** The gradient for the first kernel's nine weights, computed likewise. */
    static final double[] GRADIENT = {
        2.017060, -2.436879, -4.556036, -0.382021, 1.132156, -3.322294, -0.329416, 1.959604, 0.506069
    };

    private static final double TOLERANCE = 2e-3;

    private static final String SCRIPT =
            """
              def probe(self: __torch__.Net,
                x: Tensor, w: Tensor, g: Tensor, b: Tensor, c: Tensor) -> List[Tensor]:
                h = torch.conv2d(x, w, None, [1, 1], [1, 1], [1, 1], 1)
                y = torch.group_norm(h, 2, g, b, 1.0e-05, True)
                l = torch.sum(torch.mul(c, y))
                d = torch.grad([l], [w])
                return [torch.detach(l), unchecked_cast(Tensor, d[0])]
            """;

    private SelfTest() {}

    /** Runs it; a wrong answer and a crash of the script are failures. */
    static void run(final Device device) throws RunFailed {
        final boolean before = JniUtils.isGradMode();
        final float[] answer;
        try (NDManager manager = NDManager.newBaseManager(djl(device), "PyTorch")) {
            JniUtils.setGradMode(true);
            answer = ask(manager);
        } catch (RuntimeException | IOException e) {
            throw failed(device, "it failed: " + firstLine(e), e);
        } finally {
            JniUtils.setGradMode(before);
        }
        for (int i = 0; i < answer.length; i++) {
            final double expected = i == 0 ? LOSS : GRADIENT[i - 1];
            // written so that NaN fails
            if (!(Math.abs(answer[i] - expected) <= TOLERANCE * (1 + Math.abs(expected)))) {
                throw failed(device, "number " + i + " is " + answer[i] + " where " + expected + " is right", null);
            }
        }
    }

    private static float[] ask(final NDManager manager) throws IOException {
        final byte[] archive = ScriptArchive.bytes(ScriptArchive.source(SCRIPT));
        try (PtSymbolBlock module =
                JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), true, false)) {
            final float[] x = pattern(16, i -> (i - 8) / 4f);
            final float[] w = pattern(18, i -> (7 * i % 11 - 5) / 8f);
            final float[] c = pattern(32, i -> (5 * i % 7 - 3) / 4f);
            final NDArray kernels = manager.create(w, new Shape(2, 1, 3, 3));
            kernels.setRequiresGradient(true);
            final NDArray method = manager.create(0f);
            method.setName("module_method:probe");
            final NDList in = new NDList(
                    manager.create(x, new Shape(1, 1, 4, 4)),
                    kernels,
                    manager.create(new float[] {1.5f, -0.5f}),
                    manager.create(new float[] {0.25f, 1f}),
                    manager.create(c, new Shape(1, 2, 4, 4)),
                    method);
            final NDList out = IValueUtils.forward(module, in, true);
            final float[] gradient = out.get(1).toFloatArray();
            final float[] answer = Arrays.copyOf(new float[] {out.get(0).getFloat()}, 1 + GRADIENT.length);
            System.arraycopy(gradient, 0, answer, 1, GRADIENT.length);
            return answer;
        }
    }

    private static float[] pattern(final int n, final IntToDoubleFunction f) {
        final float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) f.applyAsDouble(i);
        }
        return values;
    }

    private static ai.djl.Device djl(final Device device) {
        return device.isCpu() ? ai.djl.Device.cpu() : ai.djl.Device.gpu(device.gpu());
    }

    private static String firstLine(final Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }

    private static RunFailed failed(final Device device, final String how, final Exception cause) {
        return new RunFailed(
                "LibTorch does not compute what it should on " + device + ": " + how,
                "self-test of " + device,
                device.isCpu()
                        ? "Install the SelfDiff native libraries again, or use another tested LibTorch."
                        : "Choose another device (cpu works everywhere), or update NVIDIA's driver.",
                cause);
    }
}
