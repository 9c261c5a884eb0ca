package org.selfdiff.stages.bags;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.draw.Colours;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelClass;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.mil.MilNetwork;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.nn.mil.RegionGrid;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.BatchFeed;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.LossValidation;
import org.selfdiff.train.Trainer;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.train.Validation;
import org.selfdiff.train.loss.BagLoss;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/**
 * Trains networks to classify bags of tiles, one for each fold of patients; the model is their ensemble. A fold's network
 * is chosen by its loss on the fold after it, and never sees the patients that it is scored on.
 */
public final class LearnBags {
    private static final String STAGE = "LearnBags";

    private LearnBags() {}

    /**
     * What is asked for.
     *
     * @param bags the slides
     * @param labels class of each
     * @param classes names of the classes, in the order of the network's outputs
     * @param network sizes
     * @param input what the embeddings are
     * @param folds number of folds, at least 2
     * @param bagTiles tiles of a slide that a step sees, drawn by region; 0 for all
     * @param plan how long and how each network is trained; a batch is a slide
     * @param seed of everything random
     * @param device where it runs
     * @param modelFile where the model goes; it appears there whole or not at all
     */
    public record Request(
            List<Bag> bags,
            int[] labels,
            List<String> classes,
            MilSpec network,
            ModelInput.Features input,
            int folds,
            int bagTiles,
            TrainingPlan plan,
            long seed,
            DeviceChoice device,
            Path modelFile) {}

    /**
     * What came of it.
     *
     * @param card the model's card, as it stands in the file
     * @param fold fold of each bag
     * @param probabilities what the network of its fold, which never saw the bag, says of each
     * @param logs losses of each fold
     */
    public record Result(ModelCard card, int[] fold, List<double[]> probabilities, List<LossLog> logs) {}

    private record Shown(Bag.Regions regions, int label, float weight) {}

    /** The card of the model that a request will make, as far as it is known before. */
    public static ModelCard planned(
            final MilSpec network, final ModelInput.Features input, final List<String> classes, final int folds) {
        return new ModelCard(
                new ModelTask.Bags(ModelTask.Bags.Target.CLASS, classes(classes)),
                architecture(network, folds),
                input,
                new JsonObject(),
                new Provenance(STAGE, "", Map.of(), "", Map.of(), List.of()));
    }

    private static JsonObject architecture(final MilSpec network, final int folds) {
        final JsonObject json = new JsonObject();
        json.addProperty("members", folds);
        json.add("network", network.toJson());
        return json;
    }

