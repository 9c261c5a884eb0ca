package org.selfdiff.imaging.tiff.write;

import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunFailed;

/** Where the pixels of an image come from, rectangle by rectangle. May be asked by several threads at once. */
@FunctionalInterface
public interface BlockSource {
    /** The key of a block that is like no other. */
    long UNIQUE = -1;

    /**
     * The samples of a rectangle that lies wholly in the image.
     *
     * @return as {@link PixelType} says, row by row; {@code null} if nothing is stored for it (a block of 0 bytes)
     */
    byte[] samples(int x, int y, int width, int height) throws RunFailed, RunCancelled;

    /**
     * Says which blocks are equal: those with the same key are asked for once and stored once, and the image refers to them
     * several times.
     *
     * @return 0 or more, or {@link #UNIQUE}
     */
    default long key(final int x, final int y, final int width, final int height) {
        return UNIQUE;
    }

    /** A picture as {@link PixelType#RGB8}. */
    static BlockSource of(final Picture picture) {
        return (x, y, w, h) -> picture.region(x, y, w, h).rgb();
    }

    /** Labels as {@link PixelType#GREY8} or {@link PixelType#GREY16}. */
    static BlockSource of(final LabelMap map, final PixelType pixel) {
        return (x, y, w, h) -> {
            final int[] labels = map.region(x, y, w, h).labels();
            final byte[] out = new byte[labels.length * pixel.bytes()];
            for (int i = 0; i < labels.length; i++) {
                if (pixel == PixelType.GREY16) {
                    out[2 * i] = (byte) (labels[i] >> 8);
                    out[2 * i + 1] = (byte) labels[i];
                } else {
                    out[i] = (byte) labels[i];
                }
            }
            return out;
        };
    }
}
