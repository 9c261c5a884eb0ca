package org.selfdiff.imaging.slide;

import java.util.Objects;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;

/**
 * A decoded picture as a source of one level.
 *
 * @param mpp micrometres along the side of a pixel, {@code NaN} if unknown
 */
record FlatPicture(String name, About about, double mpp, Picture picture) implements PictureSource {

    @Override
    public int levels() {
        return 1;
    }

    @Override
    public Level level(final int index) {
        Objects.checkIndex(index, 1);
        return new Level(picture.width(), picture.height(), 1, mpp);
    }

    @Override
    public Picture region(final int level, final long x, final long y, final int width, final int height) {
        Objects.checkIndex(level, 1);
        return picture.region(Math.toIntExact(x), Math.toIntExact(y), width, height);
    }

    @Override
    public long bytes() {
        return picture.rgb().length;
    }

    @Override
    public void close() {
        // nothing is held but memory
    }
}
