package org.selfdiff.stages.segmentation;

import java.util.List;
import org.selfdiff.data.Tile;

/**
 * A tile of which it is known what is in it: by its mask, or by a few points.
 *
 * @param tile where
 * @param points what is known of single pixels; none where the mask says all
 */
public record LabelledTile(Tile tile, List<Point> points) {

    /**
     * What is at a pixel.
     *
     * @param x column of the picture at its finest
     * @param y row of the picture at its finest
     * @param category place among the classes, the background is 0
     */
    public record Point(double x, double y, int category) {}

    /** Copies the list. */
    public LabelledTile {
        points = List.copyOf(points);
    }
}
