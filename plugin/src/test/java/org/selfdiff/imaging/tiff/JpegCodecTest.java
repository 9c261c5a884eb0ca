package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.run.RunFailed;

class JpegCodecTest {
    private static final int[] RGB = {8, 8, 8};

    @TempDir
    Path folder;

    /** A JFIF stream as the JDK writes it: YCbCr with 4:2:0. */
    private static byte[] jpeg(final Picture picture) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(TestFiles.image(picture, BufferedImage.TYPE_INT_RGB), "jpeg", out));
        return out.toByteArray();
    }

    /** A stream of one component and one value; set as a sample, because a colour would be taken as not linear. */
    private static byte[] greyJpeg(final int value) throws IOException {
        final BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
        final int[] samples = new int[64 * 48];
        Arrays.fill(samples, value);
        image.getRaster().setSamples(0, 0, 64, 48, 0, samples);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, "jpeg", out));
        return out.toByteArray();
    }

    private static Picture smooth(final int width, final int height) {
        final byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            final int x = i / 3 % width;
            final int y = i / 3 / width;
            rgb[i] = (byte) (i % 3 == 0 ? 3 * x : i % 3 == 1 ? 250 - 2 * y : 90 + x + y);
        }
        return new Picture(width, height, rgb);
    }

    private static byte[] decoded(final byte[] jpeg) throws IOException {
        final BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        final byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        for (int i = 0; i < rgb.length; i++) {
            final int colour = image.getRGB(i / 3 % image.getWidth(), i / 3 / image.getWidth());
            rgb[i] = (byte) (colour >> 16 - 8 * (i % 3));
        }
        return rgb;
    }

    /** Segments of the given kinds between start and end, as JPEGTables has them; and the stream without them. */
    private static byte[][] split(final byte[] jpeg) {
        final ByteArrayOutputStream tables = new ByteArrayOutputStream();
        final ByteArrayOutputStream rest = new ByteArrayOutputStream();
        tables.writeBytes(new byte[] {-1, (byte) 0xd8});
        rest.writeBytes(new byte[] {-1, (byte) 0xd8});
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            final int marker = jpeg[at + 1] & 0xff;
            final int length = 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            (marker == 0xdb || marker == 0xc4 ? tables : rest).write(jpeg, at, length);
            at += length;
        }
        tables.writeBytes(new byte[] {-1, (byte) 0xd9});
        rest.write(jpeg, at, jpeg.length - at);
        return new byte[][] {tables.toByteArray(), rest.toByteArray()};
    }

    private Path tile(final int photometric, final byte[] tables, final int[] bits, final byte[]... blocks)
            throws IOException {
        final TestTiff tiff = new TestTiff();
        final TestTiff.Dir dir = tiff.dir().image(64, 48, Compression.JPEG, photometric, bits);
        if (tables.length > 0) {
            dir.field(TiffTag.JPEG_TABLES, 7, tables.length, tables);
        }
        if (blocks.length > 1) {
            dir.number(TiffTag.PLANAR_CONFIGURATION, TestTiff.SHORT, 2);
        }
        dir.tiles(64, 48, blocks);
        return tiff.write(folder.resolve("j.tif"));
    }

    @Test
    void wholeAndAbbreviatedStreamsGiveWhatTheJdkReads() throws Exception {
        final byte[] jpeg = jpeg(smooth(64, 48));
        final byte[] expected = decoded(jpeg);
        final byte[][] parts = split(jpeg);
        assertArrayEquals(
                expected, TiffPictures.read(tile(6, new byte[0], RGB, jpeg)).rgb());
        assertArrayEquals(
                expected, TiffPictures.read(tile(6, parts[0], RGB, parts[1])).rgb());
    }

    /** The photometric tag tells the colours, not the marker in the stream: as RGB the three samples are Y, Cb, Cr. */
    @Test
    void thePhotometricTagTellsTheColours() throws Exception {
        final byte[] flat = new byte[3 * 64 * 48];
        for (int i = 0; i < flat.length; i += 3) {
            flat[i] = (byte) 255;
        }
        final byte[] jpeg = jpeg(new Picture(64, 48, flat));
        final Picture red = TiffPictures.read(tile(6, new byte[0], RGB, jpeg));
        assertEquals(254, red.sample(9, 9, 0), 1);
        assertEquals(0, red.sample(9, 9, 1), 1);
        final Picture raw = TiffPictures.read(tile(2, new byte[0], RGB, jpeg));
        assertEquals(76, raw.sample(9, 9, 0), 1); // 0.299 * 255
        assertEquals(85, raw.sample(9, 9, 1), 1); // 128 - 0.168736 * 255
        assertEquals(255, raw.sample(9, 9, 2), 1);
    }

    @Test
    void greyAndItsInverse() throws Exception {
        final byte[] jpeg = greyJpeg(200);
        assertEquals(
                0xc8c8c8,
                TiffPictures.read(tile(1, new byte[0], new int[] {8}, jpeg)).colour(63, 47));
        assertEquals(
                0x373737,
                TiffPictures.read(tile(0, new byte[0], new int[] {8}, jpeg)).colour(63, 47));
    }

    @Test
    void planesOfTheirOwn() throws Exception {
        final byte[][] planes = new byte[3][];
        for (int p = 0; p < 3; p++) {
            planes[p] = greyJpeg(40 * (p + 1));
        }
        assertEquals(
                0x285078, TiffPictures.read(tile(2, new byte[0], RGB, planes)).colour(1, 1));
    }

    @Test
    void aStreamSmallerThanItsTileLeavesWhite() throws Exception {
        final byte[] small = jpeg(smooth(40, 30));
        final Picture picture = TiffPictures.read(tile(6, new byte[0], RGB, small));
        assertArrayEquals(decoded(small), picture.region(0, 0, 40, 30).rgb());
        assertEquals(0xffffff, picture.colour(40, 5));
        assertEquals(0xffffff, picture.colour(5, 30));
    }

    @Test
    void aHeaderKeptOnceIsPutBeforeEveryBlock() throws Exception {
        final byte[] jpeg = jpeg(smooth(64, 48));
        int scan = 2;
        while (jpeg[scan] != -1 || (jpeg[scan + 1] & 0xff) != 0xda) {
            scan += 2 + ((jpeg[scan + 2] & 0xff) << 8 | jpeg[scan + 3] & 0xff);
        }
        final int pixels = scan + 2 + ((jpeg[scan + 2] & 0xff) << 8 | jpeg[scan + 3] & 0xff);
        final BlockCodec codec = JpegCodec.ofWholeStreams(new JdkJpeg(), org.selfdiff.imaging.DecodeLimits.standard());
        final BlockTable table = new BlockTable(
                new BlockGrid(64, 48, 64, 48, false),
                1,
                new long[] {pixels},
                new long[] {jpeg.length - 2 - pixels}, // without the end marker
                Arrays.copyOf(jpeg, pixels));
        final Path path = folder.resolve("p.tif");
        java.nio.file.Files.write(path, withTiffMark(jpeg));
        try (TiffFile file = TiffFile.open(path)) {
            final BlockReader reader = new BlockReader(file, BlockCache.small());
            try (BlockCache.Use use = reader.block(0, "level", table, 0, codec::decode)) {
                assertArrayEquals(decoded(jpeg), use.pixels());
            }
        }
    }

    /** Enough of a TIFF file around the pixels: their place does not change. */
    private static byte[] withTiffMark(final byte[] jpeg) throws IOException {
        final byte[] bytes = Arrays.copyOf(jpeg, jpeg.length + 64);
        final TestTiff tiff = new TestTiff();
        tiff.dir().number(256, TestTiff.SHORT, 1);
        final byte[] small = tiff.bytes();
        System.arraycopy(small, 0, bytes, 0, 4);
        bytes[4] = (byte) (jpeg.length + 8 & 0xfe);
        bytes[5] = (byte) (jpeg.length + 8 >> 8);
        bytes[6] = 0;
        bytes[7] = 0;
        System.arraycopy(small, 8, bytes, jpeg.length + 8 & ~1, small.length - 8);
        return bytes;
    }

    private RunFailed failure(final Path path) {
        return assertThrows(RunFailed.class, () -> TiffPictures.read(path));
    }

    @Test
    void damagedStreamsAreRefused() throws Exception {
        final byte[] jpeg = jpeg(TestFiles.noise(1, 64, 48));
        final byte[][] parts = split(jpeg);
        final Path noTables = tile(6, new byte[0], RGB, parts[1]);
        assertEquals(
                noTables + ", directory 0, tile in column 0, row 0",
                failure(noTables).where());
        failure(tile(6, new byte[0], RGB, Arrays.copyOf(jpeg, jpeg.length / 2)));
        failure(tile(6, new byte[0], RGB, Arrays.copyOf(jpeg, 200)));
        failure(tile(6, new byte[0], RGB, new byte[] {1, 2, 3}));
        final Path wrong = tile(6, Arrays.copyOf(parts[0], 40), RGB, parts[1]);
        assertEquals(
                wrong + ", directory 0, JPEGTables, tag 347", failure(wrong).where());
        final Path pixels = tile(6, jpeg, RGB, parts[1]);
        assertEquals(
                pixels + ", directory 0, JPEGTables, tag 347", failure(pixels).where());
    }

    @Test
    void aFrameLargerThanTheLimitIsRefusedBeforeItIsDecoded() throws Exception {
        final byte[] jpeg = jpeg(smooth(64, 48));
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xc0) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
        }
        Arrays.fill(jpeg, at + 5, at + 9, (byte) 0xff);
        final RunFailed failed = failure(tile(6, new byte[0], RGB, jpeg));
        assertTrue(failed.what().contains("65535 x 65535"), failed.what());
    }

    @Test
    void lookalikesOfJpegAreRefusedByName() throws Exception {
        final TestTiff tiff = new TestTiff();
        tiff.dir().image(8, 8, Compression.OLD_JPEG, 6, RGB).strips(8, new byte[9]);
        final RunFailed old = failure(tiff.write(folder.resolve("o.tif")));
        assertTrue(old.what().contains("withdrawn"), old.what());
        assertTrue(old.where().endsWith("directory 0, Compression, tag 259"), old.where());
    }

    /** A decoder goes over the whole block for each scan: a stream of very many small ones would never end. */
    @Test
    void progressiveStreamsAreReadUnlessTheyHaveTooManyScans() throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        writer.setOutput(new MemoryCacheImageOutputStream(out));
        final ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        final BufferedImage image = TestFiles.image(smooth(64, 48), BufferedImage.TYPE_INT_RGB);
        writer.write(null, new IIOImage(image, null, null), param);
        ((MemoryCacheImageOutputStream) writer.getOutput()).close();
        writer.dispose();
        final byte[] jpeg = out.toByteArray();
        assertArrayEquals(
                decoded(jpeg),
                TiffPictures.read(tile(6, new byte[0], RGB, jpeg)).rgb());
        int last = jpeg.length - 2;
        while (jpeg[last] != -1 || (jpeg[last + 1] & 0xff) != 0xda) {
            last--;
        }
        final byte[] scan = Arrays.copyOfRange(jpeg, last, jpeg.length - 2);
        final ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < 300; i++) {
            many.writeBytes(scan);
        }
        final RunFailed failed = failure(tile(6, new byte[0], RGB, many.toByteArray()));
        assertTrue(failed.what().contains("scans"), failed.what());
    }

    @Test
    void aStreamThatLacksATableIsRefusedWhateverWasReadBefore() throws IOException {
        final Picture picture = smooth(64, 48);
        final byte[] whole = jpeg(picture);
        try (JdkJpeg decoder = new JdkJpeg()) {
            final JpegStream.Whole good = JpegStream.assemble(new byte[0], whole, 1);
            decoder.decode(good.bytes(), good.frame());
            for (final int kind : new int[] {0xdb, 0xc4}) {
                final IOException e = assertThrows(
                        IOException.class, () -> JpegStream.assemble(new byte[0], without(whole, kind), 1));
                assertTrue(e.getMessage().contains(kind == 0xdb ? "quantization table 0" : "Huffman table 0"));
            }
        }
        final byte[][] parts = split(whole);
        final byte[] tables = JpegStream.tables(parts[0]);
        assertEquals(
                new JpegFrame(64, 48, 3),
                JpegStream.assemble(tables, parts[1], 1).frame());
    }

    private static byte[] without(final byte[] jpeg, final int kind) {
        final ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.writeBytes(new byte[] {-1, (byte) 0xd8});
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            final int length = 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            if ((jpeg[at + 1] & 0xff) != kind) {
                rest.write(jpeg, at, length);
            }
            at += length;
        }
        rest.write(jpeg, at, jpeg.length - at);
        return rest.toByteArray();
    }
}
