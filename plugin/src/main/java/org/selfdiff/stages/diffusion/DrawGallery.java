package org.selfdiff.stages.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.draw.Montage;
import org.selfdiff.imaging.grid.AreaAverage;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Draws pictures beside each other, one row for each source, so that eyes can judge what scores say. */
public final class DrawGallery {
    /** Pictures are shown with about this side. */
    private static final int SIDE = 128;

    private DrawGallery() {}

    /**
     * A column of the gallery.
     *
     * @param caption what it shows
     * @param tiles one for each row
     */
    public record Column(String caption, List<Tile> tiles) {

        /** Copies the list. */
        public Column {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * Draws it.
     *
     * @param columns at least one, all with as many tiles
     * @throws RunFailed if a picture cannot be read
     */
    public static Picture of(final List<Column> columns, final RunControl control) throws RunFailed, RunCancelled {
        final List<Picture> pictures = new ArrayList<>();
        final List<String> captions = new ArrayList<>();
        int largest = 1;
        try (PictureCache cache = PictureCache.standard()) {
            for (int row = 0; row < columns.get(0).tiles().size(); row++) {
                for (final Column column : columns) {
                    final Picture picture = cache.pixels(column.tiles().get(row), control);
                    final double factor = Math.max(picture.width(), picture.height()) / (double) SIDE;
                    pictures.add(factor > 1 ? AreaAverage.shrink(picture, factor) : picture);
                    captions.add(row == 0 ? column.caption() : "");
                    largest =
                            Math.max(largest, pictures.get(pictures.size() - 1).width());
                }
            }
        }
        return Montage.grid(pictures, captions, columns.size(), Math.max(1, SIDE / largest));
    }
}
