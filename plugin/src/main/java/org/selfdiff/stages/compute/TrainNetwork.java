package org.selfdiff.stages.compute;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.train.CheckpointFile;
import org.selfdiff.train.Feed;
import org.selfdiff.train.LossLog;
import org.selfdiff.train.StepScript;
import org.selfdiff.train.Trainer;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.train.UpdateRule;
import org.selfdiff.train.Validation;
import org.selfdiff.weights.NamedWeights;

/**
 * The one training of all networks: takes the device, compiles the step, goes on from a checkpoint where there is one,
 * trains, and hands over what came of it while device and script are still there. Stages say only what is special about
 * theirs.
 */
public final class TrainNetwork {
    private TrainNetwork() {}

    /**
     * What is to be trained.
     *
     * @param identity who trains what on what
     * @param plan how long and how
     * @param rule how a step changes the parameters; empty for all alike, by the plan
     * @param examples number of what an epoch consists of
     * @param initial parameters that are trained, in the order in which the loss expects them
     * @param untrained what stands behind them
     * @param script the method {@link StepScript#LOSS}, what it calls, and what is called after the training
     * @param feed inputs of the steps
     * @param validation held-out data; empty for none
     * @param device where it runs
     * @param checkpoints folder for checkpoints; empty for none
     */
    public record Task(
            Identity identity,
            TrainingPlan plan,
            Optional<UpdateRule> rule,
            long examples,
            NamedWeights initial,
            Trainer.Untrained untrained,
            Script script,
            Feed feed,
            Optional<Validation> validation,
            DeviceChoice device,
            Optional<Path> checkpoints) {}

    /**
     * What tells one training from another.
     *
     * @param stage the stage's name, for provenance and for those who wait for the device
     * @param name what is done, for messages and file names, for instance {@code pre-training}
     * @param unit what a batch is made of, in the plural, for instance {@code pictures}
     * @param settings every setting that decides about the outcome, besides the plan's
     * @param data fingerprint of the data
     * @param parents fingerprints of the models that it is built on, the nearest last
     */
    public record Identity(
            String stage, String name, String unit, Map<String, String> settings, String data, List<String> parents) {

        /** Copies what can be changed. */
        public Identity {
            settings = Map.copyOf(settings);
            parents = List.copyOf(parents);
        }
    }

    /** Writes the methods for a number type. */
    @FunctionalInterface
    public interface Script {
        /** Methods in the order of their calls, the step's own not among them. */
        List<ScriptMethod> methods(ComputeType type);
    }

    /**
     * What came of it.
     *
     * @param outcome weights and log
     * @param provenance for the model's card
     * @param training for the model's card
     * @param session the device, still held
     * @param module the script
     * @param state where the state is saved, if it is
     */
    public record Trained(
            Trainer.Outcome outcome,
            Provenance provenance,
            JsonObject training,
            ComputeSession session,
            ScriptModule module,
            Optional<CheckpointFile> state) {}

    /**
     * What is done with it, on the device: samples, scores, writing the model.
     *
     * @param <R> the stage's result
     */
    @FunctionalInterface
    public interface Finish<R> {
        /** Does it. */
        R with(Trained trained) throws RunFailed, RunCancelled;
    }

    /**
     * Trains.
     *
     * @param control of the training alone
     * @param finish what is done with the result; a checkpoint is deleted when it has ended well, unless the
     *     training may go on from there
     * @throws RunFailed when a setting or the device does not do, data cannot be read, or training diverges
     * @throws RunCancelled when the user stops it; checkpoints stay
     */
    public static <R> R run(final Task task, final RunControl control, final Finish<R> finish)
            throws RunFailed, RunCancelled {
        return run(task, false, control, finish);
    }

    /**
     * As {@link #run}, for one of several trainings that belong together: its state is saved at its end, so that it need
     * not be made again when a later one is stopped. Whoever has them all deletes {@link Trained#state()}.
     */
    public static <R> R runPart(final Task task, final RunControl control, final Finish<R> finish)
            throws RunFailed, RunCancelled {
        return run(task, true, control, finish);
    }

    private static <R> R run(final Task task, final boolean part, final RunControl control, final Finish<R> finish)
            throws RunFailed, RunCancelled {
        final TrainingPlan plan = task.plan.checked();
        final Identity identity = task.identity;
        final long steps = plan.totalSteps(task.examples);
        final UpdateRule rule = task.rule.orElseGet(
                () -> UpdateRule.of(plan, List.copyOf(task.initial.weights().keySet()), steps));
        try (ComputeSession session = ComputeSession.open(task.device, plan.precision(), identity.stage, control)) {
            final List<ScriptMethod> methods = new ArrayList<>(task.script.methods(session.type()));
            methods.addAll(StepScript.methods(plan, rule));
            final Map<String, String> settings = new TreeMap<>(plan.settings());
            settings.putAll(identity.settings);
            final boolean extendable = task.rule.isEmpty() && plan.finalRate() == 1;
            final Optional<CheckpointFile> checkpoint = task.checkpoints.map(
                    folder -> CheckpointFile.in(folder, identity.name, request(task, settings, extendable, session))
                            .kept(extendable || part));
            checkpoint.flatMap(file -> file.misfit(plan.settings().keySet())).ifPresent(control::warn);
            try (ScriptModule module = session.compile(methods)) {
                final Trainer.Outcome outcome = new Trainer(module, session.scope(), session.lease()::call)
                        .train(
                                new Trainer.Task(
                                        identity.name,
                                        identity.unit,
                                        task.initial,
                                        task.untrained,
                                        plan,
                                        rule,
                                        steps,
                                        task.feed,
                                        task.validation,
                                        checkpoint),
                                control);
                final Provenance provenance = new Provenance(
                        identity.stage,
                        identity.data,
                        settings,
                        session.description(),
                        session.versions(),
                        identity.parents);
                final R result = finish.with(new Trained(
                        outcome,
                        provenance,
                        training(plan, outcome.log(), outcome.stopped()),
                        session,
                        module,
                        checkpoint));
                checkpoint.filter(file -> !file.kept()).ifPresent(CheckpointFile::delete);
                return result;
            }
        }
    }

    /**
     * Everything that decides about the outcome, by name; time budget, patience and intervals of checkpoints may change
     * when a run goes on, and so may the number of steps where the learning rate does not depend on it.
     */
    private static Map<String, String> request(
            final Task task,
            final Map<String, String> settings,
            final boolean extendable,
            final ComputeSession session) {
        final Map<String, String> request = new TreeMap<>(settings);
        request.remove("budget");
        request.remove("precision");
        if (extendable) {
            request.remove("steps");
            request.remove("epochs");
        }
        if (task.validation.isEmpty()) {
            request.remove("validateEvery");
        }
        request.put("data", task.identity.data);
        request.put("numbers", session.type().name());
        return request;
    }

    private static JsonObject training(final TrainingPlan plan, final LossLog log, final String stopped) {
        final JsonObject json = new JsonObject();
        plan.settings().forEach(json::addProperty);
        json.addProperty("stepsMade", log.entries().size());
        if (!log.entries().isEmpty()) {
            json.addProperty(
                    "finalLoss", log.entries().get(log.entries().size() - 1).smoothed());
        }
        json.addProperty("stopped", stopped);
        return json;
    }
}
