package org.selfdiff.stages.segmentation;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * The segments of labelled pictures with their classes. A segment of another picture is of the class of that which it
 * resembles most: whose grey or colour, spread of it, and place in the picture are nearest.
 *
 * @param looks of the labelled segments
 * @param classes of the labelled segments
 */
record SegmentNames(List<double[]> looks, List<Integer> classes) {

    /** Cuts the labelled pictures and finds out what their segments are. */
    static SegmentNames learn(
            final SegmentZeroShot.Naming.Labelled naming, final SegmentCutter cutter, final RunControl control)
            throws RunFailed, RunCancelled {
        final SegmentNames names = new SegmentNames(new ArrayList<>(), new ArrayList<>());
        final int count = naming.labelled().size();
        final Pace pace = new Pace("labelled tiles", 0, count);
        for (int i = 0; i < count; i++) {
            control.progress((double) i / count, pace.line(i));
            names.add(naming, naming.labelled().get(i), cutter, control.part((double) i / count, (i + 1.0) / count));
        }
        names.warnOfUnseen(naming.classes().names(), control);
        return names;
    }

    private void add(
            final SegmentZeroShot.Naming.Labelled naming,
            final LabelledTile labelled,
            final SegmentCutter cutter,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final Cut cut = cutter.cut(labelled.tile(), control.part(0, 0));
        final boolean pointed = !labelled.points().isEmpty();
        if (!pointed && labelled.tile().mask().isEmpty()) {
            throw new RunFailed(
                    "The labelled tile has no mask",
                    labelled.tile().place(),
                    "Give it a mask, or leave it out of the table on port \"Labels\".");
        }
        // a segment with no point in it says nothing; one that got no class of its own in one-to-one is background
        final int[] own = pointed
                ? SegmentRule.MAJORITY.classes(
                        cut.counts(labelled.points(), naming.classes().names().size()))
                : naming.rule()
                        .classes(cut.counts(
                                cutter.labels(labelled.tile(), naming.classes(), control), naming.classes()));
        final List<double[]> seen = SegmentLook.of(cut);
        for (int segment = 0; segment < own.length; segment++) {
            if (own[segment] >= 0 && !Double.isNaN(seen.get(segment)[0])) {
                looks.add(seen.get(segment));
                classes.add(own[segment]);
            }
        }
    }

    private void warnOfUnseen(final List<String> names, final RunControl control) {
        for (int c = 0; c < names.size(); c++) {
            if (!classes.contains(c)) {
                control.warn("No segment of the labelled tiles is mostly \"" + names.get(c)
                        + "\", so that nothing is called so. Label more tiles, or lower the merge threshold.");
            }
        }
    }

    /** The classes of the segments of a picture. */
    int[] of(final Cut cut) {
        final List<double[]> seen = SegmentLook.of(cut);
        final int[] named = new int[seen.size()];
        for (int segment = 0; segment < named.length; segment++) {
            double least = Double.POSITIVE_INFINITY;
            for (int other = 0; other < looks.size(); other++) {
                final double distance = SegmentLook.squaredDistance(seen.get(segment), looks.get(other));
                if (distance < least) {
                    least = distance;
                    named[segment] = classes.get(other);
                }
            }
        }
        return named;
    }
}
