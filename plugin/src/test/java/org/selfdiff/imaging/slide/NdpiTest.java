package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.tiff.write.NdpiSlide;
import org.selfdiff.run.RunFailed;

/** NDPI slides as the scanner writes them: restart markers, huge sides, the 64-bit layout. */
class NdpiTest {
    private static final DecodeLimits LIMITS = new DecodeLimits(1_000_000);

    private static final int MCU_STARTS = 65426;

    private static final int STRIP_OFFSETS = 273;

    @TempDir
    Path folder;

    private Path slide() throws Exception {
        final Path file = folder.resolve("a.ndpi");
        NdpiSlide.write(file, 2048, 1200, 0.5, 3, TestSlides::pixels);
        return file;
    }

    private static void assertSlide(final PictureSource source) throws RunFailed {
        assertEquals("Hamamatsu NDPI", source.about().format());
        assertEquals(20, source.about().magnification());
        assertEquals(3, source.levels());
        for (int i = 0; i < 3; i++) {
            final PictureSource.Level level = source.level(i);
            assertEquals(2048 >> i, level.width());
            assertEquals(1200 >> i, level.height());
            assertEquals(1 << i, level.downsample());
            assertEquals(0.5 * (1 << i), level.mpp(), 1e-9);
        }
        TestSlides.assertNear(
                new Picture(2048, 1200, TestSlides.pixels(0, 0, 2048, 1200)), source.region(0, 0, 0, 2048, 1200), 2);
        // level 2 has 300 rows, so that its last row of units is half empty
        assertEquals(
                source.region(2, 0, 299, 512, 1),
                source.region(2, 0, 200, 512, 100).region(0, 99, 512, 1));
    }

    @Test
    void piecesBetweenRestartMarkersAreReadLikeTiles() throws Exception {
        try (PictureSource source = Slides.open(slide(), LIMITS)) {
            assertSlide(source);
        }
    }

