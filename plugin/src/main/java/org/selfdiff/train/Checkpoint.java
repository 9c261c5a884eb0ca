package org.selfdiff.train;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/**
 * All that a training needs to go on where it was, bit for bit. Noise, order of tiles and augmentation are functions of
 * the seed and the step, so that no generator's state belongs to it.
 *
 * @param state parameters, moments and averages
 * @param step steps made
 * @param spent time spent, of all runs together
 * @param entries log of the steps, (steps, 4): step, loss, norm of the gradient, pictures a second
 * @param checks log of the validations, (validations, 3): step, value, 1 for the best so far
 */
record Checkpoint(NamedWeights state, long step, Duration spent, float[] entries, float[] checks) {
    private static final String ENTRIES = "log.entries";

    private static final String CHECKS = "log.checks";

    private static final int ENTRY = 4;

    private static final int CHECK = 3;

    static Checkpoint of(final NamedWeights state, final long step, final Duration spent, final LossLog log) {
        final float[] entries = new float[ENTRY * log.entries().size()];
        int i = 0;
        for (final LossLog.Entry entry : log.entries()) {
            entries[i++] = entry.step();
            entries[i++] = (float) entry.loss();
            entries[i++] = (float) entry.gradientNorm();
            entries[i++] = (float) entry.speed();
        }
        final float[] checks = new float[CHECK * log.checks().size()];
        i = 0;
        for (final LossLog.Check check : log.checks()) {
            checks[i++] = check.step();
            checks[i++] = (float) check.value();
            checks[i++] = check.best() ? 1 : 0;
        }
        return new Checkpoint(state, step, spent, entries, checks);
    }

    /** The log; smoothed losses and learning rates are computed anew. */
    LossLog log(final Schedule rate) {
        final LossLog log = new LossLog();
        for (int i = 0; i < entries.length; i += ENTRY) {
            final long number = (long) entries[i];
            log.add(number, entries[i + 1], rate.at(number - 1), entries[i + 2], entries[i + 3]);
        }
        for (int i = 0; i < checks.length; i += CHECK) {
            log.add(new LossLog.Check((long) checks[i], checks[i + 1], checks[i + 2] > 0));
        }
        return log;
    }

    /** State and log as tensors. */
    NamedWeights tensors() {
        final LinkedHashMap<String, Weight> all = new LinkedHashMap<>(state.weights());
        all.put(ENTRIES, new Weight(new long[] {entries.length / ENTRY, ENTRY}, entries));
        all.put(CHECKS, new Weight(new long[] {checks.length / CHECK, CHECK}, checks));
        return new NamedWeights(all);
    }

    /** Whether the two tensors of the log are there and of their shapes, as {@link #tensors()} writes them. */
    static boolean hasLog(final Map<String, Weight> tensors) {
        return isTable(tensors.get(ENTRIES), ENTRY) && isTable(tensors.get(CHECKS), CHECK);
    }

    private static boolean isTable(final Weight tensor, final int columns) {
        return tensor != null && tensor.shape().length == 2 && tensor.shape()[1] == columns;
    }

    /** Reads {@link #tensors()}'s form. */
    static Checkpoint of(final NamedWeights tensors, final long step, final Duration spent) {
        final LinkedHashMap<String, Weight> state = new LinkedHashMap<>(tensors.weights());
        state.keySet().removeAll(List.of(ENTRIES, CHECKS));
        return new Checkpoint(
                new NamedWeights(state),
                step,
                spent,
                tensors.weights().get(ENTRIES).values(),
                tensors.weights().get(CHECKS).values());
    }
}
