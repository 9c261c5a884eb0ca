package org.selfdiff.imaging.jpeg2000;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A tile of a real slide, whose bytes were found once and for all, against the means that OpenSlide 3.4.1 gives. */
class SlideTileTest {
    private static final Path SLIDE = Path.of("../../shared/data/slides/tcga-cr-7395-01a-01-ts1.svs");

    private static final long OFFSET = 895495;

    private static final int LENGTH = 13856;

    /** Sums of red, green and blue. */
    private static final long[] SUMS = {13398988L, 8136469L, 10926956L};

    @Test
    void aTileOfASlideIsWhatOpenSlideMakesOfIt() throws IOException {
        if (!Files.isRegularFile(SLIDE)) {
            System.out.println("NOT TESTED: the slide " + SLIDE + " is absent");
        }
        assumeTrue(Files.isRegularFile(SLIDE));
        final byte[] data = new byte[LENGTH];
        try (RandomAccessFile file = new RandomAccessFile(SLIDE.toFile(), "r")) {
            file.seek(OFFSET);
            file.readFully(data);
        }
        final Jpeg2000Picture tile = Jpeg2000.decode(data, 0, LENGTH, 256 * 256, "tile 100");
        assertEquals(256, tile.width());
        assertEquals(256, tile.height());
        assertTrue(tile.transformed());
        final long[] sums = new long[3];
        for (int i = 0; i < tile.samples().length; i++) {
            sums[i % 3] += tile.samples()[i] & 0xff;
        }
        for (int c = 0; c < 3; c++) {
            assertEquals(SUMS[c] / 65536.0, sums[c] / 65536.0, 0.01, "mean of component " + c);
        }
    }
}
