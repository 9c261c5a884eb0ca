package org.selfdiff.imaging.tiff;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import org.selfdiff.run.RunFailed;

/**
 * The unpacked bytes of a strip as a stream, for strips that are too large to be unpacked at once. Memory does not
 * depend on the strip.
 */
final class UnpackedStream {

    private UnpackedStream() {}

    /** The stream, or an error that names the compression if it cannot be unpacked bit by bit. */
    static InputStream of(final TiffDirectory directory, final InputStream packed) throws RunFailed {
        return switch ((int) directory.number(TiffTag.COMPRESSION, Compression.NONE)) {
            case Compression.NONE -> packed;
            case Compression.LZW -> new LzwBytes(packed);
            case Compression.DEFLATE, Compression.OLD_DEFLATE -> new InflaterInputStream(packed);
            case Compression.PACK_BITS -> new PackBitsBytes(packed);
            default -> throw directory.unread(
                    TiffTag.COMPRESSION, "A strip of this size is not read in this compression");
        };
    }

    /** Bytes one by one, which the stream's user asks for in arrays. */
    private abstract static class Bytes extends InputStream {
        final InputStream packed;

        Bytes(final InputStream packed) {
            this.packed = packed;
        }

        @Override
        public final int read(final byte[] into, final int from, final int count) throws IOException {
            for (int i = 0; i < count; i++) {
                final int b = read();
                if (b < 0) {
                    return i == 0 ? -1 : i;
                }
                into[from + i] = (byte) b;
            }
            return count;
        }

        @Override
        public final void close() throws IOException {
            packed.close();
        }
    }

    /** PackBits (TIFF 6.0, section 9). */
    private static final class PackBitsBytes extends Bytes {
        private int literal;

        private int repeats;

        private int repeated;

        PackBitsBytes(final InputStream packed) {
            super(packed);
        }

        @Override
        public int read() throws IOException {
            while (literal == 0 && repeats == 0) {
                final int code = packed.read();
                if (code < 0) {
                    return -1;
                }
                if (code < 128) {
                    literal = code + 1;
                } else if (code > 128) {
                    repeats = 257 - code;
                    repeated = packed.read();
                }
            }
            if (literal > 0) {
                literal--;
                return packed.read();
            }
            repeats--;
            return repeated;
        }
    }

    /** LZW (TIFF 6.0, section 13) by prefixes: an entry is the entry before and one more byte. */
    private static final class LzwBytes extends Bytes {
        private static final int CLEAR = 256;

        private static final int END = 257;

        private static final int TABLE = 4096;

        private final short[] prefix = new short[TABLE];

        private final byte[] suffix = new byte[TABLE];

        private final byte[] pending = new byte[TABLE];

        private int left;

        private int next = END + 1;

        private int last = -1;

        private int first;

        private int bits;

        private int held;

        private boolean ended;

        LzwBytes(final InputStream packed) {
            super(packed);
        }

        @Override
        public int read() throws IOException {
            while (left == 0 && !ended) {
                code();
            }
            return left == 0 ? -1 : pending[--left] & 0xff;
        }

        private void code() throws IOException {
            final int width = next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9;
            while (held < width) {
                final int b = packed.read();
                if (b < 0) {
                    throw new EOFException("its LZW data end early");
                }
                bits = bits << 8 | b;
                held += 8;
            }
            held -= width;
            final int code = bits >>> held & (1 << width) - 1;
            if (code == END) {
                ended = true;
            } else if (code == CLEAR) {
                next = END + 1;
                last = -1;
            } else {
                string(code);
            }
        }

        private void string(final int code) throws IOException {
            if (code > next || code >= CLEAR && last < 0 || code == next && next >= TABLE) {
                throw new IOException("its LZW data are damaged (code " + code + " of " + next + ")");
            }
            int at = code;
            if (code == next) { // the last string and its own first byte
                pending[left++] = (byte) first;
                at = last;
            }
            while (at >= CLEAR) {
                pending[left++] = suffix[at];
                at = prefix[at];
            }
            first = at;
            pending[left++] = (byte) at;
            if (last >= 0 && next < TABLE) {
                prefix[next] = (short) last;
                suffix[next] = (byte) first;
                next++;
            }
            last = code;
        }
    }
}
