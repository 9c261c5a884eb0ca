package org.selfdiff.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.imaging.TestFiles.bytes;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.run.RunFailed;

/** Files that are cut off, altered, or declare a size that would fill the memory. */
class DamagedPicturesTest {
    private static final DecodeLimits LIMITS = DecodeLimits.standard();

    @TempDir
    Path folder;

    @Test
    void everyPrefixOfAPngIsRefused() throws Exception {
        final byte[] whole = PngEncoder.picture(TestFiles.noise(1, 24, 20));
        final Path file = folder.resolve("cut.png");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            final RunFailed failed = assertThrows(RunFailed.class, () -> Pictures.read(file, LIMITS), "at " + length);
            assertTrue(failed.where().contains("cut.png"));
        }
        Files.write(file, whole);
        assertEquals(TestFiles.noise(1, 24, 20), Pictures.read(file, LIMITS));
    }

    @Test
    void aPngCutInItsPixelsSaysSo() throws Exception {
        final byte[] whole = PngEncoder.picture(TestFiles.noise(2, 64, 64));
        final Path file = TestFiles.write(Arrays.copyOf(whole, whole.length / 2), folder.resolve("half.png"));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Pictures.read(file, LIMITS));
        assertEquals("The picture ends before all of its 64 x 64 pixels were read", failed.what());
        assertTrue(failed.remedy().contains("cut off"));
        assertThrows(RunFailed.class, () -> Masks.read(file, MaskCoding.labels(), LIMITS));
    }

    @Test
    void aPngWhosePixelsEndEarlyIsRefusedAlthoughItsChunksAreWhole() throws Exception {
        final byte[] rowsOfFour = TestFiles.png(40, 3, 8, 0, new byte[12]);
        final Path file = TestFiles.write(rowsOfFour, folder.resolve("short.png"));
        assertThrows(RunFailed.class, () -> Pictures.read(file, LIMITS));
    }

    @Test
    void everyFlippedByteOfAPngIsNoticed() throws Exception {
        final byte[] whole = PngEncoder.picture(TestFiles.noise(3, 9, 7));
        final Path file = folder.resolve("altered.png");
        for (int i = 0; i < whole.length; i++) {
            final byte[] altered = whole.clone();
            altered[i] ^= 0x10;
            Files.write(file, altered);
            assertThrows(RunFailed.class, () -> Pictures.read(file, LIMITS), "byte " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "bmp", "gif", "tiff"})
    void filesCutInTheMiddleAreRefused(final String format) throws Exception {
        final Path file = TestFiles.write(
                TestFiles.image(TestFiles.noise(4, 64, 64), BufferedImage.TYPE_INT_RGB),
                format,
                folder.resolve("cut." + format));
        final byte[] whole = Files.readAllBytes(file);
        for (final int percent : new int[] {3, 20, 50, 90}) {
            Files.write(file, Arrays.copyOf(whole, whole.length * percent / 100));
            final RunFailed failed =
                    assertThrows(RunFailed.class, () -> Pictures.read(file, LIMITS), "at " + percent + " %");
            assertTrue(failed.where().contains("cut."));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "gif", "tif", "bigtif", "tile.tif"})
    void aHugeDeclaredSizeIsRefusedWithoutTheMemory(final String format) throws Exception {
        final Path file = TestFiles.write(Arrays.copyOf(bomb(format), 1024), folder.resolve("bomb." + format));
        assertThrows(RunFailed.class, () -> Pictures.read(file, LIMITS)); // loads classes
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before =
                threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        final RunFailed failed = assertThrows(RunFailed.class, () -> Pictures.read(file, LIMITS));
        final long used = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertEquals("The picture declares 60000 x 60000 pixels, more than the limit of 100000000", failed.what());
        assertTrue(failed.where().contains("bomb."));
        assertTrue(failed.remedy().contains("limit"));
        assertTrue(used < 1_000_000, used + " bytes");
        assertThrows(RunFailed.class, () -> Masks.read(file, MaskCoding.foreground(), LIMITS));
    }

    private static byte[] bomb(final String format) throws IOException {
        return switch (format) {
            case "png" -> TestFiles.png(60000, 60000, 8, 2, new byte[0]);
            case "jpg" -> bytes(
                    0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 17, 8, 0xea, 0x60, 0xea, 0x60, 3, 1, 0x11, 0);
            case "gif" -> bytes(
                    'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0, 0, 0, 0x21, 0xf9, 1, 0, 0, 0x2c, 0, 0, 0, 0, 0x60,
                    0xea, 0x60, 0xea, 0);
            case "bmp" -> {
                final byte[] file = new byte[54];
                file[0] = 'B';
                file[1] = 'M';
                file[14] = 40;
                System.arraycopy(bytes(0x60, 0xea, 0, 0, 0xa0, 0x15, 0xff, 0xff), 0, file, 18, 8); // from the top
                yield file;
            }
            case "tif" -> tiff(false, 256, 257);
            case "bigtif" -> tiff(true, 256, 257);
            default -> tiff(false, 322, 323);
        };
    }

    private static byte[] tiff(final boolean big, final int... tags) throws IOException {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(file);
        out.writeShort(0x4d4d);
        out.writeShort(big ? 43 : 42);
        if (big) {
            out.writeInt(8 << 16);
            out.writeLong(16);
            out.writeLong(tags.length);
        } else {
            out.writeInt(8);
            out.writeShort(tags.length);
        }
        for (final int tag : tags) {
            out.writeShort(tag);
            out.writeShort(big ? 16 : 3);
            if (big) {
                out.writeLong(1);
                out.writeLong(60000);
            } else {
                out.writeInt(1);
                out.writeShort(60000);
                out.writeShort(0);
            }
        }
        return file.toByteArray();
    }

    @Test
    void theLimitIsExact() throws Exception {
        final Path file = TestFiles.write(PngEncoder.picture(TestFiles.noise(5, 10, 10)), folder.resolve("a.png"));
        assertEquals(100, Pictures.read(file, new DecodeLimits(100)).rgb().length / 3);
        assertThrows(RunFailed.class, () -> Pictures.read(file, new DecodeLimits(99)));
        assertThrows(IllegalArgumentException.class, () -> new DecodeLimits(0));
    }

    @Test
    void aPixelPastThePaletteIsRefused() throws Exception {
        final byte[] palette = TestFiles.chunk("PLTE", bytes(0, 0, 0, 9, 9, 9));
        final Path file = TestFiles.write(TestFiles.png(1, 1, 8, 3, bytes(2), palette), folder.resolve("a.png"));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Pictures.read(file, LIMITS));
        assertTrue(failed.what().contains("colour 2 in a palette of 2"), failed.what());
    }

    /** 255 million bytes of palette, headers or pixels in a file of 54. */
    @ParameterizedTest
    @ValueSource(ints = {10, 34, 46})
    void aBmpThatDeclaresMoreThanItHoldsIsRefused(final int field) throws Exception {
        final Path file = TestFiles.write(
                TestFiles.image(TestFiles.noise(6, 5, 4), BufferedImage.TYPE_INT_RGB),
                "bmp",
                folder.resolve("field.bmp"));
        final byte[] bytes = Files.readAllBytes(file);
        assertEquals(TestFiles.noise(6, 5, 4), Pictures.read(file, LIMITS));
        bytes[field + 3] = 0x0f;
        Files.write(file, bytes);
        final RunFailed failed = assertThrows(RunFailed.class, () -> Pictures.read(file, LIMITS));
        assertTrue(failed.what().contains("declares"), failed.what());
        assertThrows(RunFailed.class, () -> Masks.read(file, MaskCoding.labels(), LIMITS));
    }

    /** Only the first image of a GIF is read, so that a later one may declare any size. */
    @Test
    void aHugeSecondImageOfAGifCostsNothing() throws Exception {
        final Path file = TestFiles.write(
                TestFiles.image(TestFiles.noise(7, 6, 5), BufferedImage.TYPE_BYTE_INDEXED),
                "gif",
                folder.resolve("two.gif"));
        final byte[] one = Files.readAllBytes(file);
        final Picture alone = Pictures.read(file, LIMITS);
        final byte[] two = Arrays.copyOf(one, one.length + 13);
        final byte[] image = bytes(0x2c, 0, 0, 0, 0, 0xff, 0x7f, 0xff, 0x7f, 0, 2, 0, 0x3b);
        System.arraycopy(image, 0, two, one.length - 1, image.length);
        Files.write(file, two);
        assertEquals(alone, Pictures.read(file, LIMITS));
        for (int length = 0; length < one.length - 1; length++) {
            Files.write(file, Arrays.copyOf(one, length));
            assertThrows(RunFailed.class, () -> Pictures.read(file, LIMITS), "at " + length);
        }
    }
}
