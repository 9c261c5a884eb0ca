package org.selfdiff.stages.bags;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.mil.MilNetwork;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.nn.mil.RegionGrid;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.BatchFeed;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.Score;
import org.selfdiff.train.Trainer;
import org.selfdiff.train.Validation;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/**
 * The training of one network of an ensemble. It never sees the bags of its own fold, which are scored with it, and is
 * chosen by its loss on those of the fold after; with two folds there is none to choose by, and the last weights stay.
 */
final class MemberTraining {
    private static final int AHEAD = 3;

    /** Of a bag that is held out so many times the tiles of a step are looked at, to be surer. */
    private static final int HELD_OUT = 4;

    /** Numbers of a step from which on fewer steps are prepared ahead. */
    private static final long LARGE = 32L << 20;

    private final LearnBags.Request request;

    private final String data;

    private final String name;

    private final int[] training;

    private final int[] heldOut;

    private final int[] own;

    private final BagObjective objective;

    private final long seed;

    /**
     * A training.
     *
     * @param data fingerprint of the bags and their targets
     * @param fold of each bag
     * @param member the fold whose bags are not seen
     * @param repetition number of the network among those of the fold, from 0
     */
    MemberTraining(
            final LearnBags.Request request,
            final String data,
            final int[] fold,
            final int member,
            final int repetition) {
        this.request = request;
        this.data = data;
        final int folds = Arrays.stream(fold).max().orElseThrow() + 1;
        final int validation = folds > 2 ? (member + 1) % folds : -1;
        this.name = "fold " + (member + 1) + " of " + folds
                + (request.split().seeds() > 1 ? ", network " + (repetition + 1) : "");
        this.training = where(fold, f -> f != member && f != validation);
        this.heldOut = where(fold, f -> f == validation);
        this.own = where(fold, f -> f == member);
        this.objective = BagObjective.of(
                request.targets(),
                training,
                request.training().balanced(),
                request.training().ties());
        final long all = request.training().seed();
        this.seed = repetition == 0 ? SeededRandom.mix(all, member) : SeededRandom.mix(all, member, repetition);
    }

    private static int[] where(final int[] fold, final java.util.function.IntPredicate which) {
        return IntStream.range(0, fold.length).filter(i -> which.test(fold[i])).toArray();
    }

    /** Bags of its own fold. */
    int[] own() {
        return own;
    }

    TrainNetwork.Task task() throws RunFailed {
        final MilSpec network = request.network();
        final NamedWeights initial = InitialWeights.draw(new MilNetwork(network), seed);
        return new TrainNetwork.Task(
                new TrainNetwork.Identity(
                        LearnBags.STAGE, name, request.unit().word() + "s", settings(), data, List.of()),
                request.training().plan(),
                Optional.empty(),
                training.length,
                part(initial, Parameter.Role.TRAINED),
                new Trainer.Untrained(part(initial, Parameter.Role.BUFFER), new NamedWeights(Map.of())),
                type -> BagScript.methods(network, type, objective.losses()),
                feed(),
                heldOut.length == 0 ? Optional.empty() : Optional.of(new HeldOut()),
                request.device(),
                request.checkpoints());
    }

    private NamedWeights part(final NamedWeights all, final Parameter.Role role) {
        final Map<String, Weight> part = new LinkedHashMap<>();
        for (final Parameter parameter : new MilNetwork(request.network()).parameters()) {
            if (parameter.role() == role) {
                part.put(parameter.name(), all.weights().get(parameter.name()));
            }
        }
        return new NamedWeights(part);
    }

    /** What was trained and what training changed beside it, in the network's order. */
    static NamedWeights whole(final TrainNetwork.Trained trained) {
        final Map<String, Weight> all =
                new LinkedHashMap<>(trained.outcome().weights().weights());
        all.putAll(trained.outcome().buffers().weights());
        return new NamedWeights(all);
    }

    private Map<String, String> settings() {
        final Map<String, String> settings = new TreeMap<>();
        settings.put("network", request.network().toJson().toString());
        settings.put("target", request.targets().kind().name());
        settings.put("classes", String.join(", ", request.targets().names()));
        settings.put("folds", Integer.toString(request.split().folds()));
        settings.put("seeds", Integer.toString(request.split().seeds()));
        settings.put("bag", request.unit().name());
        settings.put("bagTiles", Integer.toString(request.training().bagTiles()));
        settings.put("balanced", Boolean.toString(request.training().balanced()));
        settings.put("ties", request.training().ties().name());
        settings.put("seed", Long.toString(request.training().seed()));
        return settings;
    }

    /** What a step is made of. */
    private record Shown(int[] bags, List<Bag.Regions> regions) {}

