package org.selfdiff.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorFailure;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.TrainingState.Part;
import org.selfdiff.weights.NamedWeights;

/**
 * The training loop: feeds steps, follows the learning rate, validates, saves checkpoints, and stops by the rules. It
 * knows the network and the loss only as a script with {@link StepScript}'s methods.
 */
public final class Trainer {
    private static final long SHOW_NANOS = 200_000_000;

    /** How long a cancelled run waits for a step that is about to end. */
    private static final long LAST_STEP_MILLIS = 600;

    private final ScriptModule module;

    private final TensorScope scope;

    private final StepRunner runner;

    private final LongSupplier nanoClock;

    /**
     * What is to be trained.
     *
     * @param name what it is called in messages, for instance {@code pre-training}
     * @param unit what a batch is made of, in the plural, for instance {@code pictures}
     * @param initial parameters that are trained, in the order of the script's list
     * @param untrained what stands behind them in that list
     * @param plan how
     * @param rule how a step changes them
     * @param steps most steps
     * @param feed inputs of the steps
     * @param validation held-out data; empty for none
     * @param checkpoint where the state is saved; empty for nowhere
     */
    public record Task(
            String name,
            String unit,
            NamedWeights initial,
            Untrained untrained,
            TrainingPlan plan,
            UpdateRule rule,
            long steps,
            Feed feed,
            Optional<Validation> validation,
            Optional<CheckpointFile> checkpoint) {}

    /**
     * Tensors that the loss sees behind the trained parameters.
     *
     * @param buffers it may change these in place; they are part of checkpoints and of the outcome
     * @param constants it may not change these
     */
    public record Untrained(NamedWeights buffers, NamedWeights constants) {

        /** None. */
        public static Untrained none() {
            return new Untrained(new NamedWeights(Map.of()), new NamedWeights(Map.of()));
        }

        /** Constants alone. */
        public static Untrained constants(final NamedWeights constants) {
            return new Untrained(new NamedWeights(Map.of()), constants);
        }
    }

    /**
     * What came of it.
     *
     * @param weights moving averages: those of the best validation where there is one, else the last
     * @param buffers the buffers after the last step
     * @param log what was reported
     * @param stopped why training ended, a sentence
     */
    public record Outcome(NamedWeights weights, NamedWeights buffers, LossLog log, String stopped) {}

    /**
     * A trainer on a device.
     *
     * @param module the script
     * @param scope owns what is trained; its device computes
     * @param runner runs the native calls
     */
    public Trainer(final ScriptModule module, final TensorScope scope, final StepRunner runner) {
        this(module, scope, runner, System::nanoTime);
    }

    Trainer(final ScriptModule module, final TensorScope scope, final StepRunner runner, final LongSupplier nanoClock) {
        this.module = module;
        this.scope = scope;
        this.runner = runner;
        this.nanoClock = nanoClock;
    }

    /**
     * Trains, from the checkpoint if there is one.
     *
     * @throws RunFailed when the checkpoint is of another request, when data cannot be read, when memory does not
     *     suffice, or when training diverges
     * @throws RunCancelled when the user stops it, within a second; the state is saved as it was after the last step
     */
    public Outcome train(final Task task, final RunControl control) throws RunFailed, RunCancelled {
        Optional<Checkpoint> saved =
                task.checkpoint().isPresent() ? task.checkpoint().get().read() : Optional.empty();
        if (saved.isPresent() && saved.get().step() > task.steps()) {
            control.warn("The saved state is of " + saved.get().step() + " steps, more than the " + task.steps()
                    + " that are asked for. Training begins anew.");
            saved = Optional.empty();
        }
        final Run run = new Run(task, control, saved);
        try (Feed.Source source = task.feed().open(run.done, task.steps())) {
            return run.toTheEnd(source);
        }
    }

    /** A step that is computing. */
    private static final class Running {
        /** Steps of the groups before it. */
        private final float[] counts;

        private final CountDownLatch ended = new CountDownLatch(1);

        private volatile float[] result;

        private final long began;

        Running(final TrainingState state, final long began) {
            counts = state.count().toFloats();
            this.began = began;
        }
    }

    /** One run of a task. */
    private final class Run {
        private final Task task;

        private final RunControl control;

        private final TrainingState state;

