package org.selfdiff.imaging.tiff;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The lossless compressions: packed bytes to a known number of bytes. What follows that number is ignored. */
enum Unpacking {
    /** No compression (1). */
    NONE("none", Compression.NONE) {
        @Override
        byte[] unpack(final byte[] packed, final int size, final BlockRoom room) throws IOException {
            if (packed.length < size) {
                throw ended(packed.length, size);
            }
            return packed.length == size ? packed : java.util.Arrays.copyOf(packed, size);
        }
    },

    /** Lempel-Ziv-Welch (5). */
    LZW("LZW", Compression.LZW) {
        @Override
        byte[] unpack(final byte[] packed, final int size, final BlockRoom room) throws IOException {
            return Lzw.unpack(packed, size, room);
        }
    },

    /** Deflate in a zlib stream (8, and 32946 by older writers). */
    DEFLATE("deflate", Compression.DEFLATE, Compression.OLD_DEFLATE) {
        @Override
        byte[] unpack(final byte[] packed, final int size, final BlockRoom room) throws IOException {
            final Inflater inflater = new Inflater();
            try {
                inflater.setInput(packed);
                final byte[] out = room.of(size);
                int done = 0;
                while (done < size) {
                    final int n = inflater.inflate(out, done, size - done);
                    if (n == 0) {
                        throw ended(done, size);
                    }
                    done += n;
                }
                return out;
            } catch (final DataFormatException e) {
                throw new IOException("its deflate stream is damaged (" + e.getMessage() + ")", e);
            } finally {
                inflater.end();
            }
        }
    },

    /** Runs and literal bytes (32773; TIFF 6.0, section 9). */
    PACK_BITS("PackBits", Compression.PACK_BITS) {
        @Override
        byte[] unpack(final byte[] packed, final int size, final BlockRoom room) throws IOException {
            final byte[] out = room.of(size);
            int at = 0;
            int done = 0;
            while (done < size) {
                final int code = at < packed.length ? packed[at++] : -128;
                final int count = Math.min(size - done, 1 + Math.abs(code));
                if (at + (code >= 0 ? count : 1) > packed.length) {
                    throw ended(done, size);
                }
                if (code >= 0) {
                    System.arraycopy(packed, at, out, done, count);
                    at += count;
                    done += count;
                } else if (code != -128) {
                    java.util.Arrays.fill(out, done, done + count, packed[at++]);
                    done += count;
                }
            }
            return out;
        }
    };

    private final String title;

    private final int[] compressions;

    Unpacking(final String title, final int... compressions) {
        this.title = title;
        this.compressions = compressions;
    }

    /** That of a value of the tag Compression, or {@code null} if it is another kind. */
    static Unpacking of(final long compression) {
        for (final Unpacking unpacking : values()) {
            for (final int one : unpacking.compressions) {
                if (one == compression) {
                    return unpacking;
                }
            }
        }
        return null;
    }

    /** Name for reports. */
    String title() {
        return title;
    }

    /** Values of the tag Compression. */
    int[] compressions() {
        return compressions.clone();
    }

    /**
     * Unpacks.
     *
     * @param size bytes that are due
     * @param room gives the array for them
     * @return that many bytes; the argument itself where nothing is packed
     * @throws IOException if the data end early or are damaged
     */
    abstract byte[] unpack(byte[] packed, int size, BlockRoom room) throws IOException;

    /** Unpacks into a new array. */
    final byte[] unpack(final byte[] packed, final int size) throws IOException {
        return unpack(packed, size, byte[]::new);
    }

    static EOFException ended(final int done, final int size) {
        return new EOFException("its data end after " + done + " of " + size + " bytes");
    }
}
