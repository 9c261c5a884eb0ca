package org.selfdiff.stages.bags;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.model.Model;
import org.selfdiff.model.ModelClass;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.mil.MilNetwork;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.Precision;
import org.selfdiff.train.loss.BagLoss;

/**
 * Classifies bags with focus (after Cersovsky et al. 2023): a first pass looks at all regions, a second one only at the
 * share of them that the first attended to most. The answers of the ensemble's members are averaged.
 */
public final class PredictBags {
    private static final String STAGE = "PredictBags";

    private PredictBags() {}

    /**
     * What is asked for.
     *
     * @param model a model of {@link LearnBags}
     * @param bags the slides
     * @param focus share of the regions that the second pass looks at, above 0; 1 for no second pass
     * @param device where it runs
     */
    public record Request(Path model, List<Bag> bags, double focus, DeviceChoice device) {}

    /**
     * What came of it.
     *
     * @param classes names of the classes
     * @param probabilities of each bag
     * @param attention of each bag to its tiles in the first pass, summing to 1, mean over the members
     */
    public record Result(List<String> classes, List<double[]> probabilities, List<double[]> attention) {}

    /**
     * Runs the stage.
     *
     * @throws RunFailed when the model, a bag or the device does not do
     * @throws RunCancelled when the user stops it
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        final Model model = Model.open(request.model, ModelTask.Bags.class, "MIL Learner");
        if (!(request.focus > 0 && request.focus <= 1)) {
            throw new RunFailed(
                    "The focus is " + request.focus, "setting \"focus\"", "Choose a share above 0, 1 for no focus.");
        }
        final JsonObject architecture = model.card().architecture();
        if (!(architecture.get("network") instanceof JsonObject json) || !architecture.has("members")) {
            throw new RunFailed(
                    "The model's architecture is not that of a model for bags",
                    request.model.toString(),
                    "Use the model of a MIL Learner.");
        }
        final MilSpec spec = MilSpec.fromJson(json, request.model.toString());
        requireWidth(request, model, spec);
        final List<double[]> probabilities = new ArrayList<>();
        final List<double[]> attention = new ArrayList<>();
        final Pace pace = new Pace("slides", 0, request.bags.size());
        try (ComputeSession session = ComputeSession.open(request.device, Precision.FP32, STAGE, control);
                ScriptModule module = session.compile(BagScript.methods(spec, BagLoss.CROSS_ENTROPY, session.type()))) {
            final List<List<Tensor>> members = new ArrayList<>();
            for (int k = 0; k < architecture.get("members").getAsInt(); k++) {
                members.add(
                        DeviceCalls.upload(model.weights(new MilNetwork(spec), LearnBags.prefix(k)), session.scope()));
            }
            for (final Bag bag : request.bags) {
                control.checkCancelled();
                final double[] p = new double[model.card().classes().size()];
                final double[] seen = new double[bag.size()];
                DeviceCalls.call(session, "classification", control, () -> {
                    for (final List<Tensor> parameters : members) {
                        ask(request, spec, bag, module, session.scope(), parameters, p, seen, members.size());
                    }
                    return null;
                });
                probabilities.add(p);
                attention.add(seen);
                control.progress((double) probabilities.size() / request.bags.size(), pace.line(probabilities.size()));
            }
        }
        return new Result(model.card().classes().stream().map(ModelClass::name).toList(), probabilities, attention);
    }

    private static void requireWidth(final Request request, final Model model, final MilSpec spec) throws RunFailed {
        final String encoder = model.card().input() instanceof ModelInput.Features features
                ? features.encoder()
                : "the model's encoder";
        for (final Bag bag : request.bags) {
            if (bag.features().get(0).length != spec.width()) {
                throw new RunFailed(
                        "The embeddings have " + bag.features().get(0).length + " numbers, the model takes "
                                + spec.width(),
                        "slide " + bag.name(),
                        "Embed with " + encoder + ".");
            }
        }
    }

    private static void ask(
            final Request request,
            final MilSpec spec,
            final Bag bag,
            final ScriptModule module,
            final TensorScope scope,
            final List<Tensor> parameters,
            final double[] p,
            final double[] seen,
            final int members)
            throws RunFailed {
        final Bag.Regions all = bag.all(spec.grid());
        final BagScript.Answer first = BagScript.ask(module, scope, parameters, all, spec.width());
        for (int i = 0; i < all.tile().length; i++) {
            if (all.tile()[i] >= 0) {
                seen[all.tile()[i]] += first.tiles()[i] / members;
            }
        }
        final int kept = (int) Math.ceil(request.focus * all.regions());
        final BagScript.Answer answer = kept == all.regions()
                ? first
                : BagScript.ask(
                        module, scope, parameters, bag.some(spec.grid(), top(first.regions(), kept)), spec.width());
        for (int c = 0; c < p.length; c++) {
            p[c] += answer.probabilities()[c] / members;
        }
    }

    /** The numbers of the largest values, in rising order. */
    private static int[] top(final double[] values, final int count) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -values[i]).thenComparing(i -> i))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }
}
