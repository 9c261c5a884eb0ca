package org.selfdiff.imaging;

import java.util.List;
import org.selfdiff.run.RunFailed;

/**
 * Something that pixels are read from in rectangles: a plain picture has one level, a slide a pyramid of them. Level 0
 * is the finest. Implementations may be used by several threads at once and decode no more than a rectangle needs.
 */
public interface PictureSource extends AutoCloseable {

    /**
     * One level of the pyramid.
     *
     * @param width in pixels of this level
     * @param height in pixels of this level
     * @param downsample how many pixels of level 0 one pixel of this level covers along a side, 1 for level 0
     * @param mpp micrometres along the side of a pixel, {@code NaN} if the file does not say
     */
    record Level(long width, long height, double downsample, double mpp) {}

    /**
     * What the file says of itself, for reports.
     *
     * @param format name of the format, such as {@code Aperio SVS} or {@code PNG}
     * @param magnification of the objective, such as 20 or 40, {@code NaN} if the file does not say
     * @param decoder who decodes the pixels of level 0, such as {@code JPEG by the JDK}
     * @param remarks what the file holds or says that is not followed, sentences without a stop; empty if nothing
     */
    record About(String format, double magnification, String decoder, List<String> remarks) {

        /** Copies the list. */
        public About {
            remarks = List.copyOf(remarks);
        }

        /** Without remarks. */
        public About(final String format, final double magnification, final String decoder) {
            this(format, magnification, decoder, List.of());
        }

        /** The same with some remarks. */
        public About remarking(final List<String> more) {
            return new About(format, magnification, decoder, more);
        }
    }

    /**
     * Blocks of a level that the file leaves out, and that are read as white: glass that a scanner saved nothing of, or
     * damage.
     *
     * @param blocks how many are left out
     * @param all how many the level has
     */
    record Absent(long blocks, long all) {}

    /** What messages call it: the path of the file. */
    String name();

    /** What the file says of itself. */
    About about();

    /** How many levels there are, at least 1. */
    int levels();

    /** A level, 0 to {@code levels() - 1}. */
    Level level(int index);

    /**
     * Reads a rectangle of a level into an array that the caller keeps: large arrays made anew for each rectangle keep
     * Java's collector busier than anything else. What lies outside of the level is its reflection.
     *
     * @param level 0 to {@code levels() - 1}
     * @param x left column in pixels of that level, may be negative
     * @param y upper row in pixels of that level, may be negative
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     * @param rgb gets {@code 3 * width * height} samples from its start, red, green, blue, interleaved, row by row
     * @throws RunFailed if the file cannot be read there
     */
    void read(int level, long x, long y, int width, int height, byte[] rgb) throws RunFailed;

    /**
     * Reads a rectangle of a level as {@link #read}, into a picture of its own.
     *
     * @throws RunFailed if the file cannot be read there, or an array cannot hold so many pixels
     */
    default Picture region(final int level, final long x, final long y, final int width, final int height)
            throws RunFailed {
        final byte[] rgb = new byte[samples(width, height)];
        read(level, x, y, width, height, rgb);
        return new Picture(width, height, rgb);
    }

    /**
     * Length of the array for a rectangle.
     *
     * @param width in pixels
     * @param height in pixels
     * @return {@code 3 * width * height}
     * @throws RunFailed naming the slide, if a side is below 1 or an array cannot hold so many
     */
    default int samples(final long width, final long height) throws RunFailed {
        if (width < 1 || height < 1 || width > (Integer.MAX_VALUE - 8) / 3 / height) {
            throw new RunFailed(
                    "A rectangle of " + width + " x " + height + " pixels does not fit the memory of one picture",
                    name(),
                    "Choose smaller tiles, or pixels that are less coarse.");
        }
        return (int) (3 * width * height);
    }

    /** What the file leaves out of a level, 0 to {@code levels() - 1}. */
    default Absent absent(final int level) {
        return new Absent(0, 1);
    }

    /** Memory that it holds for as long as it is open, in bytes, shared caches not counted. */
    default long bytes() {
        return 0;
    }

    /** Releases the file. */
    @Override
    void close();
}
