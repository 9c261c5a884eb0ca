package org.selfdiff.stages.diffusion;

import org.selfdiff.diffusion.conditions.Amount;
import org.selfdiff.diffusion.conditions.Condition;
import org.selfdiff.diffusion.conditions.ConditionStrategy;
import org.selfdiff.diffusion.conditions.Sources;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Makes new conditions for a diffusion model from the embeddings of pictures. */
public final class SampleConditions {
    /** Share of the progress that a strategy's look at the data takes. */
    private static final double PREPARATION = 0.5;

    /** Conditions of a task. */
    private static final int BLOCK = 64;

    /** More conditions than this are a slip of the keyboard. */
    private static final long MOST = 100_000_000;

    private SampleConditions() {}

    /**
     * What is asked for.
     *
     * @param sources embeddings, all of one width
     * @param strategy how conditions are made
     * @param amount how many
     * @param seed of everything that is drawn
     */
    public record Request(Sources sources, ConditionStrategy strategy, Amount amount, long seed) {}

    /** Takes conditions in their order. */
    @FunctionalInterface
    public interface Receiver {
        /** Takes one. */
        void accept(int number, Condition condition) throws RunFailed, RunCancelled;
    }

    /**
     * Runs the stage. A condition depends on the seed, its source (or label) and how many that source has had before.
     *
     * @return the number of conditions
     * @throws RunFailed naming the row or label from which none can be made
     */
    public static int run(final Request request, final RunControl control, final Receiver receiver)
            throws RunFailed, RunCancelled {
        final ConditionStrategy.Maker maker =
                request.strategy.prepare(request.sources, request.seed, control.part(0, PREPARATION));
        final long all = request.amount.count(maker.groups());
        if (all > MOST) {
            throw new RunFailed(
                    all + " conditions are asked for, more than " + MOST,
                    "the setting of the number",
                    "Ask for fewer, or filter the table before.");
        }
        final int count = (int) all;
        final Amount.Places places = request.amount.places(maker.groups(), request.seed);
        final RunControl making = control.part(PREPARATION, 1);
        final Pace pace = new Pace("conditions", 0, count);
        try (Workers workers = Workers.all()) {
            workers.inOrder(
                    (count + BLOCK - 1) / BLOCK,
                    (block, inner) -> {
                        final int first = block * BLOCK;
                        final Condition[] made = new Condition[Math.min(BLOCK, count - first)];
                        for (int i = 0; i < made.length; i++) {
                            inner.checkCancelled();
                            made[i] = maker.make(places.group(first + i), places.copy(first + i));
                        }
                        return made;
                    },
                    (block, made) -> {
                        for (int i = 0; i < made.length; i++) {
                            receiver.accept(block * BLOCK + i, made[i]);
                        }
                        final int done = block * BLOCK + made.length;
                        making.progress((double) done / count, pace.line(done));
                    },
                    making);
        }
        return count;
    }
}
