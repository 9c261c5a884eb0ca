package org.selfdiff.imaging.tiff.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;
import org.w3c.dom.Element;

class SlideWriterTest {
    private static final int WIDTH = 2311;

    private static final int HEIGHT = 1203;

    @TempDir
    Path folder;

    private List<TinyTiff.Directory> written(
            final SlideFormat format, final BlockCompression compression, final int threads) throws Exception {
        try (Workers workers = new Workers(threads)) {
            SlideWriter.write(file(format), slide(format, compression), source(), workers, RunControl.silent());
        }
        return TinyTiff.read(file(format)).directories();
    }

    private Path file(final SlideFormat format) {
        return folder.resolve("slide" + format.ending());
    }

    private static SlideWriter.Slide slide(final SlideFormat format, final BlockCompression compression) {
        return new SlideWriter.Slide(WIDTH, HEIGHT, 0.5, 20, format, compression, 80);
    }

    private static BlockSource source() {
        return Ramps.source(PixelType.RGB8);
    }

    /** The mean of every square of the whole picture, by the formula and not by bands. */
    private static byte[] reduced(final byte[] whole, final int width, final int height, final int factor) {
        final int w = width / factor;
        final int h = height / factor;
        final byte[] out = new byte[3 * w * h];
        for (int i = 0; i < out.length; i++) {
            final int x = i / 3 % w;
            final int y = i / 3 / w;
            int sum = 0;
            for (int d = 0; d < factor * factor; d++) {
                sum += whole[3 * ((y * factor + d / factor) * width + x * factor + d % factor) + i % 3] & 0xff;
            }
            out[i] = (byte) Math.round((float) sum / (factor * factor));
        }
        return out;
    }

    @Test
    void everyLevelIsTheMeanOfTheOneBefore() throws Exception {
        final List<TinyTiff.Directory> levels = written(SlideFormat.BIG_TIFF, BlockCompression.DEFLATE, 2);
        assertEquals(3, levels.size());
        byte[] expected = Ramps.samples(PixelType.RGB8, 0, 0, WIDTH, HEIGHT);
        assertArrayEquals(expected, levels.get(0).samples());
        expected = reduced(expected, WIDTH, HEIGHT, 2);
        assertArrayEquals(expected, levels.get(1).samples());
        expected = reduced(expected, WIDTH / 2, HEIGHT / 2, 2);
        assertArrayEquals(expected, levels.get(2).samples());
        assertEquals(1, levels.get(2).value(254, 0));
        assertEquals(
                20_000 * 577 / 2311.0,
                (double) levels.get(2).values(282)[0] / levels.get(2).values(282)[1],
                0.01);
    }

    @Test
    void aperioSlidesSayWhatAperioSlidesSay() throws Exception {
        final List<TinyTiff.Directory> chain = written(SlideFormat.APERIO, BlockCompression.JPEG, 2);
        assertEquals(5, chain.size(), "level 0, thumbnail, level 1, label, macro");
        assertEquals(
                "Aperio Image Library v11.2.1 \r\n2311x1203 [0,0 2311x1203] (256x256) JPEG/RGB Q=80|AppMag = 20|MPP = 0.5"
                        + "|OriginalWidth = 2311|OriginalHeight = 1203",
                chain.get(0).text(270));
        assertTrue(chain.get(1).text(270).contains("2311x1203 -> 577x300 - "));
        assertTrue(chain.get(2).text(270).contains("(256x256) -> 577x300 JPEG/RGB Q=80|AppMag = 20"));
        assertTrue(chain.get(3).text(270).endsWith("v11.2.1 \nlabel 384x384"));
        assertTrue(chain.get(4).text(270).endsWith("v11.2.1 \nmacro 1280x432"));
        assertArrayEquals(
                new int[] {0, 0, 0, 1, 9},
                chain.stream().mapToInt(d -> d.value(254, 7)).toArray());
        assertTrue(chain.get(1).values(322) == null && chain.get(2).values(322) != null, "a thumbnail has strips");
        final byte[] whole = Ramps.samples(PixelType.RGB8, 0, 0, WIDTH, HEIGHT);
        final double mean = Ramps.meanDifference(
                reduced(whole, WIDTH, HEIGHT, 4), chain.get(2).samples());
        assertTrue(mean < 8, "" + mean);
    }

    @Test
    void omeTiffHasSubDirectoriesAndWellFormedXml() throws Exception {
        final List<TinyTiff.Directory> chain = written(SlideFormat.OME_TIFF, BlockCompression.LZW, 2);
        assertEquals(1, chain.size());
        assertEquals(2, chain.get(0).children().size());
        final byte[] whole = Ramps.samples(PixelType.RGB8, 0, 0, WIDTH, HEIGHT);
        assertArrayEquals(
                reduced(whole, WIDTH, HEIGHT, 2), chain.get(0).children().get(0).samples());
        final Element ome = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(chain.get(0).text(270).getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        final Element pixels = (Element) ome.getElementsByTagName("Pixels").item(0);
        assertEquals("2311", pixels.getAttribute("SizeX"));
        assertEquals("0.5", pixels.getAttribute("PhysicalSizeX"));
        assertEquals("µm", pixels.getAttribute("PhysicalSizeXUnit"));
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        for (final SlideFormat format : SlideFormat.values()) {
            written(format, BlockCompression.JPEG, 1);
            final byte[] one = Files.readAllBytes(file(format));
            written(format, BlockCompression.JPEG, 3);
            assertArrayEquals(one, Files.readAllBytes(file(format)), format.name());
        }
    }

    @Test
    void aCancelLeavesNothing() throws Exception {
        final AtomicInteger blocks = new AtomicInteger();
        final RunControl cancelled = new RunControl() {
            @Override
            public boolean isCancelled() {
                return blocks.get() > 12;
            }

            @Override
            public void progress(final double fraction, final String message) {
                assertFalse(fraction > 1);
            }

            @Override
            public void warn(final String message) {
                throw new AssertionError(message);
            }
        };
        try (Workers workers = new Workers(2)) {
            assertThrows(
                    RunCancelled.class,
                    () -> SlideWriter.write(
                            file(SlideFormat.APERIO),
                            slide(SlideFormat.APERIO, BlockCompression.JPEG),
                            (x, y, w, h) -> {
                                blocks.incrementAndGet();
                                return Ramps.samples(PixelType.RGB8, x, y, w, h);
                            },
                            workers,
                            cancelled));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
