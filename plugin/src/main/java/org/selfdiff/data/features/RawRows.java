package org.selfdiff.data.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.selfdiff.run.RunFailed;

/**
 * Rows of 32-bit floats that stand in a file one after the other, so that any of them are read in no time: those of a file
 * of features that is neither cut into parts nor compressed, or of one that was unpacked. Safe on any thread.
 *
 * @param path the file
 * @param source the file of features, for messages
 * @param offset bytes before the first row
 * @param rows number of rows
 * @param width numbers of a row
 * @param order of the bytes of a number
 */
public record RawRows(Path path, Path source, long offset, int rows, int width, ByteOrder order) {
    /** Bytes that are read together. */
    private static final int BLOCK = 1 << 22;

    /**
     * Copies rows, in whatever order.
     *
     * @param wanted their numbers
     * @param places where each goes, counted in rows
     * @param into takes them
     * @throws RunFailed when the file cannot be read, has no such row, or holds what is no number
     */
    public void copy(final int[] wanted, final int[] places, final float[] into) throws RunFailed {
        final int[] order = IntStream.range(0, wanted.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> wanted[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        final int most = Math.max(1, BLOCK / Math.max(1, width * Float.BYTES));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            int from = 0;
            while (from < order.length) {
                final int first = wanted[order[from]];
                int end = from + 1;
                while (end < order.length && wanted[order[end]] <= wanted[order[end - 1]] + 1 && end - from < most) {
                    end++;
                }
                final int last = wanted[order[end - 1]];
                if (first < 0 || last >= rows) {
                    throw new RunFailed(
                            "The file has " + rows + " rows, not row " + Math.max(first, last),
                            source.toString(),
                            "The file was changed since the table of tiles was made. Read the features again.");
                }
                final ByteBuffer bytes = read(channel, first, last - first + 1);
                for (int i = from; i < end; i++) {
                    take(bytes, first, wanted[order[i]], places[order[i]], into);
                }
                from = end;
            }
        } catch (IOException e) {
            throw new RunFailed(
                    "The file cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")",
                    source.toString(),
                    "Check that it is there and may be read.",
                    e);
        }
    }

    private ByteBuffer read(final FileChannel channel, final int first, final int count) throws IOException, RunFailed {
        final ByteBuffer bytes =
                ByteBuffer.allocate(count * width * Float.BYTES).order(order);
        long at = offset + (long) first * width * Float.BYTES;
        while (bytes.hasRemaining()) {
            final int n = channel.read(bytes, at);
            if (n < 0) {
                throw new RunFailed(
                        "The file ends before row " + (first + count - 1),
                        source.toString(),
                        "It was changed while it was read. Copy or make it again.");
            }
            at += n;
        }
        return bytes.flip();
    }

    private void take(final ByteBuffer bytes, final int first, final int row, final int place, final float[] into)
            throws RunFailed {
        final int at = place * width;
        bytes.asFloatBuffer().get((row - first) * width, into, at, width);
        for (int k = at; k < at + width; k++) {
            if (!Float.isFinite(into[k])) {
                throw new RunFailed(
                        "The features of row " + row + " hold " + into[k] + ", which is no number",
                        source.toString(),
                        "Make the file again, or take the row out.");
            }
        }
    }
}
