package org.selfdiff.stages.bags;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.draw.Colours;
import org.selfdiff.metrics.classification.Temperature;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelClass;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.train.CheckpointFile;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/**
 * Trains networks to say something about bags of tiles, for each fold of patients one or several; the model is their
 * ensemble. A fold's network is chosen by its loss on the fold after it, and never sees the patients that it is scored on.
 */
public final class LearnBags {
    static final String STAGE = "LearnBags";

    /** Temperatures beyond this, and below its inverse, come from too few slides to be believed. */
    private static final double MOST_TEMPERATURE = 10;

    /** Share of the whole that unpacking is shown as. */
    private static final double UNPACKING = 0.02;

    private LearnBags() {}

    /**
     * What is asked for.
     *
     * @param bags slides or patients
     * @param unit which of the two
     * @param targets what is to be learnt of each
     * @param network sizes
     * @param input what the embeddings are
     * @param split into folds
     * @param training how each network is trained
     * @param device where it runs
     * @param checkpoints folder where networks are saved while they are trained, until all are; empty for none
     * @param modelFile where the model goes; it appears there whole or not at all
     */
    public record Request(
            List<Bag> bags,
            BagUnit unit,
            BagTargets targets,
            MilSpec network,
            ModelInput.Features input,
            Split split,
            Training training,
            DeviceChoice device,
            Optional<Path> checkpoints,
            Path modelFile) {

        /** The same with other bags. */
        Request with(final List<Bag> others) {
            return new Request(others, unit, targets, network, input, split, training, device, checkpoints, modelFile);
        }
    }

    /**
     * How bags are split.
     *
     * @param folds number of folds, at least 2; does not count where they are given
     * @param given name of the fold of each bag; empty to have them split by patient
     * @param seeds networks of each fold, which start differently
     */
    public record Split(int folds, Optional<List<String>> given, int seeds) {}

    /**
     * How each network is trained.
     *
     * @param bagTiles tiles of a bag that a step sees, drawn by region; 0 for all
     * @param balanced whether classes count alike however many bags they have
     * @param ties how events at one time are counted, for survival
     * @param plan how long; a batch is so many bags
     * @param seed of everything random
     */
    public record Training(int bagTiles, boolean balanced, CoxLoss.Ties ties, TrainingPlan plan, long seed) {}

