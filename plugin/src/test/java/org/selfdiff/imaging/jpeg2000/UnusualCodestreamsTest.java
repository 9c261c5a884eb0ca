package org.selfdiff.imaging.jpeg2000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Base64;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** What some encoders write and a reader must take. */
class UnusualCodestreamsTest {
    /** Positions in {@link Streams#PLAIN}: last bytes of Ysiz and YTsiz, YRsiz, and the component transform of COD. */
    private static final int ROWS = 15;

    private static final int TILE_ROWS = 31;

    private static final int ROW_STEP = 44;

    private static final int TRANSFORM = 53;

    /**
     * OpenJPEG 2.5.0, 24 x 17, two layers of limited rate, segmentation symbols: the last pass of a block is cut before
     * its symbol.
     */
    private static final String SHORT_LAST_PASS =
            """
            /0//UQApAAAAAAAYAAAAEQAAAAAAAAAAAAAAGAAAABEAAAAAAAAAAAABBwEB/1IADAAAAAIAAQQEIAH/XAAHQEBISFD/ZAAlAAFDcmVh
            dGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAABAAAH/k81kBpGt7U8h7ohrlSM6bMwSkq4LCgq07cLNkoDw0Lrkzm4M
            CuHjiPZh2OnCUEr7VmLt/9k=""";

    /** With one row in two, rows 0 to 50 hold all 26 rows of samples and row 51, the second tile, holds none. */
    @Test
    void aTileWithoutSamplesMayBeLeftOut() throws IOException {
        final byte[] data = Streams.PLAIN.clone();
        data[ROWS] = 52;
        data[TILE_ROWS] = 51;
        data[ROW_STEP] = 2;
        final Jpeg2000Planes planes = Streams.planes(data, 0);
        assertEquals(52, planes.height());
        assertArrayEquals(Streams.planes(Streams.PLAIN, 0).planes()[0].samples(), planes.planes()[0].samples());
        assertEquals(37 * 52, Streams.picture(data).samples().length);
    }

    /** Rows 0 to 50 in one tile and row 52 in another: its sample row must come from somewhere. */
    @Test
    void aTileWithSamplesMayNot() {
        final byte[] data = Streams.PLAIN.clone();
        data[ROWS] = 53;
        data[TILE_ROWS] = 51;
        data[ROW_STEP] = 2;
        final IOException e = assertThrows(IOException.class, () -> Streams.planes(data, 0));
        assertTrue(e.getMessage().contains("tile 1 of 2 is missing"), e.getMessage());
    }

    @Test
    void aColourTransformOfAGreyPictureMeansNothing() throws IOException {
        final byte[] data = Streams.PLAIN.clone();
        data[TRANSFORM] = 1;
        final Jpeg2000Picture picture = Streams.picture(data);
        assertFalse(picture.transformed());
        assertArrayEquals(Streams.picture(Streams.PLAIN).samples(), picture.samples());
    }

    /** The sum is that of OpenJPEG's own decoder. */
    @Test
    void theLastPassMayEndBeforeItsSegmentationSymbol() throws IOException {
        final CRC32 sum = new CRC32();
        for (final byte sample :
                Streams.picture(Base64.getMimeDecoder().decode(SHORT_LAST_PASS)).samples()) {
            sum.update(sample);
        }
        assertEquals(466143158L, sum.getValue());
    }
}
