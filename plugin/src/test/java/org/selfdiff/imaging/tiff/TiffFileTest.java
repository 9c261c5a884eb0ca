package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.run.RunFailed;

class TiffFileTest {
    @TempDir
    Path folder;

    private static ByteOrder order(final String name) {
        return "II".equals(name) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    @ParameterizedTest
    @CsvSource({"false,II", "false,MM", "true,II", "true,MM"})
    void everyLayoutGivesTheSameTags(final boolean big, final String order) throws Exception {
        final TestTiff tiff = new TestTiff(big, order(order));
        final TestTiff.Dir first = tiff.dir();
        first.number(256, TestTiff.SHORT, 40_000)
                .number(257, TestTiff.LONG, 4_000_000_000L)
                .ascii(270, "Aperio µm|MPP = 0.5")
                .rational(282, 20_040, 1, 1, 0)
                .number(65_000, 1, 1, 2, 3, 250)
                .number(65_001, 9, -5)
                .number(65_002, 12, Double.doubleToLongBits(0.25))
                .number(65_003, TestTiff.SHORT, 1, 2, 65_535);
        first.child().number(256, TestTiff.LONG, 11);
        first.child().number(256, TestTiff.LONG, 12);
        tiff.dir().number(256, TestTiff.LONG, 13);
        try (TiffFile file = TiffFile.open(tiff.write(folder.resolve("a.tif")))) {
            assertEquals(order(order), file.order());
            assertEquals(2, file.directories().size());
            final TiffDirectory d = file.directories().get(0);
            assertEquals(40_000, d.number(256));
            assertEquals(4_000_000_000L, d.number(257));
            assertEquals("Aperio µm|MPP = 0.5", d.ascii(270));
            assertArrayEquals(new double[] {20_040, Double.NaN}, d.rationals(282));
            assertEquals(20_040, d.rational(282));
            assertArrayEquals(new byte[] {1, 2, 3, (byte) 250}, d.bytes(65_000));
            assertEquals(250, d.numbers(65_000)[3]);
            assertEquals(-5, d.number(65_001));
            assertEquals(0.25, d.rational(65_002));
            assertArrayEquals(new long[] {1, 2, 65_535}, d.numbers(65_003));
            assertArrayEquals(new long[] {1, 2}, d.numbers(65_003, 2));
            assertEquals(7, d.number(999, 7));
            assertFalse(d.has(999));
            assertEquals("", d.ascii(999));
            assertTrue(Double.isNaN(d.rational(999)));
            assertEquals(2, d.children().size());
            assertEquals(12, d.children().get(1).number(256));
            assertEquals("directory 0, SubIFD 1", d.children().get(1).label());
            assertEquals(13, file.directories().get(1).number(256));
        }
    }

    @Test
    void anErrorNamesFileDirectoryAndTag() throws Exception {
        final TestTiff tiff = new TestTiff();
        tiff.dir().number(256, TestTiff.SHORT, 3);
        tiff.dir().rational(282, 1, 2).number(258, TestTiff.SHORT, 8);
        final Path path = tiff.write(folder.resolve("named.tif"));
        try (TiffFile file = TiffFile.open(path)) {
            final TiffDirectory d = file.directories().get(1);
            final RunFailed missing = assertThrows(RunFailed.class, () -> d.number(257));
            assertEquals(path + ", directory 1, ImageLength, tag 257", missing.where());
            final RunFailed type = assertThrows(RunFailed.class, () -> d.numbers(282));
            assertEquals(path + ", directory 1, XResolution, tag 282", type.where());
            final RunFailed few = assertThrows(RunFailed.class, () -> d.numbers(258, 3));
            assertEquals("The tag has 1 values where 3 are due", few.what());
        }
    }

    /** A hole of 5 GB lies between header and directory. */
    @Test
    void bigTiffReachesPastFourGigabytes() throws Exception {
        final long far = 5L << 30;
        final Path path = folder.resolve("far.tif");
        try (FileChannel out = sparse(path)) {
            final ByteBuffer head = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            head.putInt(0x002b4949).putInt(8).putLong(far).flip();
            out.write(head, 0);
            final ByteBuffer dir = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
            dir.putLong(2);
            dir.putShort((short) 324).putShort((short) 16).putLong(1).putLong(far + 100);
            dir.putShort((short) 325).putShort((short) 16).putLong(3).putLong(far + 64);
            dir.putLong(0).position(64);
            dir.putLong(1).putLong(1L << 40).putLong(3).position(100);
            dir.put((byte) 77).position(0);
            out.write(dir, far);
        }
        try (TiffFile file = TiffFile.open(path)) {
            final TiffDirectory d = file.directories().get(0);
            assertEquals(far + 100, d.number(324));
            assertArrayEquals(new long[] {1, 1L << 40, 3}, d.numbers(325));
            assertEquals(77, file.bytes(d.number(324), 1)[0]);
        }
    }

    /** Hamamatsu: classic mark, offsets of 8 bytes, upper halves of the values after the next offset. */
    @Test
    void ndpiReachesPastFourGigabytes() throws Exception {
        final long far = (4L << 30) + 4096;
        final Path path = folder.resolve("far.ndpi");
        try (FileChannel out = sparse(path)) {
            final ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            head.putInt(0x002a4949).putLong(far).flip();
            out.write(head, 0);
            out.write(ndpiDirectory(far, far + 256), far);
            out.write(ndpiDirectory(far + 256, 0), far + 256);
        }
        try (TiffFile file = TiffFile.open(path)) {
            assertEquals(2, file.directories().size());
            final TiffDirectory d = file.directories().get(1);
            assertEquals(3L << 32 | 5, d.number(273));
            assertArrayEquals(new long[] {7, 8}, d.numbers(325));
            assertEquals(1, d.number(65_420));
        }
    }

    private static ByteBuffer ndpiDirectory(final long at, final long next) {
        final ByteBuffer dir = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        dir.putShort((short) 3);
        dir.putShort((short) 273).putShort((short) 4).putInt(1).putInt(5);
        dir.putShort((short) 325).putShort((short) 4).putInt(2).putInt((int) at + 128);
        dir.putShort((short) 65_420).putShort((short) 4).putInt(1).putInt(1);
        dir.putLong(next).putInt(3).putInt((int) (at >> 32)).putInt(0).position(128);
        dir.putInt(7).putInt(8).position(0);
        return dir;
    }

    private static FileChannel sparse(final Path path) throws IOException {
        return FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE);
    }

    /** The JDK closes the channel that an interrupted thread reads; other threads must not notice. */
    @Test
    void anInterruptDoesNotCloseTheFileForOthers() throws Exception {
        final TestTiff tiff = new TestTiff();
        tiff.dir().number(256, TestTiff.SHORT, 3).ascii(270, "a text that lies outside of its entry");
        try (TiffFile file = TiffFile.open(tiff.write(folder.resolve("b.tif")))) {
            final TiffDirectory d = file.directories().get(0);
            final Thread interrupted = new Thread(() -> {
                Thread.currentThread().interrupt();
                assertThrows(RunFailed.class, () -> d.ascii(270));
            });
            interrupted.start();
            interrupted.join();
            assertEquals("a text that lies outside of its entry", d.ascii(270));
        }
    }

    @Test
    void aMissingFileAndAFolderAreToldApart() {
        assertEquals(
                "The file does not exist",
                assertThrows(RunFailed.class, () -> TiffFile.open(folder.resolve("no.tif")))
                        .what());
        assertEquals(
                "This is not a file",
                assertThrows(RunFailed.class, () -> TiffFile.open(folder)).what());
    }
}
