package org.selfdiff.imaging.jpeg2000;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Codestreams that are cut off, altered, or declare more than they hold. */
class DamagedCodestreamsTest {
    private static final byte[][] ALL = {
        Streams.PLAIN,
        Streams.RPCL,
        Streams.STYLES,
        Streams.COLOUR,
        Streams.SUBSAMPLED,
        Streams.DEEP,
        Streams.REGION,
        Streams.REAL,
        Streams.LAYERS
    };

    /** Every byte of the header is altered, fewer of the packets. */
    private static final int HEADER = 120;

    @Test
    void prefixesAreRefused() {
        for (final byte[] whole : ALL) {
            final int step = whole == Streams.PLAIN ? 1 : 9;
            for (int length = 0; length < whole.length - 2; length += step) {
                final byte[] cut = Arrays.copyOf(whole, length);
                final IOException e =
                        assertThrows(IOException.class, () -> Streams.picture(cut), cut.length + " of " + whole.length);
                assertTrue(e.getMessage().startsWith("test: JPEG 2000: "), e.getMessage());
            }
        }
    }

    @Test
    void aCutCodestreamTellsHowFarItGot() {
        final byte[] cut = Arrays.copyOf(Streams.LAYERS, Streams.LAYERS.length - 10);
        assertEquals(
                "test: JPEG 2000: tile 0, packet 6 of 6: 8 bytes are missing in its body",
                assertThrows(IOException.class, () -> Streams.picture(cut)).getMessage());
    }

    @Test
    void alteredBytesGiveAPictureOrAnIOException() {
        final Random random = new Random(1);
        for (final byte[] whole : ALL) {
            for (int i = 0; i < whole.length; i += i < HEADER ? 1 : 11) {
                tryToDecode(whole, i, (byte) (1 << random.nextInt(8)));
            }
        }
    }

    private static void tryToDecode(final byte[] whole, final int at, final byte flip) {
        final byte[] altered = whole.clone();
        altered[at] ^= flip;
        try {
            final Jpeg2000Picture picture = Streams.picture(altered);
            assertTrue(picture.width() * picture.height() <= 10_000);
        } catch (final IOException e) {
            assertTrue(e.getMessage().startsWith("test: JPEG 2000: "), e.getMessage());
        }
    }

    @Test
    void aDeclaredSizeIsComparedWithTheLimit() throws IOException {
        final byte[] data = Jpeg2000Test.byHand(1 << 20, 1 << 20, 8, 1, new byte[] {0, 0, 0});
        refused(data, "1048576 x 1048576 pixels are declared, more than the limit of 10000");
    }

    @Test
    void moreTilesThanBytesAreRefused() throws IOException {
        final byte[] data = Jpeg2000Test.byHand(100, 100, 8, 1, new byte[] {0, 0, 0});
        data[8 + 16 + 3] = 1; // tiles of 1 x 1
        data[8 + 20 + 3] = 1;
        refused(data, "10000 tiles are declared");
    }

    @Test
    void whatIsNotSupportedIsNamed() throws IOException {
        final byte[] data = Jpeg2000Test.byHand(16, 16, 8, 1, new byte[] {0, 0, 0});
        final int style = 2 + 2 + 41; // behind SOC, and SIZ with its marker
        assertEquals(0x52, data[style + 1]);
        final byte[] packed = Arrays.copyOf(data, data.length);
        packed[style + 1] = 0x60;
        refused(packed, "packed packet headers");
        final byte[] throughput = data.clone();
        throughput[style + 12] = 0x40;
        refused(throughput, "high-throughput");
        final byte[] depth = data.clone();
        depth[style - 3] = 37;
        refused(depth, "38 bits");
    }

    @Test
    void aReductionBeyondTheLevelsIsRefused() {
        final IOException e = assertThrows(IOException.class, () -> Streams.planes(Streams.PLAIN, 3));
        assertTrue(e.getMessage().contains("has 2 levels, 3 cannot be left out"), e.getMessage());
    }

    private static void refused(final byte[] data, final String why) {
        final IOException e = assertThrows(IOException.class, () -> Streams.picture(data));
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }
}
