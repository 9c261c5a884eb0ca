package org.selfdiff.stages.segmentation;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.data.ClassLabels;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.run.RunFailed;

/**
 * A tile cut into segments.
 *
 * @param tile what was cut
 * @param picture its pixels
 * @param segments number of the segment of every pixel, from 0
 * @param maps what the places of each segment look at, of sum 1
 */
record Cut(Tile tile, Picture picture, int[] segments, List<float[]> maps) {

    int count() {
        return maps.size();
    }

    /** The segments' numbers, from 1. */
    LabelMap numbered() {
        return map(Arrays.stream(segments).map(s -> s + 1).toArray());
    }

    /** The classes of the pixels, given those of the segments. */
    LabelMap named(final int[] classes) {
        // a segment without pixels has no class, and is nowhere
        return map(Arrays.stream(segments).map(s -> Math.max(0, classes[s])).toArray());
    }

    private LabelMap map(final int[] values) {
        return new LabelMap(picture.width(), picture.height(), values);
    }

    /** Pixels of each segment (row) in each class (column). */
    long[][] counts(final LabelMap labels, final ClassLabels classes) {
        final long[][] counts = new long[count()][classes.names().size()];
        for (int i = 0; i < segments.length; i++) {
            counts[segments[i]][labels.labels()[i]]++;
        }
        return counts;
    }

    /** Points of each segment (row) in each class (column). */
    long[][] counts(final List<LabelledTile.Point> points, final int classes) throws RunFailed {
        final long[][] counts = new long[count()][classes];
        for (final LabelledTile.Point point : points) {
            final double downsample = tile.area().downsample();
            final int x = (int) Math.floor((point.x() - tile.x()) / downsample);
            final int y = (int) Math.floor((point.y() - tile.y()) / downsample);
            if (x < 0 || y < 0 || x >= picture.width() || y >= picture.height()) {
                throw new RunFailed(
                        "The point (" + point.x() + ", " + point.y() + ") lies outside of its tile",
                        tile.place(),
                        "Give points within the tiles, in pixels of the picture at its finest.");
            }
            counts[segments[y * picture.width() + x]][point.category()]++;
        }
        return counts;
    }
}
