package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.util.Objects;
import org.selfdiff.imaging.Picture;
import org.selfdiff.run.RunFailed;

/** A picture of one level whose pixels lie unpacked in a file: a rectangle reads its own bytes and no others. */
interface DiskPicture extends OneLevel {
    /** Reads a rectangle that lies inside of the picture. */
    Picture inside(int x, int y, int width, int height) throws IOException;

    /** What the user is told when the file cannot be read any more. */
    RunFailed unreadable(IOException e);

    @Override
    default Picture region(final int level, final long x, final long y, final int width, final int height)
            throws RunFailed {
        Objects.checkIndex(level, 1);
        try {
            return Reflected.region(width(), height(), x, y, width, height, this::inside);
        } catch (final IOException e) {
            throw unreadable(e);
        }
    }
}
