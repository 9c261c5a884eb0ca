package org.selfdiff.stages.segmentation;

import java.util.List;
import org.selfdiff.data.ClassLabels;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.diffseg.DiffSeg;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Cuts tiles into segments.
 *
 * @param attention what the places of a picture look at
 * @param merge how maps are merged
 * @param cache where pixels and masks come from
 * @param workers that merge
 */
record SegmentCutter(AttentionOnDevice attention, Merge merge, PictureCache cache, Workers workers) {

    /** Merges the maps of all places to those of segments. */
    @FunctionalInterface
    interface Merge {
        List<float[]> of(List<float[]> maps, Workers workers, RunControl control) throws RunFailed, RunCancelled;
    }

    Cut cut(final Tile tile, final RunControl control) throws RunFailed, RunCancelled {
        control.checkCancelled();
        final Picture picture = cache.pixels(tile, control);
        final List<float[]> merged = merge.of(attention.maps(picture, workers, control), workers, control);
        return new Cut(tile, picture, DiffSeg.segments(merged, picture.width()), merged);
    }

    LabelMap labels(final Tile tile, final ClassLabels classes, final RunControl control)
            throws RunFailed, RunCancelled {
        final LabelMap labels = cache.labels(tile, classes, control);
        if (labels.max() >= classes.names().size()) {
            throw new RunFailed(
                    "The mask holds the label " + labels.max() + ", but there are "
                            + classes.names().size() + " classes",
                    tile.place(),
                    "Set the names of all classes, or choose that any non-zero pixel of the masks is foreground.");
        }
        return labels;
    }
}
