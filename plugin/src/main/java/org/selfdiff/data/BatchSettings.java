package org.selfdiff.data;

import java.util.Optional;

/**
 * How tiles become batches.
 *
 * @param channels 3 for red, green and blue, 1 for grey: the samples of grey pictures as they are, the luminance
 *     (ITU-R BT.601) of others
 * @param batchSize tiles in a batch, at least 1
 * @param seed of order and augmentation
 * @param augmentation random changes
 * @param low value of black, such as -1
 * @param high value of white, such as 1
 * @param labels what masks mean, and the classes, none of which a label may exceed; empty if they are not wanted
 */
public record BatchSettings(
        int channels,
        int batchSize,
        long seed,
        Augmentation augmentation,
        float low,
        float high,
        Optional<ClassLabels> labels) {
    /** Red, green and blue. */
    public static final int COLOUR = 3;

    /** Checks the ranges. */
    public BatchSettings {
        if (channels != 1 && channels != COLOUR || batchSize < 1 || !(low < high)) {
            throw new IllegalArgumentException(
                    channels + " channels, batch of " + batchSize + ", values " + low + " to " + high);
        }
    }

    /** Pictures alone, -1 to 1. */
    public static BatchSettings pictures(final int batchSize, final long seed, final Augmentation augmentation) {
        return new BatchSettings(COLOUR, batchSize, seed, augmentation, -1, 1, Optional.empty());
    }

    /** The same with another number of channels. */
    public BatchSettings withChannels(final int wanted) {
        return new BatchSettings(wanted, batchSize, seed, augmentation, low, high, labels);
    }

    /** Pictures and masks, -1 to 1. */
    public static BatchSettings labelled(
            final int batchSize, final long seed, final Augmentation augmentation, final ClassLabels labels) {
        return new BatchSettings(COLOUR, batchSize, seed, augmentation, -1, 1, Optional.of(labels));
    }
}
