package org.selfdiff.imaging.tiff;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Decoded blocks of any number of slides, bounded in bytes; the ones unused for longest go first. A block that several
 * threads want at once is decoded by one of them. The newest block stays even if it is larger than the bound.
 */
public final class BlockCache {
    private final long maxBytes;

    private final LinkedHashMap<Key, Block> blocks = new LinkedHashMap<>(64, 0.75f, true);

    private long bytes;

    /** Decodes a block that is not there. */
    interface Decoding {
        byte[] decode() throws IOException;
    }

    /** A block of a level of a source, which is known by its identity. */
    private record Key(Object source, int level, int block) {}

    /** A block that is there or on its way; {@code size} is 0 until it has come. */
    private static final class Block {
        private final CompletableFuture<byte[]> pixels = new CompletableFuture<>();

        private int size;
    }

    /**
     * An empty cache.
     *
     * @param maxBytes bound of the decoded bytes that are kept, at least 0
     */
    public BlockCache(final long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes " + maxBytes);
        }
        this.maxBytes = maxBytes;
    }

    /** 64 MiB: a few rows of tiles of a region. */
    public static BlockCache small() {
        return new BlockCache(64L << 20);
    }

    /** The block, decoded now if it is not there. Nobody writes to the result. */
    byte[] get(final Object source, final int level, final int block, final Decoding decoding) throws IOException {
        final Key key = new Key(source, level, block);
        final Block mine = new Block();
        final Block found;
        synchronized (blocks) {
            final Block there = blocks.get(key);
            found = there == null ? mine : there;
            if (there == null) {
                blocks.put(key, mine);
            }
        }
        return found == mine ? decode(key, mine, decoding) : await(found, decoding);
    }

    private byte[] decode(final Key key, final Block block, final Decoding decoding) throws IOException {
        try {
            final byte[] pixels = decoding.decode();
            synchronized (blocks) {
                if (blocks.get(key) == block) { // else its source was closed meanwhile
                    block.size = pixels.length;
                    bytes += pixels.length;
                    evict(block);
                }
            }
            block.pixels.complete(pixels);
            return pixels;
        } catch (final IOException | RuntimeException | Error e) {
            synchronized (blocks) {
                blocks.remove(key, block);
            }
            block.pixels.completeExceptionally(e);
            throw e;
        }
    }

    private void evict(final Block newest) {
        final Iterator<Block> oldest = blocks.values().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            final Block block = oldest.next();
            if (block != newest && block.size > 0) {
                bytes -= block.size;
                oldest.remove();
            }
        }
    }

    /** A failure may be that of the other thread alone, which was interrupted; this one then tries itself. */
    private static byte[] await(final Block block, final Decoding decoding) throws IOException {
        try {
            return block.pixels.join();
        } catch (final CompletionException e) {
            return decoding.decode();
        }
    }

    /** Forgets the blocks of a source. */
    void forget(final Object source) {
        synchronized (blocks) {
            final Iterator<Map.Entry<Key, Block>> all = blocks.entrySet().iterator();
            while (all.hasNext()) {
                final Map.Entry<Key, Block> entry = all.next();
                if (entry.getKey().source == source) {
                    bytes -= entry.getValue().size;
                    all.remove();
                }
            }
        }
    }

    /** Decoded bytes that are kept now. */
    long bytes() {
        synchronized (blocks) {
            return bytes;
        }
    }
}
