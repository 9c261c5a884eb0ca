package org.selfdiff.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.unet.UNet;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Philox;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** What LibTorch computes from the script against the eager oracle in 64 bits, and that against differences. */
@NeedsTorch.Engine
class ScriptAgainstEagerTest {
    private static final long[] SHAPE = {2, 3, 8, 12};

    private static final float[] TIMES = {10, 500};

    private static final String GRADIENTS =
            """
            def gradients(self: __torch__.Net,
                x: Tensor,
                t: Tensor,
                y: Tensor,
                p: List[Tensor]) -> List[Tensor]:
              found = torch.grad([torch.mse_loss(self.predict(x, t, p), y)], p)
              g = annotate(List[Tensor], [])
              for i in range(torch.len(p)):
                torch.append(g, torch.contiguous(unchecked_cast(Tensor, found[i])))
              return g
            """;

    private final UNet network = new UNet(new UNetSpec(
            3,
            2,
            8,
            List.of(1, 2, 3),
            2,
            List.of(AttentionKind.LINEAR, AttentionKind.NONE, AttentionKind.FULL),
            AttentionKind.FULL,
            2,
            4,
            4,
            5,
            6,
            true));

    private final ShapeOps shapes = ShapeOps.trace(network.function(UNet.PREDICT), List.of(SHAPE, new long[] {2}));

    private final float[] picture = gaussians(1, (int) (SHAPE[0] * SHAPE[1] * SHAPE[2] * SHAPE[3]));

    private final float[] target = gaussians(2, (int) (SHAPE[0] * 2 * SHAPE[2] * SHAPE[3]));

    private static float[] gaussians(final long stream, final int count) {
        final float[] values = new float[count];
        Philox.gaussians(7, stream, values);
        return values;
    }

    /** Initial weights, with scales and shifts of normalisations moved away from 1 and 0. */
    private static float[] weights(final Parameter parameter) {
        final float[] values = InitialWeights.draw(parameter, 3);
        if (parameter.initial() instanceof Initial.Constant) {
            final float[] noise = gaussians(parameter.name().hashCode(), values.length);
            for (int i = 0; i < values.length; i++) {
                values[i] += 0.3f * noise[i];
            }
        }
        return values;
    }

    private record Eager(NDManager manager, Map<String, NDArray> parameters) {
        static Eager of(final NDManager manager, final List<Parameter> parameters) {
            final Map<String, NDArray> values = new LinkedHashMap<>();
            for (final Parameter parameter : parameters) {
                final NDArray value = array(manager, weights(parameter), parameter.dimensions());
                value.setRequiresGradient(true);
                values.put(parameter.name(), value);
            }
            return new Eager(manager, values);
        }

        NDArray out(final UNet network, final float[] picture) {
            return network.forward(new EagerOps(parameters), array(manager, picture, SHAPE), array(manager, TIMES, 2));
        }

        NDArray loss(final UNet network, final float[] picture, final float[] target) {
            final NDArray out = out(network, picture);
            return out.sub(array(manager, target, out.getShape().getShape()))
                    .square()
                    .mean();
        }

        static NDArray array(final NDManager manager, final float[] values, final long... shape) {
            final double[] wide = new double[values.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = values[i];
            }
            return manager.create(wide, new Shape(shape));
        }
    }

    private List<Tensor> upload(final TensorScope scope) {
        final List<Tensor> parameters = new ArrayList<>();
        for (final Parameter parameter : shapes.parameters()) {
            parameters.add(
                    scope.floats(weights(parameter), parameter.dimensions()).differentiable());
        }
        return parameters;
    }

    private float[] script(final ComputeType type) throws RunFailed {
        try (ScriptModule module =
                        ScriptModule.compile(Device.CPU, List.of(ScriptOps.method(network, "predict", type)));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            return module.call(
                            scope,
                            false,
                            "predict",
                            scope.floats(picture, SHAPE),
                            scope.floats(TIMES, 2),
                            upload(scope))
                    .get(0)
                    .toFloats();
        }
    }

