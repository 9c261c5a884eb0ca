package org.selfdiff.stages.classification;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunFailed;

/**
 * Which rows a classifier learns from.
 *
 * @param training real rows that are trained on
 * @param validation real rows that training is judged by; empty for none
 * @param synthetic synthetic rows that are trained on, too
 */
record TrainingRows(List<Integer> training, List<Integer> validation, List<Integer> synthetic) {
    private static final long DRAW = 7;

    /**
     * Chooses.
     *
     * @param synthetic number of synthetic rows
     * @param ratio synthetic rows for each real one that is trained on; 0 for all there are
     * @throws RunFailed when there are fewer synthetic rows than are wanted, or nothing is left to train on
     */
    static TrainingRows choose(
            final Labels real,
            final List<String> groups,
            final HeldOut heldOut,
            final int synthetic,
            final double ratio,
            final long seed)
            throws RunFailed {
        final HeldOutRows parts = heldOut.rows().isPresent()
                ? HeldOutRows.of(heldOut.rows().get())
                : HeldOutRows.choose(real, groups, heldOut.share(), seed);
        if (parts.training().isEmpty()) {
            throw new RunFailed("All rows are held out", "split column", "Leave rows to train on.");
        }
        return new TrainingRows(
                parts.training(),
                parts.validation(),
                ratio == 0 || synthetic == 0
                        ? draw(synthetic, synthetic, seed)
                        : draw(synthetic, Math.round(ratio * parts.training().size()), seed));
    }

    /**
     * Draws synthetic rows.
     *
     * @param available how many there are
     * @param wanted how many are drawn
     * @throws RunFailed when there are too few
     */
    static List<Integer> draw(final int available, final long wanted, final long seed) throws RunFailed {
        if (wanted > available) {
            throw new RunFailed(
                    "There are " + available + " synthetic pictures, and " + wanted + " are asked for",
                    "table of synthetic tiles",
                    "Draw more, or choose a smaller ratio of synthetic to real pictures.");
        }
        return Arrays.stream(new SeededRandom(seed, DRAW).permutation(available))
                .limit(wanted)
                .sorted()
                .boxed()
                .toList();
    }
}
