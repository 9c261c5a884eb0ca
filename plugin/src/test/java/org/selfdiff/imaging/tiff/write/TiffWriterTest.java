package org.selfdiff.imaging.tiff.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

class TiffWriterTest {
    private static final int WIDTH = 149;

    private static final int HEIGHT = 101;

    @TempDir
    Path folder;

    private Workers workers;

    @BeforeEach
    void start() {
        workers = new Workers(2);
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    private static List<TiffForm> forms() {
        final List<TiffForm> forms = new ArrayList<>();
        for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            forms.add(new TiffForm(false, order));
            forms.add(new TiffForm(true, order));
        }
        return forms;
    }

    private static List<TiffImage> images(final PixelType pixel, final BlockCompression compression) {
        return List.of(
                TiffImage.tiled(WIDTH, HEIGHT, pixel, 64, compression),
                TiffImage.stripped(WIDTH, HEIGHT, pixel, 16, compression));
    }

    private TinyTiff.Directory written(final TiffForm form, final TiffImage image, final BlockSource source)
            throws Exception {
        final Path file = folder.resolve("a.tif");
        try (TiffWriter writer = TiffWriter.begin(file, form)) {
            writer.commit(List.of(writer.image(image, source, workers, RunControl.silent())));
        }
        return TinyTiff.read(file).directories().get(0);
    }

    @Test
    void everyLosslessVariantReadsBackExactly() throws Exception {
        for (final TiffForm form : forms()) {
            for (final PixelType pixel : PixelType.values()) {
                final byte[] expected = Ramps.samples(pixel, 0, 0, WIDTH, HEIGHT);
                for (final BlockCompression compression : BlockCompression.values()) {
                    if (compression == BlockCompression.JPEG) {
                        continue;
                    }
                    for (final TiffImage image : images(pixel, compression)) {
                        final byte[] got =
                                written(form, image, Ramps.source(pixel)).samples();
                        assertArrayEquals(expected, got, form + " " + image);
                        if (compression == BlockCompression.LZW || compression == BlockCompression.DEFLATE) {
                            assertArrayEquals(
                                    expected,
                                    written(form, image.withPredictor(), Ramps.source(pixel))
                                            .samples(),
                                    form + " " + image + " with predictor");
                        }
                    }
                }
            }
        }
    }

    @Test
    void lzwSurvivesItsTableFillingUp() throws Exception {
        final java.util.Random random = new java.util.Random(5);
        final byte[] noise = new byte[300_000];
        random.nextBytes(noise);
        for (int i = 100_000; i < 200_000; i++) {
            noise[i] = (byte) (i % 7 == 0 ? 1 : 0);
        }
        final TiffImage image = TiffImage.stripped(1000, 300, PixelType.GREY8, 300, BlockCompression.LZW);
        assertArrayEquals(
                noise, written(TiffForm.classic(), image, (x, y, w, h) -> noise).samples());
        for (int length = 1; length < 1200; length++) {
            final byte[] one = Arrays.copyOf(noise, length);
            final TiffImage row = TiffImage.stripped(length, 1, PixelType.GREY8, 1, BlockCompression.LZW);
            assertArrayEquals(
                    one, written(TiffForm.classic(), row, (x, y, w, h) -> one).samples(), "" + length);
        }
    }

    @Test
    void jpegInEveryColourSpaceIsNearThePixels() throws Exception {
        final byte[] expected = Ramps.samples(PixelType.RGB8, 0, 0, WIDTH, HEIGHT);
        for (final JpegCoding.Colours colours : JpegCoding.Colours.values()) {
            for (final boolean shared : List.of(true, false)) {
                for (final TiffImage image : images(PixelType.RGB8, BlockCompression.JPEG)) {
                    final TinyTiff.Directory directory = written(
                            TiffForm.classic(),
                            image.withJpeg(new JpegCoding(95, colours, shared)),
                            Ramps.source(PixelType.RGB8));
                    final double limit = colours == JpegCoding.Colours.YCBCR_420 ? 5.5 : 2.5;
                    final double mean = Ramps.meanDifference(expected, directory.samples());
                    assertTrue(mean < limit, colours + " " + shared + " " + mean);
                    assertEquals(colours == JpegCoding.Colours.RGB ? 2 : 6, directory.value(262, 0));
                    assertEquals(shared, directory.values(347) != null);
                }
            }
        }
    }

    @Test
    void emptyBlocksHaveNoBytes() throws Exception {
        final TinyTiff.Directory directory = written(
                TiffForm.bigTiff(),
                TiffImage.tiled(200, 100, PixelType.GREY8, 64, BlockCompression.DEFLATE),
                (x, y, w, h) -> x == 64 ? null : Ramps.samples(PixelType.GREY8, x, y, w, h));
        assertEquals(0, directory.values(325)[1]);
        assertEquals(0, directory.values(324)[1]);
        assertTrue(directory.values(325)[2] > 0);
        assertEquals(8, directory.values(324).length);
    }

