package org.selfdiff.imaging.tiff;

import java.io.IOException;

/**
 * Blocks as whole numbers: what the file holds, with no meaning given to it.
 *
 * @param layout how the samples lie
 * @param unpacking the compression
 * @param maxPixels most pixels of a block
 */
record RawBlocks(SampleLayout layout, Unpacking unpacking, long maxPixels) {
    private static final long MOST_BYTES_OF_A_PIXEL = 8;

    /** Who decodes. */
    String name() {
        return unpacking == Unpacking.NONE ? "uncompressed" : unpacking.title() + " by SelfDiff";
    }

    /** The bytes of each part without compression and differences. */
    byte[][] unpack(final byte[][] parts, final int width, final int height, final BlockRoom room) throws IOException {
        final long size = layout.rowBytes(width) * height;
        check(size, parts.length);
        final byte[][] planes = new byte[parts.length][];
        for (int p = 0; p < parts.length; p++) {
            planes[p] = unpack(parts[p], (int) size, room);
            if (layout.differences()) {
                Differences.undo(planes[p], layout, width, height);
            }
        }
        return planes;
    }

    /** Unpacks one part to a size that was checked. */
    byte[] unpack(final byte[] part, final int size, final BlockRoom room) throws IOException {
        return unpacking.unpack(layout.reversed() ? reversed(part) : part, size, room);
    }

    /** Refuses blocks that take more memory than the limit of pixels allows. */
    void check(final long size, final int parts) throws IOException {
        if (size > Integer.MAX_VALUE - 8 || size * parts > maxPixels * MOST_BYTES_OF_A_PIXEL) {
            throw new IOException("it holds " + size * parts + " bytes, more than the limit of pixels allows");
        }
        if (layout.planar() ? parts != layout.samples() : parts != 1) {
            throw new IOException("it has " + parts + " planes");
        }
    }

    private static byte[] reversed(final byte[] bytes) {
        final byte[] out = new byte[bytes.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (Integer.reverse(bytes[i]) >>> 24);
        }
        return out;
    }

    /**
     * The samples of a row, pixel by pixel.
     *
     * @param planes unpacked parts
     * @param into {@code width * samples} numbers, as the bits say; those of 32 bits may come out negative
     */
    void row(final byte[][] planes, final int width, final int y, final int[] into) {
        final int step = planes.length;
        for (int p = 0; p < step; p++) {
            final int at = (int) (layout.rowBytes(width) * y);
            final int count = width * layout.samplesOfPart();
            switch (layout.bits()) {
                case 8 -> bytes(planes[p], at, count, into, p, step);
                case 16, 32 -> words(planes[p], at, count, into, p, step);
                default -> bits(planes[p], at, count, into, p, step);
            }
        }
    }

    private static void bytes(
            final byte[] plane, final int at, final int count, final int[] into, final int first, final int step) {
        for (int i = 0; i < count; i++) {
            into[first + step * i] = plane[at + i] & 0xff;
        }
    }

    private void words(
            final byte[] plane, final int at, final int count, final int[] into, final int first, final int step) {
        for (int i = 0; i < count; i++) {
            into[first + step * i] = layout.bits() == 16
                    ? Differences.word(plane, at + 2 * i, layout.order())
                    : Differences.wide(plane, at + 4 * i, layout.order());
        }
    }

    /**
     * One sample of a pixel; a number of 32 bits may come out negative.
     *
     * @param plane the part that holds it
     * @param sample which one of those that lie in that part
     */
    int sample(final byte[] plane, final int width, final int x, final int y, final int sample) {
        final int at = (int) (layout.rowBytes(width) * y);
        final int index = x * layout.samplesOfPart() + sample;
        return switch (layout.bits()) {
            case 8 -> plane[at + index] & 0xff;
            case 16 -> Differences.word(plane, at + 2 * index, layout.order());
            case 32 -> Differences.wide(plane, at + 4 * index, layout.order());
            default -> bits(plane, at, index);
        };
    }

    private int bits(final byte[] plane, final int at, final int sample) {
        final int bit = sample * layout.bits();
        return plane[at + (bit >> 3)] >> 8 - layout.bits() - (bit & 7) & (1 << layout.bits()) - 1;
    }

    private void bits(
            final byte[] plane, final int at, final int count, final int[] into, final int first, final int step) {
        for (int i = 0; i < count; i++) {
            into[first + step * i] = bits(plane, at, i);
        }
    }
}
