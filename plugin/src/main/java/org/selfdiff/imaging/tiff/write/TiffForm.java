package org.selfdiff.imaging.tiff.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How numbers lie in a TIFF file (TIFF 6.0, section 2; BigTIFF design by Adobe and Aware Systems).
 *
 * @param big whether offsets have 8 bytes instead of 4, which a file of 4 GiB and more needs
 * @param order {@link ByteOrder#LITTLE_ENDIAN} (II) or {@link ByteOrder#BIG_ENDIAN} (MM)
 */
public record TiffForm(boolean big, ByteOrder order) {
    private static final int CLASSIC_VERSION = 42;

    private static final int BIG_VERSION = 43;

    /** Offsets of 4 bytes, little endian: what every reader knows. */
    public static TiffForm classic() {
        return new TiffForm(false, ByteOrder.LITTLE_ENDIAN);
    }

    /** Offsets of 8 bytes, little endian. */
    public static TiffForm bigTiff() {
        return new TiffForm(true, ByteOrder.LITTLE_ENDIAN);
    }

    /** An empty buffer in this byte order. */
    ByteBuffer buffer(final int bytes) {
        return ByteBuffer.allocate(bytes).order(order);
    }

    /** Length of an offset in bytes. */
    int offsetBytes() {
        return big ? 8 : 4;
    }

    /** Writes an offset, or a count of {@link #offsetBytes()}. */
    void offset(final ByteBuffer out, final long value) {
        if (big) {
            out.putLong(value);
        } else {
            out.putInt((int) value);
        }
    }

    /** Length of the file's header in bytes. */
    int headerBytes() {
        return big ? 16 : 8;
    }

    /** The file's header. */
    byte[] header(final long firstDirectory) {
        final ByteBuffer out = buffer(headerBytes());
        final byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
        out.put(mark).put(mark).putShort((short) (big ? BIG_VERSION : CLASSIC_VERSION));
        if (big) {
            out.putShort((short) 8).putShort((short) 0);
        }
        offset(out, firstDirectory);
        return out.array();
    }
}
