package org.selfdiff.metrics.distribution;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Whether vectors are nearer to what they were made from than to anything else.
 *
 * @param share of the vectors whose nearest candidate is one of their own
 * @param chance the share if the nearest one were drawn by lot
 */
public record Retrieval(double share, double chance) {

    /**
     * Looks for the nearest candidate of each vector, the first of equally near ones.
     *
     * @param vectors at least one
     * @param own for each vector, which candidates are its own
     * @param candidates at least one
     */
    public static Retrieval of(
            final FeatureSet vectors,
            final List<int[]> own,
            final FeatureSet candidates,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final int[] nearest =
                Neighbours.nearest(vectors, candidates, workers, control).index();
        int hits = 0;
        double chance = 0;
        for (int i = 0; i < nearest.length; i++) {
            final int found = nearest[i];
            hits += Arrays.stream(own.get(i)).anyMatch(c -> c == found) ? 1 : 0;
            chance += (double) Arrays.stream(own.get(i)).distinct().count() / candidates.count();
        }
        return new Retrieval((double) hits / nearest.length, chance / nearest.length);
    }
}