        private final LossLog log;

        private final Schedule rate;

        private final StopRules rules;

        private final Pace pace;

        private final long start = nanoClock.getAsLong();

        private final Duration before;

        private long done;

        private long shown = start - SHOW_NANOS;

        private long kept = start;

        private long keptStep;

        private Running running;

        Run(final Task task, final RunControl control, final Optional<Checkpoint> saved) {
            this.task = task;
            this.control = control;
            final TrainingPlan plan = task.plan();
            final boolean best = task.validation().map(Validation::selects).orElse(false);
            this.rate = task.rule().groups().get(0).rate();
            this.rules = new StopRules(
                    task.steps(),
                    plan.length().budget(),
                    plan.length().patience(),
                    task.validation().map(Validation::score).orElse(Score.LOSS));
            this.done = saved.map(Checkpoint::step).orElse(0L);
            this.keptStep = done;
            this.before = saved.map(Checkpoint::spent).orElse(Duration.ZERO);
            this.log = saved.map(c -> c.log(rate)).orElseGet(LossLog::new);
            this.state = new TrainingState(
                    scope,
                    task,
                    saved.map(Checkpoint::state)
                            .orElseGet(() -> TrainingState.start(
                                    task.initial(),
                                    task.untrained().buffers(),
                                    task.rule().groups().size())),
                    best);
            this.pace = new Pace("steps", done, task.steps());
        }

        Outcome toTheEnd(final Feed.Source source) throws RunFailed, RunCancelled {
            final String stop;
            try {
                stop = untilARuleStops(source);
            } catch (RunCancelled e) {
                keepAtCancel();
                throw e;
            }
            final boolean best = log.checks().stream().anyMatch(LossLog.Check::best);
            return new Outcome(state.download(best ? Part.BEST : Part.AVERAGE), state.downloadBuffers(), log, stop);
        }

        private String untilARuleStops(final Feed.Source source) throws RunFailed, RunCancelled {
            validateIfDue(); // a run that was stopped after a step goes on with what follows it
            Optional<String> stop = reason();
            while (stop.isEmpty()) {
                control.checkCancelled();
                step(source);
                if (done == task.steps()) {
                    keepForMore(); // before the last validation, which a longer training does not have here
                }
                validateIfDue();
                stop = reason();
                if (stop.isEmpty()) {
                    checkpointIfDue();
                }
            }
            if (done < task.steps()) {
                keepForMore();
            }
            return stop.get();
        }

        private Optional<String> reason() {
            return task.validation()
                    .flatMap(validation -> validation.stop(done))
                    .or(() -> rules.reason(done, spent(), log));
        }

        private void validateIfDue() throws RunFailed, RunCancelled {
            final boolean due = done > 0 && (done % task.plan().validateEvery() == 0 || done == task.steps());
            final boolean made = !log.checks().isEmpty()
                    && log.checks().get(log.checks().size() - 1).step() == done;
            if (task.validation().isPresent() && due && !made) {
                validate(task.validation().get());
            }
        }

        private Duration spent() {
            return before.plusNanos(nanoClock.getAsLong() - start);
        }

        private void step(final Feed.Source source) throws RunFailed, RunCancelled {
            final long began = nanoClock.getAsLong();
            final double now = rate.at(done);
            final TensorScope inputs = scope.child();
            final float[] result;
            final Running call = new Running(state, began);
            try {
                final List<Tensor> x = source.next(inputs, here());
                final float[] numbers = task.rule().numbers(done);
                final Tensor h = inputs.floats(numbers, numbers.length);
                running = call;
                result = guarded(
                        () -> call.result = module.call(
                                        inputs,
                                        true,
                                        StepScript.STEP,
                                        x,
                                        state.part(Part.PARAMETER),
                                        state.part(Part.FIRST),
                                        state.part(Part.SECOND),
                                        state.part(Part.AVERAGE),
                                        state.untrained(),
                                        state.count(),
                                        h)
                                .get(0)
                                .toFloats(),
                        () -> {
                            inputs.close();
                            call.ended.countDown();
                        });
                running = null;
            } finally {
                inputs.close();
            }
            ended(result, now, began);
        }