    @Test
    void outputsAreEqual() throws RunFailed {
        final float[] script = script(ComputeType.FLOAT32);
        try (NDManager manager = NDManager.newBaseManager()) {
            final double[] eager =
                    Eager.of(manager, shapes.parameters()).out(network, picture).toDoubleArray();
            assertEquals(eager.length, script.length);
            double largest = 0;
            for (int i = 0; i < eager.length; i++) {
                assertEquals(eager[i], script[i], 1e-5);
                largest = Math.max(largest, Math.abs(eager[i]));
            }
            assertTrue(largest > 0.1, "the network answers something");
        }
    }

    @Test
    void sixteenBitsAreClose() throws RunFailed {
        final float[] wide = script(ComputeType.FLOAT32);
        final float[] narrow = script(ComputeType.BFLOAT16);
        double error = 0;
        double power = 0;
        for (int i = 0; i < wide.length; i++) {
            error += Math.pow(wide[i] - narrow[i], 2);
            power += Math.pow(wide[i], 2);
        }
        // 8 bits of precision give 0.4 % per operation
        assertTrue(Math.sqrt(error / power) < 0.03, "relative error " + Math.sqrt(error / power));
        assertTrue(error > 0, "it did compute in 16 bits");
    }

    /**
     * Gradients of the eager oracle against central differences in 64 bits, at random coordinates of every parameter.
     */
    @Test
    void eagerGradientsAreDifferences() {
        try (NDManager manager = NDManager.newBaseManager()) {
            final Eager eager = Eager.of(manager, shapes.parameters());
            final Map<String, double[]> gradients = gradients(eager);
            final SplittableRandom random = new SplittableRandom(4);
            for (final Map.Entry<String, NDArray> parameter : eager.parameters().entrySet()) {
                final double[] values = parameter.getValue().toDoubleArray();
                final int at = random.nextInt(values.length);
                final double step = 1e-5;
                final double difference = (lossAt(eager, parameter.getValue(), values, at, step)
                                - lossAt(eager, parameter.getValue(), values, at, -step))
                        / (2 * step);
                parameter.getValue().set(values);
                final double gradient = gradients.get(parameter.getKey())[at];
                assertEquals(difference, gradient, 1e-8 + 1e-5 * Math.abs(difference), parameter.getKey());
            }
        }
    }

    private double lossAt(
            final Eager eager, final NDArray parameter, final double[] values, final int at, final double step) {
        final double[] moved = values.clone();
        moved[at] += step;
        parameter.set(moved);
        return eager.loss(network, picture, target).getDouble();
    }

    private Map<String, double[]> gradients(final Eager eager) {
        try (GradientCollector collector =
                ai.djl.engine.Engine.getEngine("PyTorch").newGradientCollector()) {
            collector.backward(eager.loss(network, picture, target));
        }
        final Map<String, double[]> gradients = new LinkedHashMap<>();
        eager.parameters()
                .forEach(
                        (name, value) -> gradients.put(name, value.getGradient().toDoubleArray()));
        return gradients;
    }

    @Test
    void scriptGradientsAreEagerOnes() throws RunFailed {
        final List<ScriptMethod> methods = List.of(
                ScriptOps.method(network, "predict", ComputeType.FLOAT32), new ScriptMethod("gradients", GRADIENTS));
        try (NDManager manager = NDManager.newBaseManager();
                ScriptModule module = ScriptModule.compile(Device.CPU, methods);
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final Map<String, double[]> eager = gradients(Eager.of(manager, shapes.parameters()));
            final List<Tensor> script = module.call(
                    scope,
                    true,
                    "gradients",
                    scope.floats(picture, SHAPE),
                    scope.floats(TIMES, 2),
                    scope.floats(target, SHAPE[0], 2, SHAPE[2], SHAPE[3]),
                    upload(scope));
            int i = 0;
            for (final Map.Entry<String, double[]> expected : eager.entrySet()) {
                final float[] actual = script.get(i++).toFloats();
                double largest = 1e-3;
                for (final double value : expected.getValue()) {
                    largest = Math.max(largest, Math.abs(value));
                }
                for (int k = 0; k < actual.length; k++) {
                    assertEquals(expected.getValue()[k], actual[k], 2e-4 * largest, expected.getKey());
                }
            }
        }
    }
}