    private BatchFeed<Shown> feed() {
        final RegionGrid grid = request.network().grid();
        final int tiles = request.training().bagTiles();
        return new BatchFeed<>(
                (step, control) -> {
                    final int[] bags = bags(step);
                    final List<Bag.Regions> regions = new ArrayList<>();
                    for (int i = 0; i < bags.length; i++) {
                        control.checkCancelled();
                        final SeededRandom random =
                                i == 0 ? new SeededRandom(seed, 2, step) : new SeededRandom(seed, 2, step, i);
                        regions.add(request.bags().get(bags[i]).drawn(grid, tiles, random));
                    }
                    return new Shown(bags, regions);
                },
                this::tensors,
                largest() > LARGE ? 1 : AHEAD);
    }

    /** About how many numbers the largest step holds. */
    private long largest() {
        final int tiles = request.training().bagTiles();
        final long most = Arrays.stream(training)
                .mapToLong(i -> request.bags().get(i).size())
                .max()
                .orElse(0);
        return (tiles == 0
                        ? most
                        : Math.min(most, tiles + (long) request.network().cells()))
                * request.network().width()
                * request.training().plan().batchSize();
    }

    /** The bags of a step: an epoch's order in parts of equal size; for survival, events are spread over these. */
    int[] bags(final long step) {
        final int size = request.training().plan().batchSize();
        final int parts = (training.length + size - 1) / size;
        final int part = (int) (step % parts);
        final int[] order = new SeededRandom(seed, 1, step / parts).permutation(training.length);
        if (request.targets().kind() == Target.SURVIVAL) {
            final int[] dealt = IntStream.concat(
                            Arrays.stream(order).filter(this::event),
                            Arrays.stream(order).filter(i -> !event(i)))
                    .toArray();
            return IntStream.range(0, dealt.length)
                    .filter(i -> i % parts == part)
                    .map(i -> training[dealt[i]])
                    .toArray();
        }
        final int first = (int) ((long) part * training.length / parts);
        final int end = (int) ((part + 1L) * training.length / parts);
        return IntStream.range(first, end).map(i -> training[order[i]]).toArray();
    }

    private boolean event(final int i) {
        return request.targets().positive(training[i], 0);
    }

    private List<Tensor> tensors(final Shown shown, final TensorScope scope) {
        final List<Tensor> tensors = new ArrayList<>(objective.targets(shown.bags, scope));
        for (final Bag.Regions regions : shown.regions) {
            tensors.addAll(BagScript.inputs(regions, request.network().width(), scope));
        }
        return tensors;
    }

    /** What is seen of a bag that is held out: the same tiles whenever it is. */
    private Bag.Regions looked(final int bag) throws RunFailed {
        return request.bags()
                .get(bag)
                .drawn(
                        request.network().grid(),
                        HELD_OUT * request.training().bagTiles(),
                        new SeededRandom(seed, 3, bag));
    }

    /** The loss among all bags that are held out, each asked by itself. */
    private final class HeldOut implements Validation {
        @Override
        public Score score() {
            return Score.LOSS;
        }

        @Override
        public double value(final Weights weights, final RunControl control) throws RunFailed, RunCancelled {
            final double[][] answers = new double[heldOut.length][];
            for (int i = 0; i < answers.length; i++) {
                control.checkCancelled();
                final int bag = heldOut[i];
                final float[] outputs = weights.call(
                        BagScript.ANSWERS, scope -> tensors(new Shown(new int[] {bag}, List.of(looked(bag))), scope));
                answers[i] = new double[outputs.length];
                for (int k = 0; k < outputs.length; k++) {
                    answers[i][k] = outputs[k];
                }
            }
            return objective.loss(heldOut, answers);
        }
    }

    /**
     * What the trained network says.
     *
     * @param answers its numbers for each bag of its own fold
     * @param scale how they are read
     */
    record Answers(List<double[]> answers, AnswerScale scale) {}

    /** Asks the trained network about the bags of its own fold. */
    Answers answers(final TrainNetwork.Trained trained, final RunControl control) throws RunFailed, RunCancelled {
        return DeviceCalls.call(trained.session(), "scoring", control, () -> {
            try (TensorScope scope = trained.session().scope().child()) {
                final List<Tensor> parameters = DeviceCalls.upload(whole(trained), scope);
                final List<double[]> answers = ask(own, trained, parameters, scope, control);
                final List<double[]> others = request.targets().kind() == Target.SURVIVAL
                        ? ask(heldOut, trained, parameters, scope, control)
                        : List.of();
                return new Answers(answers, objective.scale(others));
            }
        });
    }

    private List<double[]> ask(
            final int[] bags,
            final TrainNetwork.Trained trained,
            final List<Tensor> parameters,
            final TensorScope scope,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<double[]> answers = new ArrayList<>();
        for (final int bag : bags) {
            control.checkCancelled();
            answers.add(BagScript.ask(
                            trained.module(),
                            scope,
                            parameters,
                            request.bags().get(bag).all(request.network().grid()),
                            request.network().width())
                    .outputs());
        }
        return answers;
    }
}
