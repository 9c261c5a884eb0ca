package org.selfdiff.imaging;

import java.io.DataInput;
import java.io.EOFException;
import java.io.IOException;

/**
 * What the segments of a JPEG stream say before its first scan (ITU T.81, B.2). Offsets count from the first byte of
 * the stream.
 *
 * @param process the start-of-frame marker: {@code 0xc0} baseline, {@code 0xc1} extended, {@code 0xc2} progressive
 * @param width columns, 0 where the size did not fit into 16 bits
 * @param height rows, 0 where the size did not fit into 16 bits
 * @param components 1 grey, 3 colour
 * @param blockWidth columns of a minimum coded unit
 * @param blockHeight rows of a minimum coded unit
 * @param restartInterval minimum coded units between restart markers, 0 if there are none
 * @param scanComponents components of the first scan
 * @param sizeAt where the two bytes of the height lie; those of the width follow
 * @param restartAt where the two bytes of the restart interval lie, 0 if it is not declared
 * @param length bytes up to the first entropy-coded one
 */
public record JpegHeader(
        int process,
        int width,
        int height,
        int components,
        int blockWidth,
        int blockHeight,
        int restartInterval,
        int scanComponents,
        int sizeAt,
        int restartAt,
        int length) {
    private static final int MAX_HEADER = 1 << 26;

    /** Whether rows can be decoded as they come; otherwise the whole picture has to be collected first. */
    public boolean streams() {
        return process <= 0xc1 && scanComponents == components;
    }

    /**
     * Reads all segments before the first scan.
     *
     * @param in at the first byte of the stream
     * @throws IOException if this is no JPEG stream or if it ends
     */
    public static JpegHeader read(final DataInput in) throws IOException {
        return new Walk(in).toScan();
    }

    /** Width and height of the first start-of-frame segment. */
    static int[] size(final DataInput in) throws IOException {
        final Walk walk = new Walk(in);
        while (!isFrame(walk.next())) {
            walk.skip();
        }
        walk.frame();
        return new int[] {walk.width, walk.height};
    }

    private static boolean isFrame(final int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** The way from segment to segment. */
    private static final class Walk {
        private final DataInput in;

        private long at;

        private int left;

        private int width;

        private int height;

        private int components;

        private int blockWidth = 8;

        private int blockHeight = 8;

        private int sizeAt;

        Walk(final DataInput in) throws IOException {
            this.in = in;
            if (u16() != 0xffd8) {
                throw new IOException("no JPEG stream");
            }
        }

        JpegHeader toScan() throws IOException {
            int process = 0;
            int restart = 0;
            int restartAt = 0;
            for (int marker = next(); marker != 0xda; marker = next()) {
                if (isFrame(marker)) {
                    process = marker;
                    frame();
                } else if (marker == 0xdd && left >= 2) {
                    restartAt = (int) at;
                    restart = u16();
                }
                skip();
            }
            if (process == 0) {
                throw new IOException("no frame header before the pixels");
            }
            final int scanComponents = u8();
            skip();
            return new JpegHeader(
                    process,
                    width,
                    height,
                    components,
                    blockWidth,
                    blockHeight,
                    restart,
                    scanComponents,
                    sizeAt,
                    restartAt,
                    (int) at);
        }

        /** Goes to the next segment that has a length, reads this and returns the marker. */
        int next() throws IOException {
            while (true) {
                final int marker = marker();
                if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd8) {
                    continue; // stands alone, without a length
                }
                if (marker == 0xd9) {
                    throw new IOException("no frame header before the pixels");
                }
                left = 2;
                final int length = u16();
                if (length < 2 || at + length > MAX_HEADER) {
                    throw new IOException("a segment of length " + length);
                }
                left = length - 2;
                return marker;
            }
        }

        private int marker() throws IOException {
            left = Integer.MAX_VALUE;
            if (u8() != 0xff) {
                throw new IOException("no marker where one is due");
            }
            int marker = u8();
            while (marker == 0xff) {
                marker = u8(); // fill bytes
            }
            return marker;
        }

        void frame() throws IOException {
            u8();
            sizeAt = (int) at;
            height = u16();
            width = u16();
            components = u8();
            int largestX = 1;
            int largestY = 1;
            for (int c = 0; c < components && left >= 3; c++) {
                u8();
                final int factors = u8();
                u8();
                largestX = Math.max(largestX, factors >> 4);
                largestY = Math.max(largestY, factors & 15);
            }
            // the single component of a grey stream is not interleaved: its unit is one block
            blockWidth = components == 1 ? 8 : 8 * largestX;
            blockHeight = components == 1 ? 8 : 8 * largestY;
        }

        void skip() throws IOException {
            while (left > 0) {
                final int n = in.skipBytes(left);
                if (n <= 0) {
                    throw new EOFException();
                }
                left -= n;
                at += n;
            }
        }

        private int u8() throws IOException {
            at++;
            left--;
            return in.readUnsignedByte();
        }

        private int u16() throws IOException {
            at += 2;
            left -= 2;
            return in.readUnsignedShort();
        }
    }
}
