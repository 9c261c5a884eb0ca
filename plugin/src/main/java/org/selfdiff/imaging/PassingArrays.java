package org.selfdiff.imaging;

import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Arrays for pixels that are needed for a moment only, used again and again: at most as many as threads read at once.
 * A new one for each tile would be what Java's collector is busy with. Safe for several threads.
 */
public final class PassingArrays {
    /** Longer ones are left to the collector, so that an overview does not keep its bands. */
    private static final int LONGEST_KEPT = 1 << 24;

    private final ConcurrentLinkedDeque<byte[]> arrays = new ConcurrentLinkedDeque<>();

    /** An array of at least that length, with arbitrary content, for nobody else until it is put back. */
    public byte[] take(final int length) {
        final byte[] array = arrays.poll();
        return array != null && array.length >= length ? array : new byte[length];
    }

    /** Takes an array back, which is not touched afterwards. */
    public void put(final byte[] array) {
        if (array.length <= LONGEST_KEPT) {
            arrays.push(array);
        }
    }
}
