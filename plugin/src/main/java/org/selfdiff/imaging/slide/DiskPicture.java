package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.util.Objects;
import org.selfdiff.imaging.Reflected;
import org.selfdiff.run.RunFailed;

/** A picture of one level whose pixels lie unpacked in a file: a rectangle reads its own bytes and no others. */
interface DiskPicture extends OneLevel {
    /**
     * Reads a rectangle that lies inside of the picture.
     *
     * @param rgb gets {@code 3 * width * height} samples from its start
     */
    void inside(int x, int y, int width, int height, byte[] rgb) throws IOException;

    /** What the user is told when the file cannot be read any more. */
    RunFailed unreadable(IOException e);

    @Override
    default void read(final int level, final long x, final long y, final int width, final int height, final byte[] rgb)
            throws RunFailed {
        Objects.checkIndex(level, 1);
        try {
            Reflected.read(
                    width(),
                    height(),
                    x,
                    y,
                    width,
                    height,
                    rgb,
                    (left, top, w, h, part) -> inside((int) left, (int) top, w, h, part));
        } catch (final IOException e) {
            throw unreadable(e);
        }
    }
}
