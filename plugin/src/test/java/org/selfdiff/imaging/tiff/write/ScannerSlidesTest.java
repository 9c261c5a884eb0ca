package org.selfdiff.imaging.tiff.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the slides which the readers' tests are given are what they are meant to be. */
class ScannerSlidesTest {
    @TempDir
    Path folder;

    @Test
    void philipsLevelsArePaddedAndTheXmlKnowsTheirSpacing() throws Exception {
        final Path file = folder.resolve("philips.tiff");
        PhilipsSlide.write(
                file,
                1500,
                1100,
                0.25,
                (x, y, w, h) -> x == 512 && y == 0 ? null : Ramps.samples(PixelType.RGB8, x, y, w, h));
        final List<TinyTiff.Directory> chain = TinyTiff.read(file).directories();
        assertEquals(5, chain.size());
        assertEquals(1536, chain.get(0).value(256, 0));
        assertEquals(1024, chain.get(1).value(256, 0), "768 in whole tiles");
        assertEquals(512, chain.get(2).value(257, 0));
        assertEquals(0, chain.get(0).values(325)[1]);
        assertTrue(chain.get(0).text(270).contains("&quot;0.000500000&quot; &quot;0.000500000&quot;"));
        final byte[] level = chain.get(1).samples();
        assertEquals(255, level[3 * (100 * 1024 + 900)] & 0xff, 2, "padding is white");
        assertEquals(255, level[3 * (100 * 1024 + 300)] & 0xff, 2, "a tile without bytes is white in the next level");
        assertEquals("Macro", chain.get(3).text(270));
    }

    @Test
    void ndpiLevelsAreJpegsWithRestartMarkersWhereTheTagSays() throws Exception {
        final Path file = folder.resolve("a.ndpi");
        NdpiSlide.write(file, 1024, 600, 0.5, 2, Ramps.source(PixelType.RGB8));
        final List<TinyTiff.Directory> chain = TinyTiff.read(file).directories();
        assertEquals(3, chain.size());
        final long[] starts = chain.get(0).values(65426);
        assertEquals(2 * 75, starts.length, "two intervals in each row of 8 pixels");
        final byte[] bytes = Files.readAllBytes(file);
        for (int i = 1; i < starts.length; i++) {
            final int at = (int) (chain.get(0).values(273)[0] + starts[i]);
            assertEquals(0xff, bytes[at - 2] & 0xff);
            assertEquals(0xd0 + (i - 1) % 8, bytes[at - 1] & 0xff);
        }
        final byte[] expected = Ramps.samples(PixelType.RGB8, 0, 0, 1024, 600);
        final double mean = Ramps.meanDifference(expected, chain.get(0).samples());
        assertTrue(mean < 3, "" + mean);
        assertEquals(Float.floatToIntBits(20f), chain.get(0).value(65421, 0));
        assertEquals(Float.floatToIntBits(-1f), chain.get(2).value(65421, 0));
    }

    @Test
    void aSlideOfGigapixelsIsSmallIfItRepeatsItself() throws Exception {
        final Path file = folder.resolve("large.tif");
        RepeatedSlide.write(file, 60_100, 50_200, 0.25, TiffForm.bigTiff(), BlockCompression.DEFLATE);
        assertTrue(Files.size(file) < 6_000_000, "" + Files.size(file));
        final List<TinyTiff.Directory> chain = TinyTiff.read(file).directories();
        assertEquals(7, chain.size());
        assertEquals(235 * 197, chain.get(0).values(324).length);
        final byte[] last = chain.get(6).samples();
        final byte[] part = new byte[3 * 900];
        System.arraycopy(last, 3 * 939 * 700, part, 0, part.length);
        assertArrayEquals(RepeatedSlide.samples(0, 700, 900, 1), part);
    }
}