    /**
     * What came of it.
     *
     * @param card the model's card, as it stands in the file
     * @param fold fold of each bag
     * @param predictions what the networks of its fold, which never saw the bag, say of each: probabilities before they are
     *     calibrated, a number or a risk
     * @param logs losses of each network
     */
    public record Result(ModelCard card, int[] fold, List<double[]> predictions, List<LossLog> logs) {}

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, a bag or the device does not do, or training diverges
     * @throws RunCancelled when the user stops it; no model is left
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        request.network.checked();
        request.training.plan.checked();
        require(request);
        final int[] fold = request.split.given.isPresent()
                ? Folds.given(request.bags, request.targets, request.split.given.get())
                : Folds.of(request.bags, request.targets, request.split.folds, request.training.seed);
        final String data = fingerprint(request, fold);
        final Ensemble ensemble = new Ensemble(request);
        try (UnpackedFeatures features = UnpackedFeatures.of(request.bags, control.part(0, UNPACKING))) {
            train(request.with(features.bags()), fold, data, ensemble, control.part(UNPACKING, 1));
        }
        final ModelCard card = ensemble.card();
        ModelFile.write(request.modelFile, card, new NamedWeights(ensemble.weights));
        ensemble.states.forEach(CheckpointFile::delete);
        return new Result(card, fold, ensemble.predictions(), ensemble.logs);
    }

    private static void train(
            final Request request,
            final int[] fold,
            final String data,
            final Ensemble ensemble,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final int folds = Arrays.stream(fold).max().orElseThrow() + 1;
        final int members = folds * request.split.seeds;
        for (int m = 0; m < members; m++) {
            final MemberTraining member =
                    new MemberTraining(request, data, fold, m / request.split.seeds, m % request.split.seeds);
            final RunControl part = control.part((double) m / members, (m + 1.0) / members);
            TrainNetwork.runPart(member.task(), part, trained -> {
                ensemble.add(member, trained, part);
                return trained;
            });
        }
    }

    /** The networks so far. */
    private static final class Ensemble {
        private final Request request;

        private final Map<String, Weight> weights = new LinkedHashMap<>();

        private final List<AnswerScale> scales = new ArrayList<>();

        private final List<List<double[]>> outputs = new ArrayList<>();

        private final List<List<double[]>> said = new ArrayList<>();

        private final List<LossLog> logs = new ArrayList<>();

        private final List<CheckpointFile> states = new ArrayList<>();

        private TrainNetwork.Trained last;

        Ensemble(final Request request) {
            this.request = request;
            request.bags.forEach(bag -> {
                outputs.add(new ArrayList<>());
                said.add(new ArrayList<>());
            });
        }

        void add(final MemberTraining member, final TrainNetwork.Trained trained, final RunControl control)
                throws RunFailed, RunCancelled {
            final MemberTraining.Answers answers = member.answers(trained, control);
            for (int i = 0; i < member.own().length; i++) {
                final double[] one = answers.answers().get(i);
                outputs.get(member.own()[i]).add(one);
                said.get(member.own()[i]).add(BagModel.said(request.targets.kind(), one, answers.scale(), 1));
            }
            final String prefix = BagModel.prefix(scales.size());
            MemberTraining.whole(trained).weights().forEach((name, w) -> weights.put(prefix + name, w));
            scales.add(answers.scale());
            logs.add(trained.outcome().log());
            trained.state().ifPresent(states::add);
            last = trained;
        }

        List<double[]> predictions() {
            return said.stream().map(BagModel::mean).toList();
        }

        ModelCard card() {
            final BagModel model = new BagModel(request.network, request.unit, scales, temperature());
            return new ModelCard(
                    new ModelTask.Bags(request.targets.kind(), classes(request.targets.names())),
                    model.toJson(),
                    request.input,
                    last.training(),
                    last.provenance());
        }

        /** By all networks and the bags that they never saw; 1 where these tell nothing. */
        private double temperature() {
            final List<double[]> logits = new ArrayList<>();
            final List<Integer> truth = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                for (final double[] one : outputs.get(i)) {
                    if (request.targets.kind() == Target.CLASS) {
                        logits.add(one);
                        truth.add(request.targets.label(i));
                    } else if (request.targets.kind() == Target.LABELS) {
                        for (int k = 0; k < one.length; k++) {
                            logits.add(new double[] {0, one[k]});
                            truth.add(request.targets.positive(i, k) ? 1 : 0);
                        }
                    }
                }
            }
            if (logits.isEmpty()) {
                return 1;
            }
            final double best = Temperature.optimum(
                    truth.stream().mapToInt(Integer::intValue).toArray(), logits.toArray(double[][]::new));
            return best == 0 ? 1 : Math.max(1 / MOST_TEMPERATURE, Math.min(MOST_TEMPERATURE, best));
        }
    }

    private static List<ModelClass> classes(final List<String> names) {
        final List<ModelClass> classes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            classes.add(new ModelClass(names.get(i), i == 0 ? 0 : Colours.ofClass(i)));
        }
        return classes;
    }

    private static void require(final Request request) throws RunFailed {
        final BagTargets targets = request.targets;
        final String units = request.unit.word() + "s";
        if (targets.kind() == Target.CLASS && new HashSet<>(request.targets.names()).size() < 2) {
            throw new RunFailed(
                    "All " + request.bags.size() + " " + units + " are of one class, " + targets.names(),
                    "column of labels",
                    "Give " + units + " of at least two classes, or choose another column.");
        }
        if (request.bags.size() < 2) {
            throw new RunFailed(
                    "There is one " + request.unit.word() + " only", "table of tiles", "Give two and more.");
        }
        if (new HashSet<>(targets.names()).size() < targets.names().size()) {
            throw new RunFailed("A class is named twice: " + targets.names(), "labels", "Give every class one name.");
        }
        if (targets.kind() == Target.SURVIVAL && request.training.plan.batchSize() < 2) {
            throw new RunFailed(
                    "A step of one " + request.unit.word() + " has nobody to compare its risk with",
                    "setting \"Slides of a step\"",
                    "Choose 2 and more for survival, usually 16.");
        }
        if (request.network.learnsFromInstances() && targets.kind() != Target.CLASS) {
            throw new RunFailed(
                    "CLAM learns from tiles by the class of their slide, and here is none",
                    "setting \"Method\"",
                    "Choose another method, or predict a class.");
        }
        for (final Bag bag : request.bags) {
            if (bag.features().width() != request.network.width()) {
                throw new RunFailed(
                        "The embeddings have " + bag.features().width() + " numbers, the network takes "
                                + request.network.width(),
                        request.unit.word() + " " + bag.name(),
                        "Embed all tiles with one encoder.");
            }
        }
    }

    /** Of everything that is learnt from: names, patients, folds, places, embeddings and targets. */
    private static String fingerprint(final Request request, final int[] fold) throws RunFailed {
        try {
            final MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < request.bags.size(); i++) {
                final Bag bag = request.bags.get(i);
                final String text = String.join(
                        "\n",
                        bag.name(),
                        bag.patient(),
                        Integer.toString(fold[i]),
                        Integer.toString(Arrays.hashCode(bag.columns())),
                        Integer.toString(Arrays.hashCode(bag.lines())),
                        bag.features().fingerprint(),
                        Arrays.toString(request.targets.values()[i]),
                        "");
                hash.update(text.getBytes(StandardCharsets.UTF_8));
            }
            return request.bags.size() + " " + request.unit.word() + "s, "
                    + HexFormat.of().formatHex(hash.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