    @Test
    void sidesBeyondTheJpegLimitAreThoseOfTheDirectory() throws Exception {
        final Path file = folder.resolve("wide.ndpi");
        NdpiSlide.write(file, 66_048, 32, 0.25, 1, TestSlides::pixels);
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertEquals(66_048, source.level(0).width());
            TestSlides.assertNear(
                    new Picture(700, 32, TestSlides.pixels(65_348, 0, 700, 32)),
                    source.region(0, 65_348, 0, 700, 32),
                    2);
        }
    }

    /** An entry of a classic directory. */
    private interface Change {
        void change(ByteBuffer file, int entry, int tag);
    }

    private static void eachEntry(final ByteBuffer file, final Change change) {
        for (int at = file.getInt(4); at != 0; ) {
            final int count = file.getShort(at) & 0xffff;
            for (int i = 0; i < count; i++) {
                final int entry = at + 2 + 12 * i;
                change.change(file, entry, file.getShort(entry) & 0xffff);
            }
            at = file.getInt(at + 2 + 12 * count);
        }
    }

    private static ByteBuffer read(final Path file) throws Exception {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void withoutAListTheMarkersAreSearched() throws Exception {
        final Path file = slide();
        final ByteBuffer bytes = read(file);
        eachEntry(bytes, (all, entry, tag) -> {
            if (tag == MCU_STARTS) {
                all.putShort(entry, (short) 65_500);
            }
        });
        Files.write(file, bytes.array());
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertSlide(source);
        }
    }

    @Test
    void aListThatIsWrongIsNotBelieved() throws Exception {
        final Path file = slide();
        final ByteBuffer bytes = read(file);
        eachEntry(bytes, (all, entry, tag) -> {
            for (int i = 1; tag == MCU_STARTS && i < all.getInt(entry + 4); i++) {
                final int at = all.getInt(entry + 8) + 4 * i;
                all.putInt(at, all.getInt(at) + 1);
            }
        });
        Files.write(file, bytes.array());
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertSlide(source);
        }
    }

    @Test
    void aStreamWithTooFewMarkersIsRefused() throws Exception {
        final Path file = slide();
        final ByteBuffer bytes = read(file);
        eachEntry(bytes, (all, entry, tag) -> {
            if (tag == MCU_STARTS) {
                all.putShort(entry, (short) 65_500);
            } else if (tag == 257) {
                all.putInt(entry + 8, all.getInt(entry + 8) + 800); // more rows than the stream has
            }
        });
        Files.write(file, bytes.array());
        final RunFailed failed = assertThrows(RunFailed.class, () -> Slides.open(file, LIMITS));
        assertTrue(failed.what().contains("restart markers where"), failed.what());
        assertTrue(failed.where().contains("directory 0"), failed.where());
    }

    @Test
    void aSlideOfMacroPicturesOnlyIsRefused() throws Exception {
        final Path file = slide();
        final ByteBuffer bytes = read(file);
        eachEntry(bytes, (all, entry, tag) -> {
            if (tag == 65421) {
                all.putFloat(entry + 8, -1);
            }
        });
        Files.write(file, bytes.array());
        final RunFailed failed = assertThrows(RunFailed.class, () -> Slides.open(file, LIMITS));
        assertTrue(failed.what().contains("source lens"), failed.what());
    }

    /** Newer scanners can save JPEG XR; it is named before the stream is taken for a damaged JPEG. */
    @Test
    void jpegXrIsNamed() throws Exception {
        final Path file = slide();
        final ByteBuffer bytes = read(file);
        eachEntry(bytes, (all, entry, tag) -> {
            if (tag == 259) {
                all.putShort(entry + 8, (short) 22_610);
            }
        });
        Files.write(file, bytes.array());
        final RunFailed failed = assertThrows(RunFailed.class, () -> Slides.open(file, LIMITS));
        assertTrue(failed.what().contains("22610 (JPEG XR"), failed.what());
    }

    /**
     * Moves all bytes but the header and puts directories in the scanner's manner behind them: offsets of 8 bytes, and
     * the upper halves of all values after each directory.
     */
    private static void write64(final ByteBuffer classic, final long shift, final Path file) throws Exception {
        final List<Integer> places = new ArrayList<>();
        for (int at = classic.getInt(4); at != 0; ) {
            places.add(at);
            at = classic.getInt(at + 2 + 12 * (classic.getShort(at) & 0xffff));
        }
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            out.write(classic.duplicate().position(8), 8 + shift);
            long end = classic.capacity() + shift;
            final ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            out.write(
                    header.putShort((short) 0x4949)
                            .putShort((short) 42)
                            .putLong(end)
                            .flip(),
                    0);
            for (final int at : places) {
                final int count = classic.getShort(at) & 0xffff;
                final int size = 2 + 16 * count + 8;
                final ByteBuffer directory = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
                directory.putShort((short) count);
                final boolean last = at == places.get(places.size() - 1);
                directory.putLong(2 + 12 * count, last ? 0 : end + size);
                for (int i = 0; i < count; i++) {
                    final int entry = at + 2 + 12 * i;
                    final long bytes = size(classic.getShort(entry + 2)) * (classic.getInt(entry + 4) & 0xffffffffL);
                    final boolean moved = bytes > 4 || classic.getShort(entry) == STRIP_OFFSETS;
                    final long value = (classic.getInt(entry + 8) & 0xffffffffL) + (moved ? shift : 0);
                    directory.putLong(2 + 12 * i, classic.getLong(entry));
                    directory.putInt(2 + 12 * i + 8, (int) value);
                    directory.putInt(2 + 12 * count + 8 + 4 * i, (int) (value >>> 32));
                }
                out.write(directory.rewind(), end);
                end += size;
            }
        }
    }

    private static int size(final short type) {
        return switch (type) {
            case 3 -> 2;
            case 4, 9, 11 -> 4;
            case 5 -> 8;
            default -> 1;
        };
    }

    @Test
    void theLayoutWith64BitOffsetsIsRead() throws Exception {
        final Path file = folder.resolve("scanner.ndpi");
        write64(read(slide()), 8, file);
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertSlide(source);
        }
    }

    @Test
    void aSlideBeyond4GigabytesIsRead() throws Exception {
        Assumptions.assumeTrue(
                System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux"),
                "the file has a hole of 4 GiB, which other systems might fill");
        final Path file = folder.resolve("large.ndpi");
        write64(read(slide()), (1L << 32) + 8, file);
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertSlide(source);
        }
    }
}
