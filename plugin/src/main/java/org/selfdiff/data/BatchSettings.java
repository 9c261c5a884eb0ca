package org.selfdiff.data;

import java.util.Optional;
import org.selfdiff.imaging.MaskCoding;

/**
 * How tiles become batches.
 *
 * @param batchSize tiles in a batch, at least 1
 * @param seed of order and augmentation
 * @param augmentation random changes
 * @param low value of black, such as -1
 * @param high value of white, such as 1
 * @param labels how masks are read; empty if they are not wanted
 */
public record BatchSettings(
        int batchSize, long seed, Augmentation augmentation, float low, float high, Optional<Labels> labels) {

    /** Checks the ranges. */
    public BatchSettings {
        if (batchSize < 1 || !(low < high)) {
            throw new IllegalArgumentException("batch of " + batchSize + ", values " + low + " to " + high);
        }
    }

    /**
     * How masks are read.
     *
     * @param coding what their values mean
     * @param classes number of classes, background included; a label of this or more is refused
     */
    public record Labels(MaskCoding coding, int classes) {}

    /** Pictures alone, -1 to 1. */
    public static BatchSettings pictures(final int batchSize, final long seed, final Augmentation augmentation) {
        return new BatchSettings(batchSize, seed, augmentation, -1, 1, Optional.empty());
    }

    /** Pictures and masks, -1 to 1. */
    public static BatchSettings labelled(
            final int batchSize,
            final long seed,
            final Augmentation augmentation,
            final MaskCoding coding,
            final int classes) {
        return new BatchSettings(batchSize, seed, augmentation, -1, 1, Optional.of(new Labels(coding, classes)));
    }
}
