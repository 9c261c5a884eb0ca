package org.selfdiff.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What training reported, step by step. Not safe for several threads.
 */
public final class LossLog {
    /** Share that a new loss has in the smoothed one. */
    private static final double FRESH = 0.05;

    private final List<Entry> entries = new ArrayList<>();

    private final List<Check> checks = new ArrayList<>();

    /**
     * One training step.
     *
     * @param step number of the step, from 1
     * @param loss mean loss of the batch
     * @param smoothed exponential mean of the losses so far, without the bias of its start
     * @param rate learning rate
     * @param gradientNorm global norm of the gradient before clipping
     * @param speed pictures, or whatever a batch is made of, a second
     */
    public record Entry(long step, double loss, double smoothed, double rate, double gradientNorm, double speed) {}

    /**
     * One validation.
     *
     * @param step steps trained before
     * @param value what the validation measures, for instance the mean loss over the held-out tiles
     * @param best whether it was the best so far
     */
    public record Check(long step, double value, boolean best) {}

    /** Adds a step. */
    public Entry add(
            final long step, final double loss, final double rate, final double gradientNorm, final double speed) {
        final int n = entries.size();
        // weight of the older losses in a mean whose shares sum to 1 from the first entry on
        final double total = 1 - Math.pow(1 - FRESH, n + 1.0);
        final double old = n == 0 ? 0 : entries.get(n - 1).smoothed() * (1 - Math.pow(1 - FRESH, n));
        final double smoothed = (old * (1 - FRESH) + loss * FRESH) / total;
        final Entry entry = new Entry(step, loss, smoothed, rate, gradientNorm, speed);
        entries.add(entry);
        return entry;
    }

    /** Adds a validation. */
    public void add(final Check check) {
        checks.add(check);
    }

    /** Adds a step that an earlier run of the same training made. */
    void restore(final Entry entry) {
        entries.add(entry);
    }

    /** The steps in order. */
    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** The validations in order; empty where there was none. */
    public List<Check> checks() {
        return Collections.unmodifiableList(checks);
    }
}
