package org.selfdiff.diffusion.conditions;

import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** A way to make new conditions of a diffusion model from embeddings of pictures. */
public sealed interface ConditionStrategy permits Reconstruction, Interpolation, Jitter, Centroid, Density {

    /**
     * Makes conditions, as many for each group as one likes. A condition is a function of the seed, its group and its
     * number in the group.
     */
    interface Maker {
        /** Number of groups: one for each source row, or one for each label. */
        int groups();

        /**
         * Makes one; may be called on several threads.
         *
         * @param group 0 to {@code groups() - 1}
         * @param copy number within the group, from 0
         * @throws RunFailed naming the row from which none can be made
         */
        Condition make(int group, int copy) throws RunFailed;
    }

    /**
     * Looks at the data.
     *
     * @throws RunFailed naming the row or label that does not do
     */
    Maker prepare(Sources sources, long seed, RunControl control) throws RunFailed, RunCancelled;
}
