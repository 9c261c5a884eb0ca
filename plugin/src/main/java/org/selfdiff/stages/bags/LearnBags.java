package org.selfdiff.stages.bags;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.TrainNetwork;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.TrainingPlan;

/**
 * Trains networks to say something about bags of tiles, for each fold of patients one or several; the model is their
 * ensemble. A fold's network is chosen by its loss on the fold after it, and never sees the patients that it is scored on.
 */
public final class LearnBags {
    static final String STAGE = "LearnBags";

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
        ModelFile.write(request.modelFile, card, ensemble.weights());
        ensemble.deleteStates();
        return new Result(card, fold, ensemble.predictions(), ensemble.logs());
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