    @Test
    void equalBlocksAreMadeAndStoredOnce() throws Exception {
        final AtomicInteger asked = new AtomicInteger();
        final BlockSource source = new BlockSource() {
            @Override
            public byte[] samples(final int x, final int y, final int width, final int height) {
                asked.incrementAndGet();
                return Ramps.samples(PixelType.GREY8, x % 128, 0, width, height);
            }

            @Override
            public long key(final int x, final int y, final int width, final int height) {
                return width == 64 && height == 64 ? x / 64 % 2 : UNIQUE;
            }
        };
        final TinyTiff.Directory directory = written(
                TiffForm.classic(), TiffImage.tiled(640, 600, PixelType.GREY8, 64, BlockCompression.NONE), source);
        assertEquals(2 + 10, asked.get(), "two kinds, and the lowest row of lower blocks");
        final Set<Long> places = ConcurrentHashMap.newKeySet();
        Arrays.stream(directory.values(324)).forEach(places::add);
        assertEquals(12, places.size());
        final byte[] samples = directory.samples();
        for (int y = 0; y < 576; y += 5) {
            for (int x = 0; x < 640; x += 3) {
                assertEquals(Ramps.samples(PixelType.GREY8, x % 128, y % 64, 1, 1)[0], samples[y * 640 + x]);
            }
        }
    }

    @Test
    void chainsAndSubDirectoriesAreFound() throws Exception {
        for (final TiffForm form : forms()) {
            final Path file = folder.resolve("chain.tif");
            try (TiffWriter writer = TiffWriter.begin(file, form)) {
                final List<DirectoryDraft> made = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    made.add(writer.image(
                            TiffImage.tiled(100 >> i, 90 >> i, PixelType.GREY8, 16, BlockCompression.PACKBITS),
                            Ramps.source(PixelType.GREY8),
                            workers,
                            RunControl.silent(),
                            WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, "image " + i + " in µm")));
                }
                writer.commit(List.of(made.get(0).with(made.subList(1, 3)), made.get(3)));
            }
            final List<TinyTiff.Directory> chain = TinyTiff.read(file).directories();
            assertEquals(2, chain.size());
            assertEquals("image 0 in µm", chain.get(0).text(270));
            assertEquals("image 3 in µm", chain.get(1).text(270));
            assertEquals(2, chain.get(0).children().size());
            assertEquals(25, chain.get(0).children().get(1).value(256, 0));
            assertArrayEquals(
                    Ramps.samples(PixelType.GREY8, 0, 0, 50, 45),
                    chain.get(0).children().get(0).samples());
        }
    }

    @Test
    void aFailureOnTheWayLeavesNothing() throws Exception {
        final TiffImage image = TiffImage.tiled(400, 400, PixelType.RGB8, 64, BlockCompression.NONE);
        final Path file = folder.resolve("b.tif");
        try (TiffWriter writer = TiffWriter.begin(file, TiffForm.classic())) {
            assertThrows(
                    RunFailed.class,
                    () -> writer.image(
                            image,
                            (x, y, w, h) -> {
                                if (y > 200) {
                                    throw new RunFailed("gone", "there", "Bring it back.");
                                }
                                return Ramps.samples(PixelType.RGB8, x, y, w, h);
                            },
                            workers,
                            RunControl.silent()));
        }
        assertNothingLeft();
    }

    @Test
    void aChannelThatFailsIsReportedWithTheFileAndLeavesNothing() throws Exception {
        final Path file = folder.resolve("c.tif");
        try (TiffWriter writer = TiffWriter.begin(file, TiffForm.classic())) {
            Thread.currentThread().interrupt(); // closes the channel at the next write, which then fails
            final RunFailed failed = assertThrows(RunFailed.class, () -> writer.append(new byte[3 << 20]));
            assertTrue(failed.where().endsWith("c.tif"), failed.where());
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertNothingLeft();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        final Path blocked = Files.createFile(folder.resolve("file"));
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> TiffWriter.begin(blocked.resolve("d.tif"), TiffForm.classic()));
        assertTrue(failed.where().endsWith("d.tif"));
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> TiffImage.tiled(10, 10, PixelType.GREY16, 16, BlockCompression.JPEG));
        assertThrows(
                IllegalArgumentException.class,
                () -> TiffImage.tiled(10, 10, PixelType.RGB8, 20, BlockCompression.NONE));
        assertThrows(
                IllegalArgumentException.class, () -> TiffImage.tiled(10, 10, PixelType.RGB8, 16, BlockCompression.NONE)
                        .withPredictor());
        assertThrows(IllegalArgumentException.class, () -> JpegCoding.quality(0));
        assertFalse(TiffForm.classic().big());
    }
}
