package org.selfdiff.imaging.jpeg2000;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the headers of a codestream and finds the packets of its tiles (T.800 Annex A). */
final class CodestreamReader {
    private static final int SOC = 0xff4f;

    private static final int SIZ = 0xff51;

    private static final int SOT = 0xff90;

    private static final int SOD = 0xff93;

    private static final int EOC = 0xffd9;

    /** Bytes of the shortest tile-part: SOT and SOD. */
    private static final int SHORTEST_PART = 14;

    /** A tile while its parts are read. */
    private static final class Parts {
        private final CodingScope coding;

        /** Start and end of each part's packets. */
        private final List<int[]> spans = new ArrayList<>();

        Parts(final CodingScope coding) {
            this.coding = coding;
        }
    }

    private final ByteCursor in;

    private ImageSize size;

    private CodingScope main;

    private Parts[] tiles;

    private CodestreamReader(final ByteCursor in) {
        this.in = in;
    }

    /**
     * Reads all headers.
     *
     * @param maxPixels most pixels that the picture may declare
     * @throws IOException if a header is damaged or asks for what is not supported, or a tile is missing
     */
    static Codestream read(final ByteCursor in, final long maxPixels) throws IOException {
        final CodestreamReader reader = new CodestreamReader(in);
        reader.mainHeader(maxPixels);
        while (reader.tilePart()) {
            // one after the other
        }
        return reader.codestream();
    }

    private void mainHeader(final long maxPixels) throws IOException {
        if (in.u16() != SOC || in.u16() != SIZ) {
            throw new IOException("this is not a JPEG 2000 codestream (it does not begin with SOC and SIZ)");
        }
        size = ImageSize.read(segment("SIZ"), maxPixels);
        final long count = (long) size.tileColumns() * size.tileRows();
        if (count > 65535 || count * SHORTEST_PART > in.left()) {
            throw new EOFException(count + " tiles are declared, more than " + in.left() + " bytes can hold");
        }
        tiles = new Parts[(int) count];
        main = new CodingScope(null, size.components().size());
        int marker = in.u16();
        for (; marker != SOT; marker = in.u16()) {
            header(marker, main);
        }
        in.moveTo(in.at() - 2);
    }

    private ByteCursor segment(final String name) throws IOException {
        return in.part(in.u16() - 2, name);
    }

    /** Reads a marker segment of a main or tile-part header. */
    private void header(final int marker, final CodingScope scope) throws IOException {
        if (marker >= 0xff30 && marker <= 0xff3f) {
            return; // these have no content
        }
        if (marker < 0xff01 || marker == SOC || marker == SIZ || marker == EOC || marker == SOD) {
            throw new IOException(String.format(Locale.ROOT, "a marker %04x within a header", marker));
        }
        final ByteCursor content = segment(String.format(Locale.ROOT, "marker %04x", marker));
        switch (marker) {
            case 0xff50 -> throw new IOException("extended capabilities (CAP, high-throughput) are not supported");
            case 0xff52 -> scope.readStyle(content);
            case 0xff53 -> scope.readComponentStyle(content);
            case 0xff5c -> scope.readQuantization(content);
            case 0xff5d -> scope.readComponentQuantization(content);
            case 0xff5e -> scope.readRegion(content);
            case 0xff5f -> scope.readProgressions(content);
            case 0xff60, 0xff61 -> throw new IOException("packed packet headers (PPM, PPT) are not supported");
            default -> {
                // comments, lengths and registration do not change the samples
            }
        }
    }

    /** Reads one tile-part; false when there is none. A missing end marker does no harm. */
    private boolean tilePart() throws IOException {
        if (in.left() < 2) {
            return false;
        }
        final int start = in.at();
        final int marker = in.u16();
        if (marker == EOC) {
            return false;
        } else if (marker != SOT) {
            throw new IOException(String.format(Locale.ROOT, "a marker %04x between tile-parts", marker));
        }
        final ByteCursor content = segment("SOT");
        final int index = content.u16();
        final long length = content.u32();
        if (index >= tiles.length) {
            throw new IOException("a part of tile " + index + ", there are " + tiles.length);
        }
        if (tiles[index] == null) {
            tiles[index] = new Parts(new CodingScope(main, size.components().size()));
        }
        for (int m = in.u16(); m != SOD; m = in.u16()) {
            header(m, tiles[index].coding);
        }
        final int body = in.at();
        final long end = length == 0 ? in.end() : Math.min(in.end(), start + length);
        if (end < body) {
            throw new IOException("a part of tile " + index + " of " + length + " bytes ends within its header");
        }
        tiles[index].spans.add(new int[] {body, (int) end});
        in.moveTo((int) end);
        return true;
    }

    private Codestream codestream() throws IOException {
        final List<Codestream.TileStream> streams = new ArrayList<>();
        for (int t = 0; t < tiles.length; t++) {
            if (tiles[t] != null) {
                streams.add(joined(t, tiles[t]));
            } else if (size.hasSamples(t)) {
                throw new EOFException("tile " + t + " of " + tiles.length + " is missing");
            }
        }
        return new Codestream(size, streams);
    }

    private Codestream.TileStream joined(final int index, final Parts parts) {
        final List<int[]> spans = parts.spans;
        if (spans.size() == 1) {
            return new Codestream.TileStream(index, parts.coding, in.data(), spans.get(0)[0], spans.get(0)[1]);
        }
        final int total = spans.stream().mapToInt(s -> s[1] - s[0]).sum();
        final byte[] data = new byte[total];
        int to = 0;
        for (final int[] span : spans) {
            System.arraycopy(in.data(), span[0], data, to, span[1] - span[0]);
            to += span[1] - span[0];
        }
        return new Codestream.TileStream(index, parts.coding, data, 0, total);
    }
}
