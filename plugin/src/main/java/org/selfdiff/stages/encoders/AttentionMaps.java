package org.selfdiff.stages.encoders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.draw.Canvas;
import org.selfdiff.imaging.draw.ColourMap;
import org.selfdiff.imaging.draw.Colours;
import org.selfdiff.imaging.draw.Montage;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.RunFailed;

/**
 * Pictures of what a vision transformer looks at (Caron et al., arXiv 2104.14294, figure 1): how much the class token
 * attends to each patch in the last block, as colours over the tile, from the least attended patch to the most attended.
 *
 * @param folder where the pictures go
 * @param each whether each head has a picture of its own, side by side in one file; else the mean of all heads is drawn
 */
public record AttentionMaps(Path folder, boolean each) {
    private static final double STRENGTH = 0.6;

    /**
     * The file of a tile.
     *
     * @param index of the tile in its table, from 0, which keeps names apart
     */
    public Path file(final int index, final Tile tile) {
        final String name = tile.image().getFileName().toString();
        final int dot = name.lastIndexOf('.');
        return folder.resolve(String.format(
                Locale.ROOT,
                "%06d_%s_%d_%d.png",
                index + 1,
                dot > 0 ? name.substring(0, dot) : name,
                tile.x(),
                tile.y()));
    }

    /**
     * Writes a tile's picture.
     *
     * @param heads attention of each head to the patches, in reading order; the patches make a square
     * @throws RunFailed when it cannot be written
     */
    void write(final int index, final Tile tile, final Picture picture, final float[][] heads) throws RunFailed {
        AtomicFile.write(file(index, tile), PngEncoder.picture(draw(picture, heads)));
    }

    Picture draw(final Picture picture, final float[][] heads) {
        if (!each) {
            return over(picture, mean(heads));
        }
        final List<Picture> pictures = new ArrayList<>();
        for (final float[] head : heads) {
            pictures.add(over(picture, head));
        }
        return Montage.grid(pictures, pictures.size(), 1);
    }

    private static float[] mean(final float[][] heads) {
        final float[] mean = new float[heads[0].length];
        for (final float[] head : heads) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += head[i] / heads.length;
            }
        }
        return mean;
    }

    /** Between the middles of patches, numbers change linearly. */
    private static Picture over(final Picture picture, final float[] values) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (final float value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        final int side = (int) Math.round(Math.sqrt(values.length));
        final Canvas canvas = new Canvas(picture.width(), picture.height(), Colours.WHITE);
        canvas.picture(picture, 0, 0, 1);
        for (int y = 0; y < picture.height(); y++) {
            final double row = place(y, picture.height(), side);
            for (int x = 0; x < picture.width(); x++) {
                final double value = between(values, side, row, place(x, picture.width(), side));
                final double share = most > least ? (value - least) / (most - least) : 0;
                canvas.blend(x, y, ColourMap.INFERNO.at(share), STRENGTH);
            }
        }
        return canvas.toPicture();
    }

    /** Where a pixel lies among the middles of the patches, from 0 to the last one. */
    private static double place(final int pixel, final int pixels, final int patches) {
        return Math.max(0, Math.min(patches - 1, (pixel + 0.5) * patches / pixels - 0.5));
    }

    private static double between(final float[] values, final int side, final double row, final double column) {
        final int top = (int) row;
        final int left = (int) column;
        final int bottom = Math.min(side - 1, top + 1);
        final int right = Math.min(side - 1, left + 1);
        final double upper = mixed(values[top * side + left], values[top * side + right], column - left);
        final double lower = mixed(values[bottom * side + left], values[bottom * side + right], column - left);
        return mixed(upper, lower, row - top);
    }

    private static double mixed(final double a, final double b, final double share) {
        return a + (b - a) * share;
    }
}
