package org.selfdiff.bench.bags;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.selfdiff.bench.Contender;
import org.selfdiff.bench.Inputs;
import org.selfdiff.bench.peer.PeerBags;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.Engine;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.mil.MilNetwork;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.Ema;
import org.selfdiff.train.Precision;
import org.selfdiff.train.StepScript;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.train.UpdateRule;
import org.selfdiff.train.loss.BagLoss;
import org.selfdiff.train.loss.InstanceLoss;

/** SelfDiff's training step of a network for bags. */
final class OwnBags implements Contender {
    private static final String LOSS =
            """
            def loss(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              out = self.%s(x[0], x[1], x[2], p)
              bag = %s
              return %s
            """;

    private final BagWorkload workload;

    private final PeerBags.Bags bags;

    private final boolean training;

    private final Engine engine;

    private final TensorScope scope;

    private final ScriptModule module;

    private final List<Tensor> parameters;

    private final List<Tensor> moments;

    private final List<Tensor> squares;

    private final List<Tensor> averages;

    private final Tensor count;

    /** Prepares; without training a step is an answer. */
    OwnBags(final BagWorkload workload, final boolean training) throws RunFailed {
        this.workload = workload;
        this.bags = workload.prepared();
        this.training = training;
        this.engine = Engine.start();
        this.scope = TensorScope.open(Device.CPU);
        this.module = ScriptModule.compile(Device.CPU, methods(workload));
        this.parameters = weights();
        if (training) {
            parameters.forEach(Tensor::differentiable);
        }
        this.moments = training ? zeros() : List.of();
        this.squares = training ? zeros() : List.of();
        this.averages = training ? weights() : List.of();
        this.count = scope.floats(new float[1], 1);
    }

    private static List<ScriptMethod> methods(final BagWorkload workload) {
        final MilNetwork network = workload.network();
        final MilSpec.Instances i = workload.spec().instances();
        final List<ScriptMethod> methods = new ArrayList<>();
        for (final NetworkFunction function : network.functions()) {
            methods.add(ScriptOps.method(network, function.name(), ComputeType.FLOAT32));
        }
        final boolean instances = workload.spec().learnsFromInstances();
        if (instances) {
            methods.addAll(new InstanceLoss(2, i.tiles(), i.subtyping(), i.smoothSvm()).methods());
        }
        final String total = instances
                ? "torch.add(torch.mul(bag, 0.7), torch.mul(self.instance_loss(out[1], out[2], x[3]), 0.3))"
                : "bag";
        methods.add(new ScriptMethod(
                StepScript.LOSS,
                String.format(
                        Locale.ROOT,
                        LOSS,
                        instances ? MilNetwork.SHOW : MilNetwork.CLASSIFY,
                        BagLoss.CROSS_ENTROPY.of("out[0]", "x[3]"),
                        total)));
        final TrainingPlan plan = new TrainingPlan(
                TrainingPlan.Length.ofSteps(1000),
                1,
                new TrainingPlan.AdamW(Inputs.RATE, Inputs.BETA1, Inputs.BETA2, Inputs.WEIGHT_DECAY, Inputs.EPSILON),
                0,
                1,
                Inputs.EMA,
                Inputs.CLIP,
                Precision.FP32,
                1000,
                Duration.ofDays(1));
        final List<String> names =
                workload.parameters().stream().map(Parameter::name).toList();
        methods.addAll(StepScript.methods(plan, UpdateRule.of(plan, names, 1000)));
        return methods;
    }

    private List<Tensor> weights() {
        final List<float[]> values = workload.weights();
        final List<Tensor> tensors = new ArrayList<>();
        for (final Parameter parameter : workload.parameters()) {
            tensors.add(scope.floats(values.get(tensors.size()), parameter.dimensions()));
        }
        return tensors;
    }

    private List<Tensor> zeros() {
        return workload.parameters().stream()
                .map(p -> scope.zeros(p.dimensions()))
                .toList();
    }

    @Override
    public double step(final int index) {
        final int regions = workload.regions();
        final int cells = workload.cells();
        try (TensorScope step = scope.child()) {
            final Tensor x = step.floats(bags.features(index), regions, cells, BagWorkload.WIDTH);
            final Tensor seen = step.floats(bags.seen(), regions, 1, 1, 1 + cells);
            final Tensor places = step.floats(bags.places(), regions, cells, 2);
            if (!training) {
                return module.call(step, false, MilNetwork.CLASSIFY, x, seen, places, parameters)
                        .get(0)
                        .toFloats()[0];
            }
            final Tensor label = step.longs(new long[] {bags.label(index)}, 1);
            final float share = (float) new Ema(Inputs.EMA).at(index);
            return module.call(
                            step,
                            true,
                            StepScript.STEP,
                            List.of(x, seen, places, label),
                            parameters,
                            moments,
                            squares,
                            averages,
                            List.of(),
                            count,
                            step.floats(new float[] {share, (float) Inputs.RATE, 0}, 3))
                    .get(0)
                    .toFloats()[0];
        }
    }

    @Override
    public String version() {
        final Map<String, String> versions = engine.versions();
        versions.remove("threads"); // a column of the table
        return "SelfDiff's scripts, " + versions;
    }

    @Override
    public void close() {
        module.close();
        scope.close();
    }
}
