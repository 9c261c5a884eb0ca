package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Marker SIZ (T.800 A.5.1): the picture and its tiles on the reference grid. The picture covers columns {@code x0} to
 * {@code x1 - 1} and rows {@code y0} to {@code y1 - 1}; tiles are counted from {@code (tileX0, tileY0)}.
 */
record ImageSize(
        int x0,
        int y0,
        int x1,
        int y1,
        int tileX0,
        int tileY0,
        long tileWidth,
        long tileHeight,
        List<Component> components) {

    /** More than colour and opacity has no use here. */
    private static final int MOST_COMPONENTS = 4;

    /**
     * One component.
     *
     * @param bits of a sample, 1 to 16
     * @param signed whether samples are signed
     * @param dx columns of the reference grid to a sample, 1 to 255
     * @param dy rows of the reference grid to a sample, 1 to 255
     */
    record Component(int bits, boolean signed, int dx, int dy) {}

    static ImageSize read(final ByteCursor in, final long maxPixels) throws IOException {
        if ((in.u16() & 0x4000) != 0) {
            throw new IOException("this is high-throughput JPEG 2000 (T.814), which is not supported");
        }
        final long[] n = new long[8];
        for (int i = 0; i < n.length; i++) {
            n[i] = in.u32();
            if (n[i] > Integer.MAX_VALUE && i != 4 && i != 5) {
                throw new IOException("SIZ: a coordinate of " + n[i] + " is beyond 2^31");
            }
        }
        checkSize(n, maxPixels);
        final int count = in.u16();
        if (count < 1 || count > MOST_COMPONENTS) {
            throw new IOException("SIZ: " + count + " components, 1 to " + MOST_COMPONENTS + " are supported");
        }
        final List<Component> components = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            final int depth = in.u8();
            final Component component = new Component((depth & 0x7f) + 1, (depth & 0x80) != 0, in.u8(), in.u8());
            if (component.bits > 16 || component.dx < 1 || component.dy < 1) {
                throw new IOException("SIZ: component " + c + " has " + component.bits + " bits and a sampling of "
                        + component.dx + " x " + component.dy + "; at most 16 bits and at least 1 x 1 are supported");
            }
            components.add(component);
        }
        return new ImageSize(
                (int) n[2],
                (int) n[3],
                (int) n[0],
                (int) n[1],
                (int) n[6],
                (int) n[7],
                n[4],
                n[5],
                List.copyOf(components));
    }

    private static void checkSize(final long[] n, final long maxPixels) throws IOException {
        final long width = n[0] - n[2];
        final long height = n[1] - n[3];
        if (width < 1 || height < 1 || n[4] < 1 || n[5] < 1) {
            throw new IOException(
                    "SIZ: a picture of " + width + " x " + height + " pixels in tiles of " + n[4] + " x " + n[5]);
        }
        if (width > maxPixels / height) {
            throw new IOException(
                    "SIZ: " + width + " x " + height + " pixels are declared, more than the limit of " + maxPixels);
        }
        if (n[6] > n[2] || n[7] > n[3] || n[6] + n[4] <= n[2] || n[7] + n[5] <= n[3]) {
            throw new IOException("SIZ: the first tile does not reach the picture");
        }
    }

    int tileColumns() {
        return (int) ((x1 - tileX0 + tileWidth - 1) / tileWidth);
    }

    int tileRows() {
        return (int) ((y1 - tileY0 + tileHeight - 1) / tileHeight);
    }

    /** The part of the picture that a tile covers (T.800 B-7 to B-10). */
    Area tile(final int index) {
        final int column = index % tileColumns();
        final int row = index / tileColumns();
        return new Area(
                (int) Math.max(tileX0 + column * tileWidth, x0),
                (int) Math.max(tileY0 + row * tileHeight, y0),
                (int) Math.min(tileX0 + (column + 1) * tileWidth, x1),
                (int) Math.min(tileY0 + (row + 1) * tileHeight, y1));
    }

    /** Whether any component has a sample in a tile; at the edge a subsampled one may have none, and its tile be left out. */
    boolean hasSamples(final int index) {
        final Area tile = tile(index);
        return components.stream().anyMatch(c -> !tile.sampled(c.dx, c.dy).isEmpty());
    }

    /** The whole picture. */
    Area area() {
        return new Area(x0, y0, x1, y1);
    }
}
