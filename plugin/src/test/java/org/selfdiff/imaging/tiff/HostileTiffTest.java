package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.run.RunFailed;

/** Files that lie: all end in an error that names the place, in little time and memory. */
class HostileTiffTest {
    @TempDir
    Path folder;

    private Path write(final byte[] bytes) throws IOException {
        return Files.write(folder.resolve("h.tif"), bytes);
    }

    private RunFailed refused(final Path path) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThrows(RunFailed.class, () -> TiffPictures.read(path)));
    }

    private void expect(final String part, final byte[] bytes) throws IOException {
        final RunFailed failed = refused(write(bytes));
        assertTrue(failed.getMessage().contains(part), failed.getMessage());
        assertTrue(failed.where().startsWith(folder.resolve("h.tif").toString()), failed.where());
    }

    private static byte[] classic(final int next, final int... entries) {
        final ByteBuffer bytes =
                ByteBuffer.allocate(8 + 2 + 12 * (entries.length / 4) + 4).order(ByteOrder.BIG_ENDIAN);
        bytes.putInt(0x4d4d002a).putInt(8).putShort((short) (entries.length / 4));
        for (int i = 0; i < entries.length; i += 4) {
            bytes.putShort((short) entries[i]).putShort((short) entries[i + 1]);
            bytes.putInt(entries[i + 2]).putInt(entries[i + 3]);
        }
        return bytes.putInt(next).array();
    }

    @Test
    void directoriesThatLeadNowhere() throws IOException {
        expect("directory 1 is one that came before", classic(8));
        expect("directory 1 would lie at byte 3735928559", classic(0xdeadbeef));
        expect("directory 1 would lie at byte 2", classic(2));
        expect("it has no directory", new byte[] {'M', 'M', 0, 42, 0, 0, 0, 0});
        expect("version is 41", new byte[] {'M', 'M', 0, 41, 0, 0, 0, 8});
        expect("directory 0 declares 65535 entries", new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, -1, -1, 0, 0});
        expect("ends past the end of the file", new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, 9, 0, 0, 0});
        expect("does not begin with the mark", new byte[] {'P', 'K', 42, 0, 8, 0, 0, 0});
        expect("past the end of the file", new byte[] {'I'});
        expect("past the end of the file", new byte[0]);
        expect("past the end of the file", new byte[] {'I', 'I', 42, 0});
        expect("offsets have 4 bytes", new byte[] {'I', 'I', 43, 0, 4, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0});
        expect(
                "declares -1 entries",
                new byte[] {'I', 'I', 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1});
    }

    @Test
    void subIfdsThatLoopOrLie() throws IOException {
        expect("directory 0, SubIFD 0 is one that came before", classic(0, 330, 4, 1, 8));
        expect("directory 0, SubIFD 0 would lie at byte 999999", classic(0, 330, 4, 1, 999_999));
        expect("The tag lists 2147483647 directories", classic(0, 330, 4, Integer.MAX_VALUE, 8));
    }

    /** A tag that nobody needs may be broken; one that is asked for is refused before anything is allocated. */
    @Test
    void valuesOutsideOfTheFile() throws Exception {
        final TestTiff good = new TestTiff();
        dir(good, 2, 2, 1)
                .field(TiffTag.IMAGE_DESCRIPTION, 2, 0x7fffffffL, new byte[20])
                .field(TiffTag.JPEG_TABLES, 7, 1_000_000, new byte[20])
                .field(TiffTag.COLOR_MAP, TestTiff.SHORT, 100_000_000, new byte[20])
                .strips(2, new byte[12]);
        final Path path = write(good.bytes());
        assertEquals(0, TiffPictures.read(path).colour(1, 1));
        try (TiffFile file = TiffFile.open(path)) {
            final TiffDirectory d = file.directories().get(0);
            final RunFailed text = assertThrows(RunFailed.class, () -> d.ascii(TiffTag.IMAGE_DESCRIPTION));
            assertEquals("The tag declares 2147483647 values", text.what());
            assertEquals(path + ", directory 0, ImageDescription, tag 270", text.where());
            final RunFailed tables = assertThrows(RunFailed.class, () -> d.bytes(TiffTag.JPEG_TABLES));
            assertTrue(tables.what().contains("past the end of the file"), tables.what());
            final RunFailed map = assertThrows(RunFailed.class, () -> d.rationals(TiffTag.COLOR_MAP));
            assertEquals("The tag declares 100000000 values", map.what());
        }
        expect("ImageWidth, tag 256", classic(0, 256, 4, 2, -1));
        expect("ImageWidth, tag 256", classic(0, 999, 3, 1, 0));
    }

    private static TestTiff.Dir dir(final TestTiff tiff, final long width, final long height, final int compression) {
        return tiff.dir().image(width, height, compression, 2, 8, 8, 8);
    }

    @Test
    void sizesAreCheckedBeforeAnythingIsAllocated() throws IOException {
        final TestTiff tile = new TestTiff();
        dir(tile, 5_000_000, 5_000_000, 8).tiles(1_000_000, 1_000_000, new byte[25][9]);
        expect("1000000 x 1000000 pixels, more than the limit", tile.bytes());
        final TestTiff many = new TestTiff();
        dir(many, 2_000_000_000, 2_000_000_000, 8).tiles(16, 16, new byte[9]);
        expect("would have 15625000000000000 blocks", many.bytes());
        final TestTiff none = new TestTiff();
        dir(none, 0, 5, 8).tiles(16, 16, new byte[9]);
        expect("ImageWidth, tag 256", none.bytes());
        final TestTiff flat = new TestTiff();
        dir(flat, 5, 5, 8).tiles(16, 0, new byte[9]);
        expect("TileLength, tag 323", flat.bytes());
        final TestTiff few = new TestTiff();
        dir(few, 100, 100, 8).tiles(16, 16, new byte[3][9]);
        expect("3 values where 49 are due", few.bytes());
        final TestTiff strip = new TestTiff();
        dir(strip, 50_000, 50_000, 8).strips(50_000, new byte[9]);
        expect("50000 x 50000 pixels, more than the limit", strip.bytes());
        final TestTiff tall = new TestTiff();
        dir(tall, 60_000, 16_000_000, 1).strips(8_000_000, new byte[96], new byte[96]);
        expect("16000000 rows, more than the file holds", tall.bytes());
    }

    @Test
    void blocksThatLie() throws IOException {
        final TestTiff far = new TestTiff();
        dir(far, 16, 16, 1)
                .number(TiffTag.TILE_WIDTH, TestTiff.LONG, 16)
                .number(TiffTag.TILE_LENGTH, TestTiff.LONG, 16)
                .number(TiffTag.TILE_OFFSETS, TestTiff.LONG, 0xfffffff0L)
                .number(TiffTag.TILE_BYTE_COUNTS, TestTiff.LONG, 768);
        expect("tile in column 0, row 0", far.bytes());
        final TestTiff longer = new TestTiff();
        final byte[] huge = new byte[2_000_000];
        dir(longer, 16, 16, 1).tiles(16, 16, huge);
        expect("packed in 2000000 bytes", longer.bytes());
        final TestTiff shorter = new TestTiff();
        dir(shorter, 16, 16, 1).tiles(16, 16, new byte[767]);
        expect("its data end after 767 of 768 bytes", shorter.bytes());
        final TestTiff cut = new TestTiff();
        dir(cut, 16, 16, 1).strips(5, new byte[240], new byte[240], new byte[240], new byte[47]);
        expect("strip at row 15", cut.bytes());
        final TestTiff bomb = new TestTiff();
        final byte[] packed = TiffPictures.deflate(new byte[100_000_000]);
        dir(bomb, 16, 16, 8).tiles(16, 16, packed);
        final Picture black =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> TiffPictures.read(write(bomb.bytes())));
        assertEquals(0, black.colour(15, 15));
    }

    /** A tile of no bytes was left out by the scanner and shows white, as in OpenSlide; a picture of only such is broken. */
    @Test
    void tilesOfNoBytes() throws Exception {
        final TestTiff some = new TestTiff();
        dir(some, 32, 16, 1).tiles(16, 16, new byte[768], new byte[0]);
        final Picture read = TiffPictures.read(write(some.bytes()));
        assertEquals(0, read.colour(15, 15));
        assertEquals(0xffffff, read.colour(16, 0));
        assertEquals(0xffffff, read.colour(31, 15));
        final TestTiff none = new TestTiff();
        dir(none, 32, 16, 1).tiles(16, 16, new byte[0], new byte[0]);
        expect("of every block that it has no bytes", none.bytes());
        assertTrue(refused(write(none.bytes())).where().contains("directory 0, TileByteCounts, tag 325"));
        final TestTiff strips = new TestTiff();
        dir(strips, 16, 16, 8).strips(16, new byte[0]);
        expect("StripByteCounts, tag 279", strips.bytes());
    }

    @Test
    void tagsThatAreNotReadSayWhich() throws IOException {
        final TestTiff zstd = new TestTiff();
        dir(zstd, 16, 16, 50_000).tiles(16, 16, new byte[9]);
        expect("50000 (Zstandard) is not read", zstd.bytes());
        final TestTiff floats = new TestTiff();
        floats.dir()
                .image(16, 16, 1, 1, 32)
                .number(TiffTag.SAMPLE_FORMAT, TestTiff.SHORT, 3)
                .tiles(16, 16, new byte[9]);
        expect("SampleFormat, tag 339", floats.bytes());
        final TestTiff bits = new TestTiff();
        bits.dir().image(16, 16, 1, 2, 5, 6, 5).tiles(16, 16, new byte[9]);
        expect("[5, 6, 5] bits", bits.bytes());
        final TestTiff predictor = new TestTiff();
        dir(predictor, 16, 16, 8).number(TiffTag.PREDICTOR, TestTiff.SHORT, 3).tiles(16, 16, new byte[9]);
        expect("Predictor, tag 317", predictor.bytes());
        final TestTiff palette = new TestTiff();
        palette.dir().image(16, 16, 1, 3, 8).tiles(16, 16, new byte[256]);
        expect("ColorMap, tag 320", palette.bytes());
    }

    /** Whatever is cut off or changed, the outcome is pixels or an error in the user's terms. */
    @Test
    void damagedFilesOfEveryKind() throws Exception {
        final SeededRandom random = new SeededRandom(31);
        for (final byte[] file : kinds()) {
            for (int i = 0; i < 150; i++) {
                final byte[] damaged = i % 3 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
                for (int k = 0; k < 1 + i % 5 && damaged.length > 0; k++) {
                    // mostly directories, which lie at the end
                    final int back = i % 2 == 0 ? Math.min(damaged.length, 260) : damaged.length;
                    damaged[damaged.length - 1 - random.nextInt(back)] = (byte) random.nextInt(256);
                }
                final Path path = write(damaged);
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> corner(path));
            }
        }
    }

    private static void corner(final Path path) {
        try (TiffFile file = TiffFile.open(path)) {
            final DecodeLimits limits = new DecodeLimits(1_000_000);
            for (final TiffDirectory dir : file.directories()) {
                final PictureSource.Level level = new PictureSource.Level(1, 1, 1, Double.NaN);
                final TiffLevel made = TiffLevel.of(dir, level, BlockCodecs.standard(), limits);
                final PictureSource.About about = new PictureSource.About("x", Double.NaN, "x");
                new TiffSource(file, about, List.of(made), BlockCache.small()).region(0, 0, 0, 40, 40);
            }
        } catch (final RunFailed e) {
            assertTrue(e.where().startsWith(path.toString()), e.where());
        }
    }

    private static List<byte[]> kinds() throws Exception {
        final Picture picture = TestFiles.noise(8, 40, 40);
        final byte[][] tiles = TiffPictures.tiles(picture, 32, 32);
        final byte[][] lzw = new byte[4][];
        final byte[][] deflate = new byte[4][];
        final byte[][] packed = new byte[4][];
        for (int i = 0; i < 4; i++) {
            lzw[i] = TiffPictures.lzw(tiles[i]);
            deflate[i] = TiffPictures.deflate(tiles[i]);
            packed[i] = TiffPictures.packBits(tiles[i]);
        }
        final java.io.ByteArrayOutputStream jpeg = new java.io.ByteArrayOutputStream();
        javax.imageio.ImageIO.write(TestFiles.image(picture, java.awt.image.BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
        final TestTiff a = new TestTiff();
        dir(a, 40, 40, 5).tiles(32, 32, lzw);
        dir(a, 40, 40, 8).number(TiffTag.PREDICTOR, TestTiff.SHORT, 2).tiles(32, 32, deflate);
        final TestTiff b = new TestTiff(true, ByteOrder.BIG_ENDIAN);
        dir(b, 40, 40, 32_773)
                .tiles(32, 32, packed)
                .child()
                .image(40, 40, 1, 2, 8, 8, 8)
                .strips(40, picture.rgb());
        final TestTiff c = new TestTiff(true, ByteOrder.LITTLE_ENDIAN);
        c.dir().image(40, 40, 7, 6, 8, 8, 8).strips(40, jpeg.toByteArray());
        final TestTiff d = new TestTiff();
        d.dir().image(40, 40, 4, 0, 1).strips(40, lzw[0]);
        d.dir().image(40, 40, 1, 6, 8, 8, 8).strips(40, picture.rgb());
        return List.of(a.bytes(), b.bytes(), c.bytes(), d.bytes());
    }
}
