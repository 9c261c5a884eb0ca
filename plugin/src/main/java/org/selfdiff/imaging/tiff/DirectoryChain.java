package org.selfdiff.imaging.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selfdiff.run.RunFailed;

/**
 * Follows the chain of directories of a file (TIFF 6.0, section 2; BigTIFF) and the SubIFDs of each (TIFF Tech Note 1).
 * Hamamatsu NDPI looks like a classic TIFF but has 64-bit offsets: 8 bytes for the first and the next directory, and
 * after the latter the upper 4 bytes of every entry's value.
 */
final class DirectoryChain {
    private static final int MAX_ENTRIES = 4096;

    private static final int MAX_DIRECTORIES = 65_536;

    private static final int MAX_ALL_ENTRIES = 1 << 20;

    private final TiffFile file;

    private final TiffInput in;

    private final Set<Long> seen = new HashSet<>();

    private Layout layout = Layout.CLASSIC;

    private int allEntries;

    /**
     * Widths of the fields.
     *
     * @param count bytes of the number of entries
     * @param entry bytes of an entry
     * @param offset bytes of an offset
     */
    private record Layout(int count, int entry, int offset, boolean ndpi) {
        static final Layout CLASSIC = new Layout(2, 12, 4, false);

        static final Layout BIG = new Layout(8, 20, 8, false);

        static final Layout NDPI = new Layout(2, 12, 8, true);

        /** Bytes of the value field of an entry. */
        int field() {
            return entry == 20 ? 8 : 4;
        }
    }

    /** What one directory holds, and where the next one is (0: nowhere). */
    private record Found(Map<Integer, TiffEntry> entries, long next) {}

    DirectoryChain(final TiffFile file) {
        this.file = file;
        this.in = file.input();
    }

    List<TiffDirectory> read() throws IOException, RunFailed {
        final List<TiffDirectory> chain = new ArrayList<>();
        long offset = first();
        while (offset != 0) {
            final String label = "directory " + chain.size();
            final Found found = directory(offset, label);
            chain.add(withChildren(label, found.entries));
            offset = found.next;
        }
        if (chain.isEmpty()) {
            throw new IOException("it has no directory");
        }
        return List.copyOf(chain);
    }

    private long first() throws IOException {
        final ByteBuffer header = in.buffer(0, 8);
        final int version = header.getShort(2);
        if (version == 43) {
            layout = Layout.BIG;
            if (header.getShort(4) != 8) {
                throw new IOException("its offsets have " + header.getShort(4) + " bytes instead of 8");
            }
            return in.buffer(8, 8).getLong();
        }
        if (version != 42) {
            throw new IOException("its version is " + version + " instead of 42 or 43");
        }
        if (isNdpi()) {
            layout = Layout.NDPI;
            return in.buffer(4, 8).getLong();
        }
        return header.getInt(4) & 0xffffffffL;
    }

    /** Whether the 8 bytes of an offset in the NDPI manner lead to a directory that holds the vendor's own tag. */
    private boolean isNdpi() throws IOException {
        if (in.order() != ByteOrder.LITTLE_ENDIAN || !in.holds(4, 8)) {
            return false;
        }
        final long offset = in.buffer(4, 8).getLong();
        if (offset < 8 || !in.holds(offset, 2)) {
            return false;
        }
        final int count = in.buffer(offset, 2).getShort() & 0xffff;
        if (count > MAX_ENTRIES || !in.holds(offset + 2, 12 * count)) {
            return false;
        }
        final ByteBuffer entries = in.buffer(offset + 2, 12 * count);
        for (int i = 0; i < count; i++) {
            if ((entries.getShort(12 * i) & 0xffff) == TiffTag.NDPI_FORMAT) {
                return true;
            }
        }
        return false;
    }

    private TiffDirectory withChildren(final String label, final Map<Integer, TiffEntry> entries)
            throws IOException, RunFailed {
        final TiffDirectory alone = new TiffDirectory(file, label, entries, List.of());
        if (!alone.has(TiffTag.SUB_IFDS)) {
            return alone;
        }
        if (alone.count(TiffTag.SUB_IFDS) > MAX_DIRECTORIES) {
            throw alone.broken(
                    TiffTag.SUB_IFDS, "The tag lists " + alone.count(TiffTag.SUB_IFDS) + " directories", null);
        }
        final List<TiffDirectory> children = new ArrayList<>();
        for (final long offset : alone.numbers(TiffTag.SUB_IFDS)) {
            final String child = label + ", SubIFD " + children.size();
            children.add(new TiffDirectory(file, child, directory(offset, child).entries, List.of()));
        }
        return new TiffDirectory(file, label, entries, children);
    }

    private Found directory(final long offset, final String label) throws IOException {
        if (!in.holds(offset, layout.count) || offset < 8) {
            throw new IOException(label + " would lie at byte " + offset + ", outside of the file's " + in.length());
        }
        if (!seen.add(offset) || seen.size() > MAX_DIRECTORIES) {
            throw new IOException(
                    label + (seen.size() > MAX_DIRECTORIES ? " is one too many" : " is one that came before"));
        }
        final ByteBuffer start = in.buffer(offset, layout.count);
        final long count = layout.count == 2 ? start.getShort() & 0xffff : start.getLong();
        if (count < 0 || count > MAX_ENTRIES || (allEntries += (int) count) > MAX_ALL_ENTRIES) {
            throw new IOException(label + " declares " + count + " entries");
        }
        final long body = offset + layout.count;
        final int bytes = (int) count * layout.entry;
        final int tail = layout.offset + (layout.ndpi ? 4 * (int) count : 0);
        if (!in.holds(body, bytes + tail)) {
            throw new IOException(label + " at byte " + offset + " ends past the end of the file");
        }
        final ByteBuffer buffer = in.buffer(body, bytes + tail);
        final Map<Integer, TiffEntry> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            final long high = layout.ndpi ? buffer.getInt(bytes + 8 + 4 * i) & 0xffffffffL : 0;
            final TiffEntry entry = entry(buffer, i * layout.entry, body, high);
            if (entry != null) {
                entries.putIfAbsent(entry.tag(), entry);
            }
        }
        return new Found(entries, layout.offset == 4 ? buffer.getInt(bytes) & 0xffffffffL : buffer.getLong(bytes));
    }

    /**
     * An entry, or nothing if its type is unknown (a reader has to skip those; TIFF 6.0, section 2). Whether its values lie
     * in the file is checked when they are asked for, so that a broken tag that nobody needs spoils nothing.
     */
    private TiffEntry entry(final ByteBuffer buffer, final int at, final long body, final long high) {
        final int tag = buffer.getShort(at) & 0xffff;
        final int type = buffer.getShort(at + 2) & 0xffff;
        final int size = TiffEntry.size(type);
        if (size == 0) {
            return null;
        }
        final int field = layout.field();
        final long declared = field == 8 ? buffer.getLong(at + 4) : buffer.getInt(at + 4) & 0xffffffffL;
        final long count = declared < 0 ? Long.MAX_VALUE : declared; // of 2^63 or more: refused like any other huge one
        final int value = at + layout.entry - field;
        if (count <= field / size) {
            return new TiffEntry(tag, type, count, body + value, high);
        }
        final long position = field == 8 ? buffer.getLong(value) : buffer.getInt(value) & 0xffffffffL | high << 32;
        return new TiffEntry(tag, type, count, position, 0);
    }
}
