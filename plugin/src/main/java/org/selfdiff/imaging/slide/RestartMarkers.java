package org.selfdiff.imaging.slide;

import java.io.IOException;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Where the pieces of a JPEG stream begin that restart markers separate. NDPI files list the places (McuStarts, tag
 * 65426, and their upper halves, tag 65432); the list is used if markers stand where it says, as tried at 64 places,
 * and otherwise the stream is searched.
 *
 * @param directory of the level
 * @param offset of the stream in the file
 * @param length of the stream in bytes
 * @param headerLength bytes before the first piece
 */
record RestartMarkers(TiffDirectory directory, long offset, long length, int headerLength) {
    private static final int MCU_STARTS = 65426;

    private static final int MCU_STARTS_HIGH = 65432;

    private static final int TRIALS = 64;

    private static final int CHUNK = 1 << 20;

    /**
     * First bytes of all pieces, as places in the file.
     *
     * @throws IOException if the stream has fewer markers than pieces
     */
    long[] starts(final int count, final RunControl control) throws RunFailed, RunCancelled, IOException {
        final long[] listed = listed(count);
        return listed.length == count ? listed : searched(count, control);
    }

    private long[] listed(final int count) throws RunFailed {
        if (directory.count(MCU_STARTS) != count) {
            return new long[0];
        }
        final long[] low = directory.numbers(MCU_STARTS);
        final long[] high =
                directory.count(MCU_STARTS_HIGH) == count ? directory.numbers(MCU_STARTS_HIGH) : new long[count];
        final long[] starts = new long[count];
        for (int i = 0; i < count; i++) {
            starts[i] = (low[i] & 0xffffffffL) + (high[i] << 32);
        }
        // counted from the stream's first byte, or, as some writers do, from the file's
        final long base = starts[0] == headerLength ? offset : 0;
        for (int i = 0; i < count; i++) {
            starts[i] += base;
        }
        return good(starts) ? starts : new long[0];
    }

    private boolean good(final long[] starts) {
        if (starts[0] != offset + headerLength) {
            return false;
        }
        for (int i = 1; i < starts.length; i++) {
            if (starts[i] < starts[i - 1] + 2 || starts[i] > offset + length) {
                return false;
            }
        }
        for (int trial = 1; trial <= TRIALS; trial++) {
            final int i = (int) ((starts.length - 1L) * trial / TRIALS);
            if (i > 0 && !isMarked(starts[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean isMarked(final long start) {
        try {
            final byte[] marker = directory.file().bytes(start - 2, 2);
            return marker[0] == (byte) 0xff && isRestart(marker[1]);
        } catch (final IOException e) {
            return false; // past the end of the file
        }
    }

    private static boolean isRestart(final byte second) {
        return (second & 0xf8) == 0xd0;
    }

    private long[] searched(final int count, final RunControl control) throws RunCancelled, IOException {
        final long[] starts = new long[count];
        starts[0] = offset + headerLength;
        int found = 1;
        byte last = 0;
        for (long at = starts[0]; at < offset + length && found < count; at += CHUNK) {
            control.checkCancelled();
            final byte[] chunk = directory.file().bytes(at, (int) Math.min(CHUNK, offset + length - at));
            for (int i = 0; i < chunk.length && found < count; i++) {
                if (last == (byte) 0xff && isRestart(chunk[i])) {
                    starts[found++] = at + i + 1;
                }
                last = chunk[i];
            }
        }
        if (found < count) {
            throw new IOException("it has " + (found - 1) + " restart markers where " + (count - 1) + " are due");
        }
        return starts;
    }
}
