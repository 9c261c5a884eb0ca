package org.selfdiff.imaging.jpeg2000;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts of pictures look as if the whole picture had been decoded. */
class PartTest {
    private static final Map<String, byte[]> STREAMS = Map.of(
            "plain", Streams.PLAIN,
            "tiles off the origin", Streams.RPCL,
            "styles", Streams.STYLES,
            "colour", Streams.COLOUR,
            "subsampled", Streams.SUBSAMPLED,
            "irreversible", Streams.REAL,
            "irreversible in blocks", Streams.REAL_BLOCKS,
            "layers", Streams.LAYERS);

    @Test
    void everyPartIsThatOfTheWhole() throws IOException {
        final Random random = new Random(11);
        for (final Map.Entry<String, byte[]> stream : STREAMS.entrySet()) {
            final Jpeg2000Picture whole = Streams.picture(stream.getValue());
            for (int n = 0; n < 60; n++) {
                final int x = random.nextInt(whole.width());
                final int y = random.nextInt(whole.height());
                final Jpeg2000.Part part =
                        new Jpeg2000.Part(x, y, 1 + random.nextInt(whole.width()), 1 + random.nextInt(whole.height()));
                final Jpeg2000Picture picture = Streams.picture(stream.getValue(), part);
                for (int i = y; i < Math.min(whole.height(), y + part.height()); i++) {
                    final int to = Math.min(whole.width(), x + part.width());
                    for (int k = (i * whole.width() + x) * whole.components();
                            k < (i * whole.width() + to) * whole.components();
                            k++) {
                        assertEquals(whole.samples()[k], picture.samples()[k], stream.getKey() + " " + part + ": " + k);
                    }
                }
            }
        }
    }

    /** Blocks are 4 x 4 there, so that a corner needs few of them. */
    @Test
    void blocksElsewhereAreNotDecoded() throws IOException {
        final Jpeg2000Picture whole = Streams.picture(Streams.RPCL);
        final Jpeg2000Picture corner = Streams.picture(Streams.RPCL, new Jpeg2000.Part(0, 0, 1, 1));
        int different = 0;
        for (int k = 0; k < whole.samples().length; k++) {
            different += whole.samples()[k] != corner.samples()[k] ? 1 : 0;
        }
        assertTrue(different > whole.samples().length / 2, different + " of " + whole.samples().length);
    }
}
