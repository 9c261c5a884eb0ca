package org.selfdiff.stages.bags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.Interruptible;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.mil.MilFixture;
import org.selfdiff.nn.mil.MilNetwork;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
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
import org.selfdiff.train.loss.BagLoss;
import org.selfdiff.train.loss.InstanceLoss;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/** Losses and gradients of networks for bags against those of the published trainings. */
@NeedsTorch.Engine
class PublishedTrainingTest {
    private static final ScriptMethod GRADIENTS = new ScriptMethod(
            "gradients",
            """
            def gradients(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor]) -> List[Tensor]:
              loss = torch.sum(self.loss(x, p, p))
              found = torch.grad([loss], p)
              g = annotate(List[Tensor], [])
              torch.append(g, torch.detach(loss))
              for i in range(torch.len(found)):
                torch.append(g, unchecked_cast(Tensor, found[i]))
              return g
            """);

    /** Loss and gradients of all parameters; those without a gradient there must have one of 0 here. */
    private static void check(final MilFixture f, final MilSpec spec, final BagLoss loss, final Weight target)
            throws RunFailed {
        final String losses = "losses = " + loss.of("answers", "x[0]") + "\n";
        final List<ScriptMethod> methods = new ArrayList<>(BagScript.methods(spec, ComputeType.FLOAT32, losses));
        methods.add(GRADIENTS);
        try (ScriptModule module = ScriptModule.compile(Device.CPU, methods);
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final List<Tensor> inputs = new ArrayList<>();
            inputs.add(
                    target.shape().length == 1
                            ? scope.longs(new long[] {(long) target.values()[0]}, 1)
                            : scope.floats(target.values(), target.shape()));
            inputs.add(scope.floats(new float[] {1}, 1));
            f.bag().forEach(w -> inputs.add(scope.floats(w.values(), w.shape())));
            final List<Parameter> parameters = new MilNetwork(spec).parameters();
            final List<Tensor> tensors = new ArrayList<>();
            for (final Parameter p : parameters) {
                tensors.add(
                        scope.floats(f.get(p.name()).values(), p.dimensions()).differentiable());
            }
            final List<Tensor> out = module.call(scope, true, "gradients", inputs, tensors);
            f.check("train.loss", out.get(0).toFloats());
            int known = 0;
            for (int i = 0; i < parameters.size(); i++) {
                final String key = "grad." + parameters.get(i).name();
                final float[] gradient = out.get(1 + i).toFloats();
                if (f.all().containsKey(key)) {
                    known++;
                    f.check(key, gradient);
                } else {
                    for (final float g : gradient) {
                        assertEquals(0, g, key);
                    }
                }
            }
            assertTrue(known >= 6, known + " gradients");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "abmil_plain_train_y1, ABMIL",
        "abmil_gated_train_y0, GATED_ABMIL",
        "abmil_plain_saturated_train_y0, ABMIL"
    })
    void attentionPooling(final String name, final MilSpec.Method method) throws RunFailed {
        final MilFixture f =
                new MilFixture(name).named("attention.0.", "attention_V.0.").named("attention.2.", "attention_w.");
        check(
                f,
                new MilSpec(method, f.number("d"), f.number("M"), f.number("L"), 1, 1, 1, 1),
                BagLoss.CLAMPED_SIGMOID,
                new Weight(new long[] {1, 1}, new float[] {f.number("label")}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clam_sb_train_ce", "clam_sb_train_svm", "clam_mb_train_svm_subtyping3"})
    void clam(final String name) throws RunFailed {
        final MilFixture f = new MilFixture(name);
        final MilSpec spec = new MilSpec(
                        name.startsWith("clam_mb") ? MilSpec.Method.CLAM_MB : MilSpec.Method.CLAM_SB,
                        f.number("d"),
                        f.number("hidden"),
                        f.number("attention_dim"),
                        f.number("n_classes"),
                        1,
                        1,
                        1)
                .with(new MilSpec.Instances(
                        f.number("k_sample"),
                        f.flag("subtyping"),
                        f.fact("instance_loss").equals("svm"),
                        0.7));
        check(f, spec, BagLoss.CROSS_ENTROPY, new Weight(new long[] {1}, new float[] {f.number("label")}));
    }

    @Test
    void dsmil() throws RunFailed {
        final MilFixture f = new MilFixture("dsmil_c1");
        check(
                f,
                new MilSpec(MilSpec.Method.DSMIL, f.number("d"), 1, f.number("q_dim"), 1, 1, 1, 1),
                BagLoss.SIGMOID,
                f.get("in.label"));
    }

    /** Their gradient is the same in all steps, and weight decay is part of it where there is a gradient. */
    private static final String LINEAR =
            """
            def loss(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              total = torch.zeros([1])
              for i in range(torch.len(p)):
                decay = torch.mul(torch.sum(torch.mul(p[i], p[i])), torch.select(x[0], 0, i))
                total = torch.add(total, torch.add(torch.sum(torch.mul(p[i], x[torch.add(i, 1)])), decay))
              return total
            """;

    /** The step of our training makes the published steps of Adam. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "abmil_plain_train_y1",
                "abmil_gated_train_y0",
                "abmil_plain_saturated_train_y0",
                "clam_sb_train_ce",
                "clam_sb_train_svm",
                "clam_mb_train_svm_subtyping3"
            })
    void stepsOfAdam(final String name) throws Exception {
        final MilFixture f = new MilFixture(name);
        final JsonObject adam = JsonParser.parseString(f.fact("adam")).getAsJsonObject();
        final List<String> names = f.all().keySet().stream()
                .filter(key -> key.startsWith("step1."))
                .map(key -> key.substring("step1.".length()))
                .toList();
        final Map<String, Weight> initial = new LinkedHashMap<>();
        names.forEach(key -> initial.put(key, f.get(key)));
        final float[] decay = new float[names.size()];
        for (int i = 0; i < decay.length; i++) {
            final boolean learnt = f.all().containsKey("grad." + names.get(i));
            decay[i] = learnt ? adam.get("weight_decay").getAsFloat() / 2 : 0;
        }
        for (final int steps : new int[] {1, 3}) {
            final TrainingPlan plan = new TrainingPlan(
                    TrainingPlan.Length.ofSteps(steps),
                    1,
                    TrainingPlan.AdamW.adam(adam.get("lr").getAsDouble()),
                    0,
                    1,
                    0,
                    0,
                    Precision.FP32,
                    1000,
                    Duration.ofHours(1));
            final UpdateRule rule = UpdateRule.of(plan, names, steps);
            final List<ScriptMethod> methods = new ArrayList<>(List.of(new ScriptMethod(StepScript.LOSS, LINEAR)));
            methods.addAll(StepScript.methods(plan, rule));
            try (ScriptModule module = ScriptModule.compile(Device.CPU, methods);
                    TensorScope scope = TensorScope.open(Device.CPU)) {
                final Feed feed = (done, all) -> new Feed.Source() {
                    @Override
                    public List<Tensor> next(final TensorScope step, final RunControl control) {
                        final List<Tensor> inputs = new ArrayList<>(List.of(step.floats(decay, decay.length)));
                        for (final String key : names) {
                            final Weight weight = f.get(key);
                            final Weight gradient = f.all().get("grad." + key);
                            inputs.add(step.floats(
                                    gradient == null ? new float[weight.values().length] : gradient.values(),
                                    weight.shape()));
                        }
                        return inputs;
                    }

                    @Override
                    public void close() {}
                };
                final Trainer.Outcome outcome = new Trainer(module, scope, Interruptible::call)
                        .train(
                                new Trainer.Task(
                                        "steps",
                                        "bags",
                                        new NamedWeights(initial),
                                        Trainer.Untrained.none(),
                                        plan,
                                        rule,
                                        steps,
                                        feed,
                                        Optional.empty(),
                                        Optional.empty()),
                                RunControl.silent());
                for (final String key : names) {
                    f.check(
                            "step" + steps + "." + key,
                            outcome.weights().weights().get(key));
                }
            }
        }
    }

    private static float[] floats(final JsonElement rows) {
        final List<Float> values = new ArrayList<>();
        for (final JsonElement e : rows.getAsJsonArray()) {
            if (e instanceof JsonArray row) {
                row.forEach(v -> values.add(v.getAsFloat()));
            } else {
                values.add(e.getAsFloat());
            }
        }
        final float[] flat = new float[values.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = values.get(i);
        }
        return flat;
    }

    /** Both forms, and where one takes over from the other. */
    @Test
    void smoothSvm() throws RunFailed, IOException {
        final ScriptMethod gradient = new ScriptMethod(
                "svm_gradient",
                """
                def svm_gradient(self: __torch__.Net,
                    x: Tensor,
                    y: Tensor,
                    tau: Tensor) -> List[Tensor]:
                  loss = self.smooth_svm(x, y, float(tau))
                  found = torch.grad([loss], [x])
                  return [torch.detach(loss), unchecked_cast(Tensor, found[0])]
                """);
        final List<ScriptMethod> methods = new ArrayList<>(new InstanceLoss(2, 1, false, true).methods());
        methods.add(gradient);
        final JsonObject json = JsonParser.parseString(
                        Files.readString(Path.of("src/test/resources/fixtures/mil/smooth_top1_svm.json")))
                .getAsJsonObject();
        try (ScriptModule module = ScriptModule.compile(Device.CPU, methods)) {
            for (final JsonElement e : json.getAsJsonArray("cases")) {
                final JsonObject c = e.getAsJsonObject();
                final float[] labels = floats(c.get("labels"));
                final float[] logits = floats(c.get("logits"));
                final long[] y = new long[labels.length];
                for (int i = 0; i < y.length; i++) {
                    y[i] = (long) labels[i];
                }
                try (TensorScope scope = TensorScope.open(Device.CPU)) {
                    final List<Tensor> out = module.call(
                            scope,
                            true,
                            "svm_gradient",
                            scope.floats(logits, y.length, logits.length / y.length)
                                    .differentiable(),
                            scope.longs(y, y.length),
                            scope.floats(new float[] {c.get("tau").getAsFloat()}, 1));
                    final String name = c.get("name").getAsString();
                    assertEquals(c.get("loss").getAsDouble(), out.get(0).toFloats()[0], 2e-6 * 20, name);
                    final float[] expected = floats(c.get("gradient"));
                    final float[] actual = out.get(1).toFloats();
                    for (int i = 0; i < expected.length; i++) {
                        assertEquals(expected[i], actual[i], 1e-5, name);
                    }
                }
            }
        }
    }
}
