package org.selfdiff.imaging.slide;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads at a place of a file without moving any position, so that threads need no lock. */
final class Positional {

    private Positional() {}

    /** Fills the array from a place of the file. */
    static void read(final FileChannel channel, final long at, final byte[] into) throws IOException {
        final ByteBuffer left = ByteBuffer.wrap(into);
        while (left.hasRemaining()) {
            if (channel.read(left, at + left.position()) < 0) {
                throw new EOFException("the file ends at byte " + (at + left.position()));
            }
        }
    }
}
