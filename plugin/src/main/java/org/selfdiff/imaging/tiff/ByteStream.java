package org.selfdiff.imaging.tiff;

import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory as the JDK's image readers want them, without a copy; one stream serves one array after the other. */
final class ByteStream extends ImageInputStreamImpl {
    private byte[] bytes;

    ByteStream(final byte[] bytes) {
        this.bytes = bytes;
    }

    /** Goes to the start of other bytes: each stream that is made costs the collector a finalizer. */
    void begin(final byte[] other) {
        bytes = other;
        streamPos = 0;
        flushedPos = 0;
        bitOffset = 0;
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
    }

    @Override
    public int read(final byte[] target, final int at, final int count) {
        bitOffset = 0;
        final int n = (int) Math.min(count, bytes.length - streamPos);
        if (n <= 0) {
            return count == 0 ? 0 : -1;
        }
        System.arraycopy(bytes, (int) streamPos, target, at, n);
        streamPos += n;
        return n;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
