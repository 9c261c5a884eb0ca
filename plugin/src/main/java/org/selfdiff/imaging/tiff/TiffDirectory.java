package org.selfdiff.imaging.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.selfdiff.run.RunFailed;

/**
 * An image file directory: the tags of one image. Values are read from the file when they are asked for, and every
 * access names file, directory and tag when the file does not hold what it should.
 */
public final class TiffDirectory {
    private static final int MAX_BYTES = 1 << 27;

    private static final int MAX_NUMBERS = 1 << 24;

    private final TiffFile file;

    private final String label;

    private final Map<Integer, TiffEntry> entries;

    private final List<TiffDirectory> children;

    TiffDirectory(
            final TiffFile file,
            final String label,
            final Map<Integer, TiffEntry> entries,
            final List<TiffDirectory> children) {
        this.file = file;
        this.label = label;
        this.entries = entries;
        this.children = List.copyOf(children);
    }

    /** The file that it belongs to. */
    public TiffFile file() {
        return file;
    }

    /** What messages call it: {@code directory 2}, or {@code directory 0, SubIFD 1}. */
    public String label() {
        return label;
    }

    /** The directories of its SubIFDs (tag 330), in their order; often the smaller levels of a pyramid. */
    public List<TiffDirectory> children() {
        return children;
    }

    /** Whether the tag is present. */
    public boolean has(final int tag) {
        return entries.containsKey(tag);
    }

    /** How many values the tag has, 0 if it is absent. */
    public long count(final int tag) {
        final TiffEntry entry = entries.get(tag);
        return entry == null ? 0 : entry.count();
    }

    /** The first value of a tag of whole numbers that has to be present. Unsigned numbers stay so up to 2^63 - 1. */
    public long number(final int tag) throws RunFailed {
        return numbers(tag, 1)[0];
    }

    /** The first value of a tag of whole numbers, or what holds when it is absent. */
    public long number(final int tag, final long absent) throws RunFailed {
        return has(tag) ? number(tag) : absent;
    }

    /** All values of a tag of whole numbers that has to be present. */
    public long[] numbers(final int tag) throws RunFailed {
        return numbers(tag, bounded(tag, count(tag), MAX_NUMBERS));
    }

    /** The first values of a tag of whole numbers that has to be present with that many or more. */
    public long[] numbers(final int tag, final int count) throws RunFailed {
        final TiffEntry entry = entry(tag);
        if (!entry.isWhole()) {
            throw broken(tag, "The tag has type " + entry.type() + " instead of whole numbers", null);
        }
        final ByteBuffer buffer = values(entry, bounded(tag, count, MAX_NUMBERS));
        final long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = whole(entry, buffer);
            if (numbers[i] < 0 && !entry.isSigned()) {
                throw broken(tag, "The tag holds a number of 2^63 or more", null);
            }
        }
        if (entry.high() != 0 && count == 1) {
            numbers[0] |= entry.high() << 32;
        }
        return numbers;
    }

    /** The first value of a tag as a fraction or any other number; {@code NaN} if it is absent or divided by 0. */
    public double rational(final int tag) throws RunFailed {
        return has(tag) ? rationals(tag)[0] : Double.NaN;
    }

    /** All values of a tag as fractions or any other numbers; {@code NaN} where one is divided by 0. */
    public double[] rationals(final int tag) throws RunFailed {
        final TiffEntry entry = entry(tag);
        final ByteBuffer buffer = values(entry, bounded(tag, Math.max(1, entry.count()), MAX_NUMBERS));
        final double[] numbers = new double[(int) entry.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (entry.type()) {
                case TiffEntry.RATIONAL -> ratio(buffer.getInt() & 0xffffffffL, buffer.getInt() & 0xffffffffL);
                case TiffEntry.SRATIONAL -> ratio(buffer.getInt(), buffer.getInt());
                case TiffEntry.FLOAT -> buffer.getFloat();
                case TiffEntry.DOUBLE -> buffer.getDouble();
                default -> whole(entry, buffer);
            };
        }
        return numbers;
    }

    /** The text of a tag up to its first NUL, as UTF-8; empty if it is absent. */
    public String ascii(final int tag) throws RunFailed {
        if (!has(tag)) {
            return "";
        }
        final byte[] bytes = bytes(tag);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** The values of a tag that has to be present, as the bytes that the file holds. */
    public byte[] bytes(final int tag) throws RunFailed {
        final TiffEntry entry = entry(tag);
        return values(entry, bounded(tag, entry.count(), MAX_BYTES)).array();
    }

    /** An error about a tag of this directory. */
    public RunFailed broken(final int tag, final String what, final Throwable cause) {
        return new RunFailed(
                what,
                file.name() + ", " + label + ", " + TiffTag.name(tag),
                "The file is damaged or of a kind that is not read; save it again from its source.",
                cause);
    }

    /** An error about a tag of this directory whose value is allowed but not read here. */
    public RunFailed unread(final int tag, final String what) {
        return new RunFailed(
                what,
                file.name() + ", " + label + ", " + TiffTag.name(tag),
                "Convert the file, for instance to a tiled TIFF with JPEG or deflate compression.");
    }

    private TiffEntry entry(final int tag) throws RunFailed {
        final TiffEntry entry = entries.get(tag);
        if (entry == null) {
            throw broken(tag, "The tag is missing", null);
        }
        return entry;
    }

    private int bounded(final int tag, final long count, final int most) throws RunFailed {
        if (count > most) {
            throw broken(tag, "The tag declares " + count + " values", null);
        }
        return (int) count;
    }

    private ByteBuffer values(final TiffEntry entry, final int count) throws RunFailed {
        if (count > entry.count()) {
            throw broken(entry.tag(), "The tag has " + entry.count() + " values where " + count + " are due", null);
        }
        final long bytes = (long) count * entry.size();
        if (bytes > MAX_BYTES) {
            throw broken(entry.tag(), "The tag declares " + bytes + " bytes of values", null);
        }
        try {
            return file.input().buffer(entry.position(), (int) bytes);
        } catch (final IOException e) {
            throw broken(entry.tag(), "The tag's values cannot be read: " + e.getMessage(), e);
        }
    }

    private static long whole(final TiffEntry entry, final ByteBuffer buffer) {
        return switch (entry.size()) {
            case 1 -> entry.isSigned() ? buffer.get() : buffer.get() & 0xff;
            case 2 -> entry.isSigned() ? buffer.getShort() : buffer.getShort() & 0xffff;
            case 4 -> entry.isSigned() ? buffer.getInt() : buffer.getInt() & 0xffffffffL;
            default -> buffer.getLong();
        };
    }

    private static double ratio(final long above, final long below) {
        return below == 0 ? Double.NaN : (double) above / below;
    }
}
