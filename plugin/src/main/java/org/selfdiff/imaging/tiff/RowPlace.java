package org.selfdiff.imaging.tiff;

import com.sun.jna.Native;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Keeps the JDK's decoder from a slow place for its row. The decoder takes memory for one row of each picture and reads
 * every row at once after it was written; where the JDK uses the system's libjpeg-turbo, rows that begin at a multiple of
 * 32 bytes are written around the processor's caches (libjpeg-turbo, simd/x86_64/jdcolext-avx2.asm), which makes the whole
 * decoding slower by half. Such places are held here meanwhile, so that the decoder gets another one, as an allocator
 * hands out first what was given back last. This is a matter of speed alone: wherever the row lies, the pixels are the same.
 */
final class RowPlace implements AutoCloseable {
    private static final int STEP = 32;

    private static final int MOST_HELD = 4;

    private final long[] held = new long[MOST_HELD];

    private int count;

    /** Whether memory can be asked for; found out once. */
    private static final class Memory {
        static final boolean PRESENT = present();

        private Memory() {}

        private static boolean present() {
            try {
                Native.free(Native.malloc(STEP));
                return true;
            } catch (final LinkageError | RuntimeException e) {
                return false; // the decoder works as well without
            }
        }
    }

    /** Holds slow places of that size until this is closed by the same thread. */
    RowPlace(final int rowBytes) {
        while (Memory.PRESENT && count < MOST_HELD) {
            final long place = Native.malloc(rowBytes);
            if (place == 0 || place % STEP != 0) {
                Native.free(place);
                return;
            }
            held[count++] = place;
        }
    }

    /** Addresses of the places that are held. */
    LongStream held() {
        return Arrays.stream(held, 0, count);
    }

    @Override
    public void close() {
        while (count > 0) {
            Native.free(held[--count]);
        }
    }
}
