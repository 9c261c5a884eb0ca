package org.selfdiff.stages.classification;

import java.util.List;
import java.util.Optional;

/**
 * What is held out of a training, to judge it by.
 *
 * @param share of the groups of each class, 0 to below 1, where nothing else is said
 * @param rows whether each row is held out
 */
public record HeldOut(double share, Optional<List<Boolean>> rows) {

    /** A share of the groups. */
    public static HeldOut ofGroups(final double share) {
        return new HeldOut(share, Optional.empty());
    }
}
