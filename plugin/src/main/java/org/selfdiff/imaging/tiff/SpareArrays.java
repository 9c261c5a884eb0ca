package org.selfdiff.imaging.tiff;

import java.util.ArrayDeque;
import java.util.Iterator;

/** Arrays that nobody uses any more, kept for the next of the same length. Guarded by whoever owns it. */
final class SpareArrays {
    private final ArrayDeque<byte[]> arrays = new ArrayDeque<>();

    private long bytes;

    /** Keeps an array, which its owner must not touch again. */
    void put(final byte[] array) {
        arrays.addFirst(array);
        bytes += array.length;
    }

    /** An array of exactly that length, or {@code null} if there is none. */
    byte[] take(final int length) {
        final Iterator<byte[]> all = arrays.iterator();
        while (all.hasNext()) {
            final byte[] array = all.next();
            if (array.length == length) {
                all.remove();
                bytes -= length;
                return array;
            }
        }
        return null;
    }

    /** Leaves the ones that came first to the collector until the others have at most so many bytes. */
    void trim(final long most) {
        while (bytes > most) {
            bytes -= arrays.removeLast().length;
        }
    }
}
