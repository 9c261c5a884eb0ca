package org.selfdiff.stages.compute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;

/** Pictures of purple discs on pink, each with its mask: something that can be learnt in seconds. */
public final class DiscTiles {
    private DiscTiles() {}

    /** Whether a pixel lies in the disc of a picture. */
    private static boolean inside(final int index, final int x, final int y, final int side) {
        final double cx = side * (0.35 + 0.3 * (index % 3) / 2);
        final double cy = side * (0.35 + 0.3 * (index / 3 % 3) / 2);
        final double radius = side * 0.25;
        return Math.hypot(x + 0.5 - cx, y + 0.5 - cy) < radius;
    }

    /** The picture with a number. */
    public static Picture picture(final int index, final int side) {
        final byte[] rgb = new byte[3 * side * side];
        for (int i = 0; i < side * side; i++) {
            final boolean in = inside(index, i % side, i / side, side);
            rgb[3 * i] = (byte) (in ? 90 : 235);
            rgb[3 * i + 1] = (byte) (in ? 50 : 180);
            rgb[3 * i + 2] = (byte) (in ? 140 : 210);
        }
        return new Picture(side, side, rgb);
    }

    /** Its mask. */
    public static LabelMap mask(final int index, final int side) {
        final int[] labels = new int[side * side];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = inside(index, i % side, i / side, side) ? 1 : 0;
        }
        return new LabelMap(side, side, labels);
    }

    /** Writes pictures and masks, one tile each, each a group of its own. */
    public static List<Tile> write(final Path folder, final int count, final int side) throws IOException {
        final List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Path image = folder.resolve("disc" + i + ".png");
            final Path mask = folder.resolve("disc" + i + "_mask.png");
            Files.write(image, PngEncoder.picture(picture(i, side)));
            Files.write(mask, PngEncoder.labels(mask(i, side)));
            tiles.add(Tile.of(image, Optional.of(mask), 0, 0, side, side, 0.5, "disc" + i));
        }
        return tiles;
    }
}