    private static List<ModelClass> classes(final List<String> names) {
        final List<ModelClass> classes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            classes.add(new ModelClass(names.get(i), i == 0 ? 0 : Colours.ofClass(i)));
        }
        return classes;
    }

    /** What stands before a member's parameters in the file. */
    static String prefix(final int member) {
        return "member" + member + ".";
    }

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, a bag or the device does not do, or training diverges
     * @throws RunCancelled when the user stops it; no model is left
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        request.network.checked();
        request.plan.checked();
        require(request);
        final int[] fold = Folds.of(request.bags, request.labels, request.classes, request.folds, request.seed);
        final List<double[]> probabilities = new ArrayList<>();
        request.bags.forEach(bag -> probabilities.add(new double[0]));
        final Map<String, Weight> weights = new LinkedHashMap<>();
        final List<LossLog> logs = new ArrayList<>();
        Provenance provenance = null;
        JsonObject training = null;
        for (int k = 0; k < request.folds; k++) {
            final int member = k;
            final TrainNetwork.Trained trained = TrainNetwork.run(
                    task(request, fold, member),
                    control.part((double) k / request.folds, (k + 1.0) / request.folds),
                    t -> {
                        score(request, fold, member, t, probabilities, control);
                        return t;
                    });
            trained.outcome().weights().weights().forEach((name, w) -> weights.put(prefix(member) + name, w));
            logs.add(trained.outcome().log());
            provenance = trained.provenance();
            training = trained.training();
        }
        final ModelCard card = new ModelCard(
                new ModelTask.Bags(ModelTask.Bags.Target.CLASS, classes(request.classes)),
                architecture(request.network, request.folds),
                request.input,
                training,
                provenance);
        ModelFile.write(request.modelFile, card, new NamedWeights(weights));
        return new Result(card, fold, probabilities, logs);
    }

    private static void require(final Request request) throws RunFailed {
        if (request.bags.size() < 2 || request.classes.size() < 2) {
            throw new RunFailed(
                    request.bags.size() + " slides of the classes " + request.classes,
                    "table of tiles",
                    "Give slides of at least two classes.");
        }
        if (new HashSet<>(request.classes).size() < request.classes.size()) {
            throw new RunFailed("A class is named twice: " + request.classes, "labels", "Give every class one name.");
        }
        for (final Bag bag : request.bags) {
            if (bag.features().get(0).length != request.network.width()) {
                throw new RunFailed(
                        "The embeddings have " + bag.features().get(0).length + " numbers, the network takes "
                                + request.network.width(),
                        "slide " + bag.name(),
                        "Embed all tiles with one encoder.");
            }
        }
    }

    private static TrainNetwork.Task task(final Request request, final int[] fold, final int member) {
        final List<Integer> training = new ArrayList<>();
        final List<Integer> held = new ArrayList<>();
        final boolean validates = request.folds > 2;
        for (int i = 0; i < fold.length; i++) {
            if (validates && fold[i] == (member + 1) % request.folds) {
                held.add(i);
            } else if (fold[i] != member) {
                training.add(i);
            }
        }
        final float[] weight = classWeights(request, training);
        final long seed = SeededRandom.mix(request.seed, member);
        return new TrainNetwork.Task(
                new TrainNetwork.Identity(
                        STAGE,
                        "fold " + (member + 1) + " of " + request.folds,
                        "slides",
                        settings(request),
                        request.bags.size() + " slides",
                        List.of()),
                request.plan,
                Optional.empty(),
                training.size(),
                InitialWeights.draw(new MilNetwork(request.network), seed),
                Trainer.Untrained.none(),
                type -> BagScript.methods(request.network, BagLoss.CROSS_ENTROPY, type),
                feed(request, training, weight, seed),
                held.isEmpty() ? Optional.empty() : Optional.of(validation(request, held, weight)),
                request.device,
                Optional.empty());
    }

    private static Map<String, String> settings(final Request request) {
        return Map.of(
                "network", request.network.toJson().toString(),
                "classes", String.join(", ", request.classes),
                "folds", Integer.toString(request.folds),
                "bagTiles", Integer.toString(request.bagTiles),
                "seed", Long.toString(request.seed));
    }

    /** Classes count alike however many slides they have. */
    private static float[] classWeights(final Request request, final List<Integer> training) {
        final int[] count = new int[request.classes.size()];
        training.forEach(i -> count[request.labels[i]]++);
        final float[] weight = new float[count.length];
        for (int c = 0; c < count.length; c++) {
            weight[c] = count[c] == 0 ? 0 : (float) training.size() / (count.length * count[c]);
        }
        return weight;
    }

    private static BatchFeed<Shown> feed(
            final Request request, final List<Integer> training, final float[] weight, final long seed) {
        final RegionGrid grid = request.network.grid();
        return new BatchFeed<>(
                (step, control) -> {
                    final long epoch = step / training.size();
                    final int[] order = new SeededRandom(seed, 1, epoch).permutation(training.size());
                    final int bag = training.get(order[(int) (step % training.size())]);
                    return new Shown(
                            request.bags.get(bag).drawn(grid, request.bagTiles, new SeededRandom(seed, 2, step)),
                            request.labels[bag],
                            weight[request.labels[bag]]);
                },
                (inputs, scope) -> tensors(request.network, inputs, scope));
    }

    private static List<Tensor> tensors(final MilSpec network, final Shown inputs, final TensorScope scope) {
        final List<Tensor> tensors = new ArrayList<>(BagScript.inputs(inputs.regions, network.width(), scope));
        tensors.add(scope.longs(new long[] {inputs.label}, 1));
        tensors.add(scope.floats(new float[] {inputs.weight}, 1));
        return tensors;
    }

    private static Validation validation(final Request request, final List<Integer> held, final float[] weight) {
        return new LossValidation() {
            @Override
            public int batches() {
                return held.size();
            }

            @Override
            public double share(final int batch) {
                return 1.0 / held.size();
            }

            @Override
            public List<Tensor> inputs(final int batch, final TensorScope scope, final RunControl control)
                    throws RunFailed {
                final int bag = held.get(batch);
                return tensors(
                        request.network,
                        new Shown(
                                request.bags.get(bag).all(request.network.grid()),
                                request.labels[bag],
                                weight[request.labels[bag]]),
                        scope);
            }
        };
    }

    private static void score(
            final Request request,
            final int[] fold,
            final int member,
            final TrainNetwork.Trained trained,
            final List<double[]> probabilities,
            final RunControl control)
            throws RunFailed, RunCancelled {
        DeviceCalls.call(trained.session(), "scoring", control, () -> {
            try (TensorScope scope = trained.session().scope().child()) {
                final List<Tensor> parameters =
                        DeviceCalls.upload(trained.outcome().weights(), scope);
                for (int i = 0; i < fold.length; i++) {
                    if (fold[i] == member) {
                        control.checkCancelled();
                        final Bag.Regions all = request.bags.get(i).all(request.network.grid());
                        probabilities.set(
                                i,
                                BagScript.ask(trained.module(), scope, parameters, all, request.network.width())
                                        .probabilities());
                    }
                }
                return null;
            }
        });
    }
}
