package org.selfdiff.imaging.tiff;

import java.io.IOException;

/**
 * Turns the compressed bytes of a block into pixels. One codec serves a whole level and several threads at once. A codec
 * trusts nothing: it allocates no more than a small multiple of the block, stops when the block is full and throws
 * {@code IOException} when the data end early or contradict the block.
 */
public interface BlockCodec extends AutoCloseable {

    /** Who decodes, such as {@code JPEG by the JDK}. */
    String name();

    /**
     * Decodes a block.
     *
     * @param parts the bytes of the block, one array, or one for each plane of samples
     * @param width of the block in pixels
     * @param height of the block in pixels
     * @param room gives the array for the result
     * @return {@code 3 * width * height} samples, interleaved RGB, row by row
     */
    byte[] decode(byte[][] parts, int width, int height, BlockRoom room) throws IOException;

    /**
     * Whether a part of a block may be much less work than all of it. Only then is {@link #decodePart} asked.
     *
     * @param width of the block in pixels
     * @param height of the block in pixels
     * @param part what is needed, inside of the block
     */
    default boolean saves(final int width, final int height, final BlockWindow part) {
        return false;
    }

    /**
     * Decodes a part of a block, whatever lies elsewhere.
     *
     * @param parts as {@link #decode} takes them
     * @param width of the block in pixels
     * @param height of the block in pixels
     * @param part what is needed, inside of the block
     * @param room gives the array for the result, which may be longer than asked for
     * @return samples row by row, {@code 3 * width} a row, down to the last row of the part; those of the part are equal
     *     to those of the whole block, others are arbitrary; {@code null} if the block can only be decoded as a whole, or
     *     nearly so
     */
    default byte[] decodePart(
            final byte[][] parts, final int width, final int height, final BlockWindow part, final BlockRoom room)
            throws IOException {
        return null;
    }

    /** Decodes a block into a new array. */
    default byte[] decode(final byte[][] parts, final int width, final int height) throws IOException {
        return decode(parts, width, height, byte[]::new);
    }

    /** Releases what the codec keeps from block to block; it may be called more than once. */
    @Override
    default void close() {
        // most keep nothing
    }
}
