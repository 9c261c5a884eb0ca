package org.selfdiff.stages.encoders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.Interruptible;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.vit.DinoHead;
import org.selfdiff.nn.vit.DinoNetwork;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.RunControl;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.Feed;
import org.selfdiff.train.Precision;
import org.selfdiff.train.StepScript;
import org.selfdiff.train.Trainer;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.train.UpdateRule;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.SafeTensors;
import org.selfdiff.weights.Weight;

/** Loss and training against DINO's own code. */
@NeedsTorch.Engine
class DinoTrainingTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures/ssl");

    private static final int PER_EPOCH = 3;

    private static final double[] TEMPERATURES = {0.04, 0.07, 0.07};

    private static final DinoNetwork NETWORK = new DinoNetwork(
            new VitSpec(3, 8, 16, 1, 2, 32, false, false, 0, VitSpec.Positions.dino(4), 1e-6),
            32,
            16,
            new DinoHead(16, 20, 12, 20));

    @Test
    void theLossAndTheCentreEqualDinos() throws Exception {
        try (SafeTensors golden = SafeTensors.open(FIXTURES.resolve("dino_loss.safetensors"));
                ScriptModule module = ScriptModule.compile(Device.CPU, List.of(new DinoLoss(4, 12).distilled()));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final Tensor centre = scope.floats(new float[12], 1, 12);
            for (int s = 0; s < TEMPERATURES.length; s++) {
                final float[] losses = module.call(
                                scope,
                                false,
                                DinoLoss.DISTILLED,
                                scope.floats(golden.floats("student." + s), 12, 12),
                                scope.floats(golden.floats("teacher." + s), 6, 12),
                                centre,
                                scope.floats(new float[] {(float) TEMPERATURES[s]}, 1))
                        .get(0)
                        .toFloats();
                assertEquals(3, losses.length);
                assertEquals(golden.floats("loss." + s)[0], (losses[0] + losses[1] + losses[2]) / 3, 1e-5);
                assertArrayEquals(golden.floats("center." + s), centre.toFloats(), 1e-6f);
            }
        }
    }

    /** Two epochs: clipping one by one, decay by kind of parameter, a last layer that stands still at first. */
    @Test
    void sixStepsEqualDinos() throws Exception {
        try (SafeTensors golden = SafeTensors.open(FIXTURES.resolve("dino_training.result.safetensors"))) {
            for (int epoch = 0; epoch < 2; epoch++) {
                final Trainer.Outcome outcome = train(golden, PER_EPOCH * (epoch + 1));
                for (int i = 0; i < outcome.log().entries().size(); i++) {
                    assertEquals(
                            golden.doubles("losses")[i],
                            outcome.log().entries().get(i).loss(),
                            2e-4,
                            "loss " + i);
                }
                final String after = ".after_epoch_" + epoch;
                assertArrayEquals(
                        golden.floats("center" + after),
                        outcome.buffers().weights().get(DinoTraining.CENTRE).values(),
                        1e-5f);
                for (final Parameter parameter : NETWORK.parameters()) {
                    final float[] expected = golden.floats("teacher" + after + "/" + theirs(parameter.name()));
                    final float[] actual =
                            outcome.weights().weights().get(parameter.name()).values();
                    // attention does not depend on the biases of keys: their gradients are rounding errors
                    final boolean keys = parameter.name().endsWith("attn.qkv.bias");
                    for (int i = 0; i < expected.length; i++) {
                        assertEquals(
                                expected[i], actual[i], keys && i / 16 == 1 ? 1e-3 : 1e-5, parameter.name() + after);
                    }
                }
            }
        }
    }

    private static String theirs(final String name) {
        return name.startsWith(DinoHead.PREFIX) ? name : "backbone." + name;
    }

    private static Trainer.Outcome train(final SafeTensors golden, final int steps) throws Exception {
        final DinoTraining training = new DinoTraining(NETWORK, 5);
        final Map<String, Weight> start = new LinkedHashMap<>();
        try (SafeTensors in = SafeTensors.open(FIXTURES.resolve("dino_training.start.weights.safetensors"))) {
            for (final Parameter parameter : training.parameters()) {
                start.put(parameter.name(), new Weight(parameter.dimensions(), in.floats(theirs(parameter.name()))));
            }
            for (final float length : in.floats("head.last_layer.weight_g")) {
                assertEquals(1, length);
            }
        }
        final double[] rate = golden.doubles("lr");
        final double[] decay = golden.doubles("wd");
        final double[] momentum = golden.doubles("momentum");
        // a rate of 0 would leave the moments as they are, which DINO changes in its first step
        final UpdateRule rule = training.rule(
                new DinoTraining.Schedules(
                        step -> Math.max(1e-30, rate[(int) step]),
                        step -> decay[(int) step],
                        step -> momentum[(int) step]),
                PER_EPOCH);
        final TrainingPlan plan = new TrainingPlan(
                TrainingPlan.Length.ofSteps(steps),
                2,
                new TrainingPlan.AdamW(2e-3, 0.9, 0.999, 0.04, 1e-8),
                0,
                1,
                0.9,
                0.5,
                Precision.FP32,
                steps,
                Duration.ofHours(1));
        final List<ScriptMethod> methods = new ArrayList<>(training.methods(ComputeType.FLOAT32));
        methods.addAll(StepScript.methods(plan, rule));
        try (ScriptModule module = ScriptModule.compile(Device.CPU, methods);
                TensorScope scope = TensorScope.open(Device.CPU)) {
            return new Trainer(module, scope, Interruptible::call)
                    .train(
                            new Trainer.Task(
                                    "a test",
                                    "pictures",
                                    new NamedWeights(start),
                                    training.untrained(),
                                    plan,
                                    rule,
                                    steps,
                                    DinoTrainingTest::feed,
                                    Optional.empty(),
                                    Optional.empty()),
                            RunControl.silent());
        }
    }

    private static Feed.Source feed(final long first, final long end) {
        return new Feed.Source() {
            private int step = (int) first;

            @Override
            public List<Tensor> next(final TensorScope scope, final RunControl control) {
                assertTrue(step < end);
                final int epoch = step / PER_EPOCH;
                final String prefix = "dinotrain-a/train." + epoch + "." + step++ % PER_EPOCH + ".";
                return List.of(
                        scope.floats(views(prefix, 0, 2, 32), 4, 3, 32, 32),
                        scope.floats(views(prefix, 2, 5, 16), 6, 3, 16, 16),
                        scope.floats(new float[] {(float) TEMPERATURES[epoch]}, 1));
            }

            @Override
            public void close() {
                // nothing to close
            }
        };
    }

    private static float[] views(final String prefix, final int from, final int to, final int side) {
        final int size = 2 * 3 * side * side;
        final float[] all = new float[(to - from) * size];
        for (int v = from; v < to; v++) {
            final float[] one = new float[size];
            Fixture.fill(prefix + v, 0, 2, one);
            System.arraycopy(one, 0, all, (v - from) * size, size);
        }
        return all;
    }
}
