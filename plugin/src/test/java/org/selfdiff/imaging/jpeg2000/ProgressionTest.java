package org.selfdiff.imaging.jpeg2000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Changes of progression: RLCP is the same order of packets as one LRCP after the other, each of a single resolution.
 * So a codestream of RLCP that declares another order and these changes must decode to the same.
 */
class ProgressionTest {
    private static final int RLCP = 1;

    private static final int CPRL = 4;

    @Test
    void changesOfProgressionGoBeforeTheOrderOfTheWhole() throws IOException {
        final byte[] changed = withChanges(new byte[] {0, 0, 0, 2, 1, 1, 0, 1, 0, 0, 2, 2, 1, 0, 2, 0, 0, 2, 3, 1, 0});
        assertArrayEquals(
                Streams.picture(Streams.LAYERS).samples(),
                Streams.picture(changed).samples());
    }

    @Test
    void packetsThatNoChangeNamesAreMissed() throws IOException {
        final byte[] changed = withChanges(new byte[] {0, 0, 0, 2, 1, 1, 0, 1, 0, 0, 2, 2, 1, 0});
        final IOException e = assertThrows(IOException.class, () -> Streams.picture(changed));
        assertTrue(e.getMessage().contains("leave out packets"), e.getMessage());
    }

    /** The codestream with a marker POC behind COD, and COD of another order. */
    private static byte[] withChanges(final byte[] changes) throws IOException {
        final byte[] data = Streams.LAYERS.clone();
        final int style = 2 + 2 + 41;
        assertEquals(RLCP, data[style + 5]);
        data[style + 5] = CPRL;
        final int behind = style + 14;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(data, 0, behind);
        out.write(new byte[] {-1, 0x5f, 0, (byte) (2 + changes.length)});
        out.write(changes);
        out.write(data, behind, data.length - behind);
        return out.toByteArray();
    }
}
