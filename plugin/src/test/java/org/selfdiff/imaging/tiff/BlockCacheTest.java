package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BlockCacheTest {
    private final Object source = new Object();

    private int decoded;

    private byte[] get(final BlockCache cache, final int block, final int size) throws IOException {
        return cache.get(source, 0, block, () -> {
            decoded++;
            return new byte[size];
        });
    }

    @Test
    void theOneUnusedForLongestGoesFirst() throws IOException {
        final BlockCache cache = new BlockCache(100);
        final byte[] first = get(cache, 1, 40);
        get(cache, 2, 40);
        assertSame(first, get(cache, 1, 40));
        get(cache, 3, 40); // 2 goes
        assertEquals(80, cache.bytes());
        assertSame(first, get(cache, 1, 40));
        assertEquals(3, decoded);
        get(cache, 2, 40);
        assertEquals(4, decoded);
    }

    @Test
    void theNewestStaysEvenIfItIsTooLarge() throws IOException {
        final BlockCache cache = new BlockCache(100);
        get(cache, 1, 60);
        final byte[] large = get(cache, 2, 500);
        assertEquals(500, cache.bytes());
        assertSame(large, get(cache, 2, 500));
        get(cache, 3, 10);
        assertEquals(10, cache.bytes());
    }

    @Test
    void aFailureIsNotKept() throws IOException {
        final BlockCache cache = new BlockCache(100);
        assertThrows(
                IOException.class,
                () -> cache.get(source, 0, 1, () -> {
                    throw new IOException("once");
                }));
        assertEquals(7, get(cache, 1, 7).length);
    }

    @Test
    void aSourceThatIsClosedIsForgottenAlone() throws IOException {
        final BlockCache cache = new BlockCache(100);
        get(cache, 1, 30);
        cache.get(new Object(), 0, 1, () -> new byte[20]);
        cache.forget(source);
        assertEquals(20, cache.bytes());
    }
}
