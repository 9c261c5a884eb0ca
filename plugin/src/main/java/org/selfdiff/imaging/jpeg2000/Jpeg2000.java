package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.function.IntFunction;

/**
 * Decodes JPEG 2000 (T.800): bare codestreams, as slides hold them, and JP2 files. Everything of Part 1 but packed
 * packet headers (PPM, PPT), more than four components and more than 16 bits. A codestream that is cut off is an error;
 * only the end marker may be missing.
 */
public final class Jpeg2000 {
    private static final Area EVERYTHING = new Area(0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private Jpeg2000() {}

    /**
     * How to decode.
     *
     * @param maxPixels most pixels that the picture may declare
     * @param discard finest resolutions to leave out; each halves width and height
     * @param where the picture, for messages
     * @param part what is needed of the picture at that resolution; other samples are arbitrary
     */
    public record Request(long maxPixels, int discard, String where, Part part) {
        /** A request for the whole picture. */
        public Request(final long maxPixels, final int discard, final String where) {
            this(maxPixels, discard, where, new Part(0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE));
        }
    }

    /**
     * A rectangle of the picture, which may reach past it.
     *
     * @param x left column, at least 0
     * @param y upper row, at least 0
     * @param width in pixels
     * @param height in pixels
     */
    public record Part(int x, int y, int width, int height) {
        /** The rectangle in the coordinates of the area that the picture covers. */
        Area in(final Area picture) {
            return new Area(
                    picture.x0() + x,
                    picture.y0() + y,
                    picture.x0() + x + Math.min(width, picture.width() - x),
                    picture.y0() + y + Math.min(height, picture.height() - y));
        }
    }

    /**
     * Decodes to eight bits a sample.
     *
     * @param data holds the codestream or JP2 file from {@code offset} on
     * @param maxPixels most pixels that the picture may declare
     * @param where the picture, for messages
     * @throws IOException if it is damaged, cut off, too large or of an unsupported kind; the message begins with {@code
     *     where}
     */
    public static Jpeg2000Picture decode(
            final byte[] data, final int offset, final int length, final long maxPixels, final String where)
            throws IOException {
        return decode(data, offset, length, new Request(maxPixels, 0, where), new Jpeg2000Workspace(), byte[]::new);
    }

    /**
     * The same with a choice of resolution and part, and with buffers that are used again.
     *
     * @param room gives the array for the samples, of at least that length, with arbitrary content
     */
    public static Jpeg2000Picture decode(
            final byte[] data,
            final int offset,
            final int length,
            final Request request,
            final Jpeg2000Workspace workspace,
            final IntFunction<byte[]> room)
            throws IOException {
        try {
            final Codestream codestream = codestream(data, offset, length, request);
            if (PictureAssembly.isSubsampled(codestream.size())) {
                final Jpeg2000Planes planes = planes(codestream, request, workspace);
                return PictureAssembly.picture(codestream, request.discard, planes, room);
            }
            final PictureAssembly assembly = new PictureAssembly(codestream, request.discard, room);
            final Area part = request.part.in(assembly.area());
            final TileDecoder decoder = new TileDecoder(codestream.size(), request.discard, workspace);
            for (final Codestream.TileStream tile : codestream.tiles()) {
                assembly.add(decoder.decode(tile, part), part);
            }
            return assembly.picture();
        } catch (final IOException e) {
            throw new IOException(request.where + ": JPEG 2000: " + e.getMessage(), e);
        }
    }

    /** Decodes to the exact samples of each component. */
    public static Jpeg2000Planes planes(
            final byte[] data,
            final int offset,
            final int length,
            final Request request,
            final Jpeg2000Workspace workspace)
            throws IOException {
        try {
            return planes(codestream(data, offset, length, request), request, workspace);
        } catch (final IOException e) {
            throw new IOException(request.where + ": JPEG 2000: " + e.getMessage(), e);
        }
    }

    private static Codestream codestream(final byte[] data, final int offset, final int length, final Request request)
            throws IOException {
        if (request.discard < 0 || request.discard > 32) {
            throw new IOException("0 to 32 resolutions can be left out, not " + request.discard);
        }
        final ByteCursor in = new ByteCursor(data, offset, offset + length, "the data");
        return CodestreamReader.read(Jp2Boxes.codestream(in), request.maxPixels);
    }

    private static Jpeg2000Planes planes(
            final Codestream codestream, final Request request, final Jpeg2000Workspace workspace) throws IOException {
        final PlaneAssembly assembly = new PlaneAssembly(codestream, request.discard);
        final TileDecoder decoder = new TileDecoder(codestream.size(), request.discard, workspace);
        for (final Codestream.TileStream tile : codestream.tiles()) {
            assembly.add(decoder.decode(tile, EVERYTHING));
        }
        return assembly.planes();
    }
}