        private void ended(final float[] result, final double now, final long began) throws RunFailed {
            StopRules.requireFinite(done + 1, result[0], result[1]);
            done++;
            final double seconds = Math.max(1e-9, (nanoClock.getAsLong() - began) / 1e9);
            show(log.add(done, result[0], now, result[1], (float) (task.plan().batchSize() / seconds)));
        }

        /** For what takes no time as a rule: the bar stays. */
        private RunControl here() {
            final double share = (double) done / task.steps();
            return control.part(share, share);
        }

        private void show(final LossLog.Entry entry) {
            final long now = nanoClock.getAsLong();
            if (now - shown >= SHOW_NANOS || done == task.steps()) {
                shown = now;
                final String line = String.format(
                        Locale.ROOT,
                        "%s, %.1f %s/s, loss %.4f",
                        pace.line(done),
                        pace.rate(done) * task.plan().batchSize(),
                        task.unit(),
                        entry.smoothed());
                control.progress((double) done / task.steps(), line);
            }
        }

        private void validate(final Validation validation) throws RunFailed, RunCancelled {
            final List<Tensor> weights = new ArrayList<>(state.part(Part.AVERAGE));
            weights.addAll(state.untrained());
            final float value = (float) validation.value(
                    (method, maker) -> {
                        final TensorScope inputs = scope.child();
                        try {
                            final List<Tensor> x = maker.in(inputs);
                            return guarded(
                                    () -> module.call(inputs, false, method, x, weights, weights)
                                            .get(0)
                                            .toFloats(),
                                    inputs::close);
                        } finally {
                            inputs.close();
                        }
                    },
                    here());
            final boolean best = validation.selects()
                    && log.checks().stream()
                            .allMatch(check -> validation.score().better(value, check.value()));
            if (best) {
                state.keepBest(module);
            }
            log.add(new LossLog.Check(done, value, best));
        }

        /** The state at the end, where a training of more steps can go on from it. */
        private void keepForMore() throws RunFailed, RunCancelled {
            if (task.checkpoint().map(CheckpointFile::kept).orElse(false)) {
                keep();
            }
        }

        /**
         * The state when the user stops. A step may still be computing, and cannot be stopped: until it changes the
         * parameters, they are what they were after the step before; else it is waited for a little.
         */
        private void keepAtCancel() {
            if (task.checkpoint().isEmpty()) {
                return;
            }
            final boolean interrupted = Thread.interrupted(); // which would close the file that is written
            try {
                final Optional<NamedWeights> whole = afterAStep();
                if (whole.isPresent() && done > keptStep) {
                    task.checkpoint().get().write(Checkpoint.of(whole.get(), done, spent(), log));
                }
            } catch (RunFailed | TensorFailure e) {
                control.warn("The state could not be saved: " + e.getMessage());
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private Optional<NamedWeights> afterAStep() throws RunFailed {
            if (running == null) {
                return Optional.of(state.save());
            }
            if (task.untrained().buffers().weights().isEmpty()) { // a loss may change these at any time
                final NamedWeights copy = state.save();
                if (state.isUnchangedSince(running.counts)) {
                    return Optional.of(copy);
                }
            }
            try {
                if (running.ended.await(LAST_STEP_MILLIS, TimeUnit.MILLISECONDS) && running.result != null) {
                    ended(running.result, rate.at(done), running.began);
                    return Optional.of(state.save());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        }

        private void keep() throws RunFailed, RunCancelled {
            final Checkpoint checkpoint = Checkpoint.of(state.save(), done, spent(), log);
            guarded(
                    () -> {
                        task.checkpoint().get().write(checkpoint);
                        return null;
                    },
                    () -> {});
            kept = nanoClock.getAsLong();
            keptStep = done;
        }

        private void checkpointIfDue() throws RunFailed, RunCancelled {
            final long now = nanoClock.getAsLong();
            if (task.checkpoint().isPresent()
                    && now - kept >= task.plan().checkpointEvery().toNanos()) {
                keep();
            }
        }

        private <T> T guarded(final Callable<T> work, final Runnable cleanup) throws RunFailed, RunCancelled {
            try {
                return runner.call(control, work, cleanup);
            } catch (TensorFailure failure) {
                throw failure.asRunFailed(task.name() + " on " + scope.device());
            } catch (RunCancelled | RunFailed | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
