package org.selfdiff.imaging.tiff;

import java.io.EOFException;
import java.io.IOException;
import org.selfdiff.imaging.PassingArrays;
import org.selfdiff.run.RunFailed;

/** Reads decoded blocks of one file through a cache. */
final class BlockReader {
    private static final long SPARE_BYTES = 1 << 20;

    /** Arrays for parts of blocks up to this size are made for the whole block, so that each fits every part. */
    private static final long EQUAL_BYTES = 1 << 20;

    private static final long MOST_BYTES_OF_A_PIXEL = 16;

    private final TiffFile file;

    private final BlockCache cache;

    private final Partials partials = new Partials();

    private final PassingArrays passing = new PassingArrays();

    /** What turns the bytes of a block into what is kept of it, as {@link BlockCodec#decode} does. */
    interface Decoding {
        byte[] decode(byte[][] parts, int width, int height, BlockRoom room) throws IOException;
    }

    /** Decodes a block or a part of one. */
    private interface Opening {
        BlockCache.Use open() throws IOException;
    }

    BlockReader(final TiffFile file, final BlockCache cache) {
        this.file = file;
        this.cache = cache;
    }

    /**
     * A decoded block.
     *
     * @param index of the level, which tells its blocks from those of others
     * @param label what messages call the level
     * @return what the decoding made of it, to be closed after use, or {@code null} for one that the file leaves out
     * @throws RunFailed naming file, directory and block
     */
    BlockCache.Use block(
            final int index, final String label, final BlockTable table, final int block, final Decoding decoding)
            throws RunFailed {
        if (table.isAbsent(block)) {
            return null;
        }
        final BlockGrid grid = table.grid();
        return opened(
                label,
                grid,
                block,
                () -> cache.get(this, index, block, room -> {
                    partials.whole(index, block);
                    return decoding.decode(parts(table, block), grid.blockWidth(), grid.heightOf(block), room);
                }));
    }

    /** What a decoding gives; what it fails with names file, directory and block. */
    private BlockCache.Use opened(final String label, final BlockGrid grid, final int block, final Opening opening)
            throws RunFailed {
        try {
            return opening.open();
        } catch (final IOException e) {
            throw broken(label, grid, block, String.valueOf(e.getMessage()), e);
        } catch (final RuntimeException e) { // what a decoder did not expect
            throw broken(label, grid, block, "its content contradicts itself (" + e + ")", e);
        } catch (final OutOfMemoryError e) {
            throw broken(label, grid, block, "there is not enough memory for it", e);
        }
    }

    /**
     * A part of a block: of the whole block if it is there, else decoded alone where that pays. A request fails only if
     * the part that it needs cannot be decoded, whatever is kept and whatever was asked for before.
     *
     * @param part what is needed; the rest is arbitrary
     */
    BlockCache.Use part(final int index, final TiffLevel level, final int block, final BlockWindow part)
            throws RunFailed {
        final BlockTable table = level.blocks();
        final BlockGrid grid = table.grid();
        if (table.isAbsent(block) || !level.codec().saves(grid.blockWidth(), grid.heightOf(block), part)) {
            return block(index, level.label(), table, block, level.codec()::decode);
        }
        final BlockCache.Use kept = cache.find(this, index, block);
        if (kept != null) {
            return kept;
        }
        if (partials.pay(index, block)) {
            final BlockCache.Use alone = alone(level, block, part);
            return alone != null ? alone : block(index, level.label(), table, block, level.codec()::decode);
        }
        try {
            return block(index, level.label(), table, block, level.codec()::decode);
        } catch (final RunFailed e) {
            final BlockCache.Use alone = alone(level, block, part); // what is damaged may lie elsewhere
            if (alone == null) {
                throw e;
            }
            return alone;
        }
    }

    /** A part of a block, not kept; {@code null} where the codec decodes whole blocks only. */
    private BlockCache.Use alone(final TiffLevel level, final int block, final BlockWindow part) throws RunFailed {
        final BlockGrid grid = level.blocks().grid();
        final int width = grid.blockWidth();
        final long whole = 3L * width * grid.blockHeight();
        final int least = whole <= EQUAL_BYTES ? (int) whole : 0;
        return opened(level.label(), grid, block, () -> {
            final byte[] pixels = level.codec()
                    .decodePart(
                            parts(level.blocks(), block),
                            width,
                            grid.heightOf(block),
                            part,
                            size -> passing.take(Math.max(size, least)));
            return pixels == null ? null : cache.alone(pixels, passing);
        });
    }

    private byte[][] parts(final BlockTable table, final int block) throws IOException {
        final BlockGrid grid = table.grid();
        final byte[] prefix = table.prefix();
        final byte[][] parts = new byte[table.planes()][];
        final long most = MOST_BYTES_OF_A_PIXEL * grid.blockWidth() * grid.heightOf(block) + SPARE_BYTES;
        for (int p = 0; p < parts.length; p++) {
            final long offset = table.offsets()[p * grid.count() + block];
            final long length = table.lengths()[p * grid.count() + block];
            if (!file.input().holds(offset, length)) {
                throw new EOFException("its " + length + " bytes at " + offset + " lie past the end of the file");
            }
            if (length > Math.min(most, Integer.MAX_VALUE - 8L - prefix.length)) {
                throw new IOException("it is packed in " + length + " bytes, more than its pixels can need");
            }
            parts[p] = java.util.Arrays.copyOf(prefix, prefix.length + (int) length);
            file.input().fill(offset, parts[p], prefix.length, (int) length);
        }
        return parts;
    }

    private RunFailed broken(
            final String label, final BlockGrid grid, final int block, final String reason, final Throwable e) {
        final String kind = grid.strips() ? "strip" : "tile";
        final String place = grid.strips()
                ? " at row " + (long) block / grid.columns() * grid.blockHeight()
                : " in column " + block % grid.columns() + ", row " + block / grid.columns();
        return new RunFailed(
                "A " + kind + " cannot be decoded: " + reason,
                file.name() + ", " + label + ", " + kind + place,
                UnreadCoding.remedy(e),
                e);
    }

    void forget() {
        cache.forget(this);
    }
}
