package org.selfdiff.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Segments put together by hand (ITU T.81, B.2). */
class JpegHeaderTest {
    private static final int[] COLOUR = {0xff, 0xc0, 0, 17, 8, 0, 100, 1, 44, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1};

    private static final int[] RESTART = {0xff, 0xdd, 0, 4, 0, 7};

    private static final int[] SCAN = {0xff, 0xda, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0};

    private static byte[] stream(final int[]... segments) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xff);
        out.write(0xd8);
        for (final int[] segment : segments) {
            Arrays.stream(segment).forEach(out::write);
        }
        return out.toByteArray();
    }

    private static JpegHeader read(final byte[] stream) throws IOException {
        return JpegHeader.read(new DataInputStream(new ByteArrayInputStream(stream)));
    }

    @Test
    void aColourStreamIsDescribed() throws IOException {
        final int[] comment = {0xff, 0xff, 0xfe, 0, 5, 0xff, 0xc2, 0xff}; // a fill byte; the content looks like a frame
        final byte[] stream = stream(comment, COLOUR, RESTART, SCAN, new int[] {1, 2, 3});
        final JpegHeader header = read(stream);
        assertEquals(new JpegHeader(0xc0, 300, 100, 3, 16, 16, 7, 3, 15, 33, stream.length - 3), header);
        assertEquals(100, (stream[header.sizeAt()] & 0xff) << 8 | stream[header.sizeAt() + 1] & 0xff);
        assertEquals(7, stream[header.restartAt() + 1]);
        assertTrue(header.streams());
    }

    @Test
    void progressiveAndSeparateScansAreCollectedAsAWhole() throws IOException {
        final int[] progressive = COLOUR.clone();
        progressive[1] = 0xc2;
        assertFalse(read(stream(progressive, SCAN)).streams());
        final int[] grey = {0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0};
        assertFalse(read(stream(COLOUR, grey)).streams());
    }

    @Test
    void theOnlyComponentHasUnitsOfOneBlock() throws IOException {
        final int[] frame = {0xff, 0xc0, 0, 11, 8, 0, 9, 0, 9, 1, 1, 0x22, 0};
        final int[] scan = {0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0};
        final JpegHeader header = read(stream(frame, scan));
        assertEquals(8, header.blockWidth());
        assertEquals(8, header.blockHeight());
        assertEquals(0, header.restartInterval());
    }

    @Test
    void whatIsCutOffOrNoStreamIsRefused() {
        final byte[] whole = stream(COLOUR, RESTART, SCAN);
        for (int length = 0; length < whole.length; length++) {
            final byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(EOFException.class, () -> read(cut), "at " + length);
        }
        assertThrows(IOException.class, () -> read(new byte[] {1, 2, 3, 4}));
        assertThrows(IOException.class, () -> read(stream(new int[] {0xff, 0xc0, 0, 1})));
        assertThrows(IOException.class, () -> read(stream(SCAN)));
        assertThrows(IOException.class, () -> read(stream(new int[] {0xff, 0xd9})));
    }
}
