package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.function.IntFunction;

/** Puts tiles together to interleaved samples of eight bits. */
final class PictureAssembly {
    private final Area area;

    private final int components;

    private final int[] bits;

    private final byte[] samples;

    private final boolean transformed;

    /** @param room gives the array for the samples, of at least that length; every byte that is needed is written */
    PictureAssembly(final Codestream codestream, final int discard, final IntFunction<byte[]> room) throws IOException {
        final ImageSize size = codestream.size();
        area = size.area().halved(discard);
        components = size.components().size();
        bits = size.components().stream().mapToInt(ImageSize.Component::bits).toArray();
        final long bytes = (long) area.width() * area.height() * components;
        if (bytes > Integer.MAX_VALUE - 8 || bytes == 0) {
            throw new IOException(area.width() + " x " + area.height() + " pixels of " + components
                    + " components do not fit into an array, or there are none");
        }
        samples = room.apply((int) bytes);
        transformed = codestream.isTransformed();
    }

    static boolean isSubsampled(final ImageSize size) {
        return size.components().stream().anyMatch(c -> c.dx() > 1 || c.dy() > 1);
    }

    /** What the picture covers. */
    Area area() {
        return area;
    }

    /** Adds the rows that are needed of a tile whose components all have a sample for each pixel. */
    void add(final TileSamples tile, final Area part) {
        final Area place = tile.area(0);
        final int[] row = new int[place.width()];
        final int end = Math.min(place.y1(), part.y1()) - place.y0();
        for (int y = Math.max(0, part.y0() - place.y0()); y < end && row.length > 0; y++) {
            final int to = (place.y0() - area.y0() + y) * area.width() + place.x0() - area.x0();
            tile.finish(y);
            for (int c = 0; c < components; c++) {
                if (bits[c] == 8) {
                    tile.row(c, y, samples, to * components + c, components);
                } else {
                    tile.row(c, y, row);
                    put(row, row.length, bits[c], to * components + c);
                }
            }
        }
    }

    private void put(final int[] row, final int count, final int depth, final int start) {
        final int most = (1 << depth) - 1;
        int to = start;
        for (int x = 0; x < count; x++, to += components) {
            samples[to] = (byte) ((row[x] * 255 + most / 2) / most);
        }
    }

    Jpeg2000Picture picture() {
        return new Jpeg2000Picture(area.width(), area.height(), components, bits[0], samples, transformed);
    }

    /** Repeats the samples of subsampled components over the pixels they stand for. */
    static Jpeg2000Picture picture(
            final Codestream codestream, final int discard, final Jpeg2000Planes planes, final IntFunction<byte[]> room)
            throws IOException {
        final PictureAssembly all = new PictureAssembly(codestream, discard, room);
        final int[] row = new int[all.area.width()];
        for (int c = 0; c < all.components; c++) {
            final ImageSize.Component component = codestream.size().components().get(c);
            final Jpeg2000Planes.Plane plane = planes.planes()[c];
            final Area own = codestream
                    .size()
                    .area()
                    .sampled(component.dx(), component.dy())
                    .halved(discard);
            final int middle = plane.signed() ? 1 << plane.bits() - 1 : 0;
            for (int y = 0; y < all.area.height(); y++) {
                final int from = nearest(all.area.y0() + y, component.dy(), own.y0(), own.height()) * own.width();
                for (int x = 0; x < row.length; x++) {
                    final int i = nearest(all.area.x0() + x, component.dx(), own.x0(), own.width());
                    row[x] = plane.samples()[from + i] + middle;
                }
                all.put(row, row.length, plane.bits(), y * row.length * all.components + c);
            }
        }
        return all.picture();
    }

    /** Index of the sample that stands for a column or row of the picture. */
    private static int nearest(final int position, final int step, final int first, final int count) {
        return Math.min(Math.max(position / step - first, 0), count - 1);
    }
}
