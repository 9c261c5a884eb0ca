package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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

    private static void awaitQuietly(final CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IOException(e);
        }
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

    /** The thread that decodes is interrupted; the one that waits for the same block must not fail with it. */
    @Test
    void aFailureOfAnotherThreadIsNotShared() throws Exception {
        final BlockCache cache = new BlockCache(100);
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch fail = new CountDownLatch(1);
        final Thread other = new Thread(() -> assertThrows(
                IOException.class,
                () -> cache.get(source, 0, 1, () -> {
                    begun.countDown();
                    awaitQuietly(fail);
                    throw new IOException("interrupted");
                })));
        other.start();
        begun.await();
        final CompletableFuture<byte[]> waiting = new CompletableFuture<>();
        final Thread second = new Thread(() -> {
            try {
                waiting.complete(get(cache, 1, 7));
            } catch (final IOException e) {
                waiting.completeExceptionally(e);
            }
        });
        second.start();
        while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        fail.countDown();
        assertEquals(7, waiting.get().length);
        other.join();
    }
}
