package org.selfdiff.imaging.slide;

import java.util.Objects;
import org.selfdiff.imaging.Picture;

/**
 * A decoded picture as a source of one level.
 *
 * @param mpp micrometres along the side of a pixel, {@code NaN} if unknown
 */
record FlatPicture(String name, About about, double mpp, Picture picture) implements OneLevel {

    @Override
    public int width() {
        return picture.width();
    }

    @Override
    public int height() {
        return picture.height();
    }

    @Override
    public void read(final int level, final long x, final long y, final int width, final int height, final byte[] rgb) {
        Objects.checkIndex(level, 1);
        picture.read(x, y, width, height, rgb);
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
