package org.selfdiff.imaging.tiff;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.selfdiff.imaging.PassingArrays;

/**
 * Decoded blocks of any number of slides, bounded in bytes; the ones unused for longest go first. A block that several
 * threads want at once is decoded by one of them. Blocks in use stay, so that the bound is exceeded by at most one block
 * for each thread. The array of a block that goes is written to again by the next block of its size: a new one for each
 * would have the collector copy all that is kept.
 */
public final class BlockCache {
    private final long maxBytes;

    private final LinkedHashMap<Key, Block> blocks = new LinkedHashMap<>(64, 0.75f, true);

    private final SpareArrays spare = new SpareArrays();

    private long bytes;

    /** Decodes a block that is not there. */
    interface Decoding {
        byte[] decode(BlockRoom room) throws IOException;
    }

    /** A block of a level of a source, which is known by its identity. */
    private record Key(Object source, int level, int block) {}

    /** A block that is there or on its way. All but the pixels is guarded by {@link #blocks}. */
    private static final class Block {
        private final CompletableFuture<byte[]> pixels = new CompletableFuture<>();

        /** Whether it is in the cache; the array of one that is not belongs to its users alone. */
        private boolean kept;

        /** Bytes that are counted for it. */
        private int size;

        private int users;
    }

    /** The use of a block, for one thread. Until it is closed nobody writes to the pixels; afterwards anybody may. */
    final class Use implements AutoCloseable {
        private final Block block;

        private byte[] pixels;

        /** Where the array goes, {@code null} if it stays in the cache. */
        private final PassingArrays from;

        private Use(final Block block, final byte[] pixels, final PassingArrays from) {
            this.block = block;
            this.pixels = pixels;
            this.from = from;
        }

        /** The decoded block, only to be read, and only until this is closed. */
        byte[] pixels() {
            return pixels;
        }

        @Override
        public void close() {
            if (pixels != null) {
                if (from != null) {
                    from.put(pixels);
                }
                pixels = null;
                synchronized (blocks) {
                    block.users--;
                }
            }
        }
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

    /** The block, decoded now if it is not there. */
    Use get(final Object source, final int level, final int block, final Decoding decoding) throws IOException {
        final Key key = new Key(source, level, block);
        final Block mine = new Block();
        final Block found;
        synchronized (blocks) {
            final Block there = blocks.get(key);
            found = there == null ? mine : there;
            found.users++;
            if (there == null) {
                mine.kept = true;
                blocks.put(key, mine);
            }
        }
        return found == mine ? decode(key, mine, decoding) : await(found, decoding);
    }

    /** The block if it is there or on its way and comes to be, else {@code null}. */
    Use find(final Object source, final int level, final int block) {
        final Block found;
        synchronized (blocks) {
            found = blocks.get(new Key(source, level, block));
            if (found == null) {
                return null;
            }
            found.users++;
        }
        try {
            return new Use(found, found.pixels.join(), null);
        } catch (final CompletionException e) {
            return null; // it was removed, and so are its users
        }
    }

    /** Pixels that are not kept, for one use; their array is put back afterwards. */
    Use alone(final byte[] pixels, final PassingArrays from) {
        return new Use(new Block(), pixels, from);
    }

    private Use decode(final Key key, final Block block, final Decoding decoding) throws IOException {
        try {
            final byte[] pixels = decoding.decode(size -> room(block, size));
            synchronized (blocks) {
                count(block, pixels.length);
                spare.trim(Math.max(0, maxBytes - bytes));
            }
            block.pixels.complete(pixels);
            return new Use(block, pixels, null);
        } catch (final IOException | RuntimeException | Error e) {
            synchronized (blocks) {
                if (blocks.remove(key, block)) {
                    leave(block);
                }
            }
            block.pixels.completeExceptionally(e);
            throw e;
        }
    }

    private byte[] room(final Block block, final int size) {
        final byte[] used;
        synchronized (blocks) {
            count(block, size);
            used = spare.take(size);
            spare.trim(Math.max(0, maxBytes - bytes));
        }
        return used == null ? new byte[size] : used;
    }

    /** Counts the bytes of a block, unless its source was closed meanwhile, and makes room for them. */
    private void count(final Block block, final int size) {
        if (!block.kept) {
            return;
        }
        bytes += size - block.size;
        block.size = size;
        final Iterator<Block> oldest = blocks.values().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            final Block old = oldest.next();
            if (old.users == 0) {
                oldest.remove();
                leave(old);
                spare.put(old.pixels.join());
            }
        }
    }

    private void leave(final Block block) {
        block.kept = false;
        bytes -= block.size;
    }

    /** A failure may be that of the other thread alone, which was interrupted; this one then tries itself. */
    private Use await(final Block block, final Decoding decoding) throws IOException {
        try {
            return new Use(block, block.pixels.join(), null);
        } catch (final CompletionException e) {
            return new Use(new Block(), decoding.decode(byte[]::new), null);
        }
    }

    /** Forgets the blocks of a source and leaves their arrays to the collector. */
    void forget(final Object source) {
        synchronized (blocks) {
            blocks.entrySet().removeIf(entry -> {
                final boolean gone = entry.getKey().source == source;
                if (gone) {
                    leave(entry.getValue());
                }
                return gone;
            });
        }
    }

    /** Decoded bytes that are kept now. */
    long bytes() {
        synchronized (blocks) {
            return bytes;
        }
    }
}
