package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BlockCacheTest {
    private final Object source = new Object();

    private int decoded;

    /** Uses a block and gives it back; the array is only good for telling it from others. */
    private byte[] get(final BlockCache cache, final int block, final int size) throws IOException {
        try (BlockCache.Use use = use(cache, block, size)) {
            return use.pixels();
        }
    }

    private BlockCache.Use use(final BlockCache cache, final int block, final int size) throws IOException {
        return cache.get(source, 0, block, room -> {
            decoded++;
            return room.of(size);
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
    void theArrayOfABlockThatWentServesTheNextOfItsSize() throws IOException {
        final BlockCache cache = new BlockCache(100);
        final byte[] first = get(cache, 1, 50);
        final byte[] second = get(cache, 2, 50);
        assertSame(first, get(cache, 3, 50));
        assertSame(second, get(cache, 4, 50));
        assertNotSame(first, get(cache, 5, 40)); // another size
        assertEquals(90, cache.bytes());
    }

    @Test
    void anArrayThatTheDecoderBringsIsTakenInAsWell() throws IOException {
        final BlockCache cache = new BlockCache(100);
        final byte[] own = new byte[70];
        cache.get(source, 0, 1, room -> own).close();
        assertEquals(70, cache.bytes());
        assertSame(own, get(cache, 2, 70));
        cache.get(source, 0, 3, room -> {
                    room.of(70);
                    return new byte[30];
                })
                .close();
        assertEquals(30, cache.bytes());
    }

    @Test
    void aBlockInUseStays() throws IOException {
        final BlockCache cache = new BlockCache(100);
        final BlockCache.Use first = use(cache, 1, 60);
        final BlockCache.Use again = use(cache, 1, 60);
        assertSame(first.pixels(), again.pixels());
        final byte[] pixels = first.pixels();
        first.close();
        first.close(); // must not count for the other
        assertNotSame(pixels, get(cache, 2, 60));
        assertSame(pixels, again.pixels());
        assertEquals(120, cache.bytes());
        assertSame(pixels, get(cache, 1, 60));
        again.close();
        get(cache, 3, 60); // both go
        assertEquals(60, cache.bytes());
    }

    @Test
    void anArrayInUseIsNotPassedOnWhenItsSourceIsClosed() throws IOException {
        final BlockCache cache = new BlockCache(100);
        final BlockCache.Use use = use(cache, 1, 60);
        final byte[] pixels = use.pixels();
        cache.forget(source);
        assertEquals(0, cache.bytes());
        final Set<byte[]> others = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 2; i < 6; i++) {
            others.add(get(cache, i, 60));
        }
        use.close();
        for (int i = 6; i < 9; i++) {
            others.add(get(cache, i, 60));
        }
        assertTrue(!others.contains(pixels));
        assertEquals(60, cache.bytes());
    }

    @Test
    void aFailureIsNotKept() throws IOException {
        final BlockCache cache = new BlockCache(100);
        assertThrows(
                IOException.class,
                () -> cache.get(source, 0, 1, room -> {
                    room.of(50);
                    throw new IOException("once");
                }));
        assertEquals(0, cache.bytes());
        assertEquals(7, get(cache, 1, 7).length);
    }

    @Test
    void aSourceThatIsClosedIsForgottenAlone() throws IOException {
        final BlockCache cache = new BlockCache(100);
        get(cache, 1, 30);
        cache.get(new Object(), 0, 1, room -> new byte[20]).close();
        cache.forget(source);
        assertEquals(20, cache.bytes());
    }

    /** Threads that take more blocks than there is room for, some of which fail, while the source is forgotten. */
    @Test
    void nobodyWritesToABlockInUse() throws Exception {
        final BlockCache cache = new BlockCache(12 * 1000);
        final ExecutorService threads = Executors.newFixedThreadPool(6);
        final List<Future<Integer>> all = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            final SplittableRandom random = new SplittableRandom(t);
            all.add(threads.submit(() -> {
                int right = 0;
                for (int i = 0; i < 4000; i++) {
                    right += read(cache, random);
                }
                return right;
            }));
        }
        int right = 0;
        for (final Future<Integer> one : all) {
            right += one.get(); // fails with the pixel that was wrong
        }
        threads.shutdown();
        assertTrue(right > 20_000, right + " blocks");
        cache.forget(source);
        assertEquals(0, cache.bytes());
    }

    private int read(final BlockCache cache, final SplittableRandom random) throws IOException {
        final int block = random.nextInt(24);
        final int size = block % 3 == 0 ? 700 : 1000;
        final boolean fails = random.nextInt(50) == 0;
        if (random.nextInt(500) == 0) {
            cache.forget(source);
        }
        final BlockCache.Decoding decoding = room -> {
            final byte[] pixels = block % 5 == 0 ? new byte[size] : room.of(size);
            Arrays.fill(pixels, 0, size / 2, (byte) block);
            Thread.yield();
            if (fails) {
                throw new IOException("planned");
            }
            Arrays.fill(pixels, size / 2, size, (byte) block);
            return pixels;
        };
        try (BlockCache.Use use = cache.get(source, 0, block, decoding)) {
            final byte[] pixels = use.pixels();
            assertEquals(size, pixels.length);
            for (int k = 0; k < 2; k++) {
                for (int i = 0; i < size; i++) {
                    assertTrue(pixels[i] == block, () -> "a byte of block " + block + " was written");
                }
                Thread.yield();
            }
            return 1;
        } catch (final IOException e) {
            return 0;
        }
    }

    /** The thread that decodes is interrupted; the one that waits for the same block must not fail with it. */
    @Test
    void aFailureOfAnotherThreadIsNotShared() throws Exception {
        final BlockCache cache = new BlockCache(100);
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch fail = new CountDownLatch(1);
        final Thread other = new Thread(() -> assertThrows(
                IOException.class,
                () -> cache.get(source, 0, 1, room -> {
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
