package org.selfdiff.stages.segmentation;

import java.util.Arrays;
import org.selfdiff.diffusion.diffseg.ClusterMatching;

/** Which segment of a labelled picture is which class. */
public enum SegmentRule {
    /** The class of most of its pixels, each segment by itself: two lungs may be two segments. */
    MAJORITY,
    /**
     * One segment for each class, so that the sum of their intersections over unions is largest (Hungarian method); the
     * others are background. As DiffSeg is scored.
     */
    ONE_TO_ONE;

    /**
     * The classes of segments.
     *
     * @param counts pixels of a segment (row) in a class (column), the background first
     */
    int[] classes(final long[][] counts) {
        if (this == MAJORITY) {
            return ClusterMatching.majority(counts);
        }
        return Arrays.stream(ClusterMatching.hungarian(ClusterMatching.intersectionOverUnion(counts)))
                .map(c -> Math.max(0, c))
                .toArray();
    }
}
