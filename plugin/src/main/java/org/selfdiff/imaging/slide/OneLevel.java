package org.selfdiff.imaging.slide;

import java.util.Objects;
import org.selfdiff.imaging.PictureSource;

/** A picture that has one level. */
interface OneLevel extends PictureSource {
    /** In pixels. */
    int width();

    /** In pixels. */
    int height();

    /** Micrometres along the side of a pixel, {@code NaN} if unknown. */
    double mpp();

    @Override
    default int levels() {
        return 1;
    }

    @Override
    default Level level(final int index) {
        Objects.checkIndex(index, 1);
        return new Level(width(), height(), 1, mpp());
    }
}
