package org.selfdiff.fuzz;

import java.nio.ByteBuffer;

/**
 * A reader with a fault that random bytes would meet once in 2^64 tries. That a session finds it shows that its search
 * is guided: without coverage and comparisons it would not, and the other targets would pass without being searched.
 */
final class Planted {
    private static final int FIRST = 0x5e1fd1ff;

    private static final int SECOND = 0x0badc0de;

    private Planted() {}

    static void read(final byte[] input) {
        if (input.length < 2 * Integer.BYTES) {
            return;
        }
        final ByteBuffer bytes = ByteBuffer.wrap(input);
        if (bytes.getInt() == FIRST && bytes.getInt() == SECOND) {
            throw new IllegalStateException("the planted fault");
        }
    }
}
