package org.selfdiff.imaging.tiff;

import java.io.IOException;

/**
 * Decodes a whole baseline or progressive JPEG stream. The stream has been looked through before: its frame is no larger
 * than allowed, it begins with an Adobe marker that tells its colours, it holds all tables, and it ends with an
 * end-of-image marker. Several threads may decode at once.
 */
public interface JpegDecoder extends AutoCloseable {

    /** Who decodes, such as {@code JPEG by the JDK}. */
    String name();

    /**
     * Decodes the stream.
     *
     * @param stream the stream, as long as the array
     * @param frame size and components as the stream declares them
     * @param room gives the array for the result
     * @return {@code components * width * height} samples, interleaved, row by row: grey, or RGB (upsampled and
     *     converted as the Adobe marker says)
     * @throws IOException if the stream is damaged or ends early
     */
    byte[] decode(byte[] stream, JpegFrame frame, BlockRoom room) throws IOException;

    /** Decodes the stream into a new array. */
    default byte[] decode(final byte[] stream, final JpegFrame frame) throws IOException {
        return decode(stream, frame, byte[]::new);
    }

    /** Releases what is kept from stream to stream; it may be called more than once. */
    @Override
    default void close() {
        // nothing is kept
    }
}
