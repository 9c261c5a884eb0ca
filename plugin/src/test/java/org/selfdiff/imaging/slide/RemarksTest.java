package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.tiff.TestTiff;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunFailed;

/** What a file holds that is not followed is said, and colours are the same from every container. */
class RemarksTest {
    @TempDir
    Path folder;

    private List<String> remarks(final Path file) throws Exception {
        try (PictureSource source = Slides.open(file, DecodeLimits.standard())) {
            return source.about().remarks();
        }
    }

    private List<String> remarks(final TestTiff tiff) throws Exception {
        return remarks(tiff.write(folder.resolve("p.tif")));
    }

    private static TestTiff.Dir grey(final TestTiff tiff, final int side) {
        return tiff.dir().image(side, side, 1, 1, 8).strips(side, new byte[side * side]);
    }

    @Test
    void aPlainPictureHasNone() throws Exception {
        final TestTiff tiff = new TestTiff();
        grey(tiff, 8);
        grey(tiff, 4); // a thumbnail
        assertEquals(List.of(), remarks(tiff));
        final Path png = TestFiles.write(PngEncoder.picture(TestFiles.noise(1, 4, 4)), folder.resolve("a.png"));
        assertEquals(List.of(), remarks(png));
    }

    @Test
    void pagesOfAStack() throws Exception {
        final TestTiff tiff = new TestTiff();
        for (int page = 0; page < 5; page++) {
            grey(tiff, 8);
        }
        assertEquals(List.of("the file holds 5 pictures, of which the first is read"), remarks(tiff));
        final TestTiff large = new TestTiff();
        grey(large, 8).ascii(TiffTag.IMAGE_DESCRIPTION, "ImageJ=1.53t\nimages=12\nslices=12\n");
        assertEquals(List.of("the file holds 12 pictures, of which the first is read"), remarks(large));
    }

    @Test
    void samplesBeyondColoursAndOpacity() throws Exception {
        final TestTiff tiff = new TestTiff();
        tiff.dir().image(2, 2, 1, 2, 8, 8, 8, 8, 8).strips(2, new byte[20]);
        assertEquals(List.of("a pixel has 5 samples, of which the first 3 are read"), remarks(tiff));
        final TestTiff alpha = new TestTiff();
        alpha.dir()
                .image(2, 2, 1, 2, 8, 8, 8, 8)
                .number(TiffTag.EXTRA_SAMPLES, TestTiff.SHORT, 2)
                .strips(2, new byte[16]);
        assertEquals(List.of(), remarks(alpha));
    }

    @Test
    void pixelsThatAreNotSquare() throws Exception {
        final TestTiff tiff = new TestTiff();
        grey(tiff, 4)
                .number(TiffTag.RESOLUTION_UNIT, TestTiff.SHORT, 3)
                .rational(TiffTag.X_RESOLUTION, 20_000, 1)
                .rational(TiffTag.Y_RESOLUTION, 40_000, 1);
        assertEquals(
                List.of("a pixel measures 0.5000 x 0.2500 micrometres; it is read as a square of 0.3750"),
                remarks(tiff));
    }

    @Test
    void planesOfAnOmeTiff() throws Exception {
        final TestTiff tiff = new TestTiff();
        grey(tiff, 8)
                .ascii(
                        TiffTag.IMAGE_DESCRIPTION,
                        "<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"><Image ID=\"Image:0\"><Pixels"
                                + " ID=\"Pixels:0\" DimensionOrder=\"XYCZT\" Type=\"uint8\" SizeX=\"8\" SizeY=\"8\""
                                + " SizeC=\"1\" SizeZ=\"3\" SizeT=\"1\" PhysicalSizeX=\"0.5\" PhysicalSizeY=\"0.5\">"
                                + "<TiffData/></Pixels></Image></OME>");
        grey(tiff, 8);
        grey(tiff, 8);
        assertEquals(List.of("the slide has 3 planes of depth or time, of which the first is read"), remarks(tiff));
    }

    /** A minimal EXIF block: one entry, the orientation. */
    private static byte[] exif(final int orientation, final ByteOrder order) {
        return ByteBuffer.allocate(26)
                .order(order)
                .put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    private byte[] jpeg() throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(TestFiles.image(TestFiles.noise(3, 16, 16), BufferedImage.TYPE_INT_RGB), "jpeg", out);
        return out.toByteArray();
    }

    /** A JPEG with one segment more. */
    private static byte[] with(final byte[] jpeg, final int marker, final String head, final byte[] content)
            throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final int length = 2 + head.length() + content.length;
        out.write(jpeg, 0, 2);
        out.write(new byte[] {(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length});
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(content);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 8})
    void turnsThatACameraNotes(final int orientation) throws Exception {
        for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            final byte[] exif = exif(orientation, order);
            final Path jpg = Files.write(folder.resolve("a.jpg"), with(jpeg(), 0xe1, "Exif\0\0", exif));
            final byte[] png = PngEncoder.picture(TestFiles.noise(1, 4, 4));
            final ByteBuffer chunk = ByteBuffer.allocate(12 + exif.length);
            chunk.putInt(exif.length)
                    .put("eXIf".getBytes(StandardCharsets.US_ASCII))
                    .put(exif);
            final CRC32 crc = new CRC32();
            crc.update(chunk.array(), 4, 4 + exif.length);
            chunk.putInt((int) crc.getValue());
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(png, 0, 33);
            out.write(chunk.array());
            out.write(png, 33, png.length - 33);
            final Path turned = Files.write(folder.resolve("a.png"), out.toByteArray());
            final TestTiff tiff = new TestTiff(false, order);
            grey(tiff, 4).number(TiffTag.ORIENTATION, TestTiff.SHORT, orientation);
            final Path tif = tiff.write(folder.resolve("a.tif"));
            for (final Path file : List.of(jpg, turned, tif)) {
                final List<String> remarks = remarks(file);
                assertEquals(orientation == 1 ? 0 : 1, remarks.size(), file.toString());
                assertTrue(remarks.stream().allMatch(r -> r.contains("(orientation " + orientation + ")")));
            }
        }
    }

    @Test
    void picturesOfAnAnimation() throws Exception {
        final Path file = folder.resolve("two.gif");
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int frame = 0; frame < 2; frame++) {
                writer.writeToSequence(
                        new IIOImage(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY), null, null), null);
            }
            writer.endWriteSequence();
        }
        assertEquals(List.of("the file holds 2 pictures, of which the first is read"), remarks(file));
    }

    private Picture opened(final Path file) throws Exception {
        try (PictureSource source = Slides.open(file, DecodeLimits.standard())) {
            return source.region(0, 0, 0, (int) source.level(0).width(), (int)
                    source.level(0).height());
        }
    }

    /** A profile that would change colours much: linear light. Without it the same samples are read. */
    @Test
    void profilesAreAppliedInNoFormat() throws Exception {
        final byte[] plain = jpeg();
        final byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        final int jfif = 20; // start and JFIF marker, which has to be the first
        final byte[] behind =
                with(java.util.Arrays.copyOfRange(plain, jfif - 2, plain.length), 0xe2, "ICC_PROFILE\0\1\1", profile);
        final byte[] profiled = java.util.Arrays.copyOf(plain, jfif - 2 + behind.length);
        System.arraycopy(behind, 0, profiled, jfif - 2, behind.length);
        System.arraycopy(plain, 0, profiled, 0, jfif);
        final Path with = Files.write(folder.resolve("profiled.jpg"), profiled);
        final Picture expected = opened(Files.write(folder.resolve("plain.jpg"), plain));
        assertEquals(expected, opened(with));
        try (PictureSource source = Slides.open(with, new DecodeLimits(64))) { // unpacked row by row
            assertEquals(expected, source.region(0, 0, 0, 16, 16));
        }
        assertTrue(new ICC_ColorSpace(ICC_Profile.getInstance(profile)).toRGB(new float[] {0.2f, 0.2f, 0.2f})[0] > 0.4);
    }

    /** The inks of one colour in every container give that colour, by hand: (255 - ink) (255 - black) / 255. */
    @Test
    void inksAreTheSameFromEveryContainer() throws Exception {
        final int[] inks = {200, 100, 50, 30};
        final byte[] expected = {(byte) 49, (byte) 137, (byte) 181}; // 55, 155, 205 times 225 / 255
        final byte[] pixels = new byte[4 * 256];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) inks[i % 4];
        }
        final TestTiff tiff = new TestTiff();
        tiff.dir().image(16, 16, 1, 5, 8, 8, 8, 8).strips(16, pixels);
        requireColour(expected, opened(tiff.write(folder.resolve("c.tif"))), 0);
        final byte[] plain = ofFour(inks);
        requireColour(expected, opened(Files.write(folder.resolve("plain.jpg"), plain)), 1);
        final byte[] inverse = ofFour(255 - 200, 255 - 100, 255 - 50, 255 - 30);
        requireColour(
                expected, opened(Files.write(folder.resolve("adobe.jpg"), with(inverse, 0xee, "Adobe", adobe(0)))), 1);
        // YCCK of stored inks 55, 155, 205: red, green and blue are 200, 100, 50 (JFIF 1.02)
        final byte[] ycck = ofFour(124, 86, 182, 225);
        requireColour(
                expected, opened(Files.write(folder.resolve("ycck.jpg"), with(ycck, 0xee, "Adobe", adobe(2)))), 2);
    }

    private static byte[] adobe(final int transform) {
        return new byte[] {0, 100, 0, 0, 0, 0, (byte) transform};
    }

    private static void requireColour(final byte[] expected, final Picture picture, final int tolerance) {
        for (int c = 0; c < 3; c++) {
            assertEquals(expected[c] & 0xff, picture.sample(7, 7, c), tolerance, "channel " + c);
        }
    }

    /** A JPEG of four components of one value each, at the best quality. */
    private static byte[] ofFour(final int... values) throws Exception {
        final WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 64, 4, new int[] {0, 1, 2, 3}, null);
        for (int i = 0; i < 256; i++) {
            raster.setPixel(i % 16, i / 16, values);
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            final ImageWriteParam p = writer.getDefaultWriteParam();
            p.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            p.setCompressionQuality(1);
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), p);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Rows from the top and from the bottom, of 1, 8, 24 and 32 bits. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 24, 32})
    void bitmapsBeginAtEitherEnd(final int bits) throws Exception {
        final int width = 5;
        final int height = 3;
        final int stride = (width * bits + 31) / 32 * 4;
        final int colours = bits > 8 ? 0 : 1 << bits;
        final Picture[] read = new Picture[2];
        for (int end = 0; end < 2; end++) {
            final ByteBuffer bmp =
                    ByteBuffer.allocate(54 + 4 * colours + stride * height).order(ByteOrder.LITTLE_ENDIAN);
            bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(54 + 4 * colours);
            bmp.putInt(40)
                    .putInt(width)
                    .putInt(end == 0 ? height : -height)
                    .putShort((short) 1)
                    .putShort((short) bits);
            bmp.putInt(0).putInt(stride * height).putInt(0).putInt(0).putInt(0).putInt(0);
            for (int c = 0; c < colours; c++) {
                bmp.putInt(c * 0x030201 % 0xffffff);
            }
            for (int y = 0; y < height; y++) {
                final int row = end == 0 ? height - 1 - y : y;
                for (int i = 0; i < stride; i++) {
                    bmp.put((byte) (40 * row + 7 * i));
                }
            }
            read[end] = opened(Files.write(folder.resolve("b" + end + ".bmp"), bmp.array()));
        }
        assertArrayEquals(read[0].rgb(), read[1].rgb());
    }

    /** JPEG of two or four components in a TIFF, by every combination of tags: read, or refused by what it is. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void jpegOfOtherComponentsInTiffIsReadOrNamed(final int components) throws Exception {
        final byte[] jpeg = components == 4 ? ofFour(200, 100, 50, 30) : ofTwo();
        for (final int photometric : new int[] {0, 1, 2, 5, 6}) {
            for (int samples = 1; samples <= 4; samples++) {
                for (final int planar : new int[] {1, 2}) {
                    final int[] bits = new int[samples];
                    java.util.Arrays.fill(bits, 8);
                    final byte[][] blocks = new byte[planar == 2 ? samples : 1][];
                    java.util.Arrays.fill(blocks, jpeg);
                    final TestTiff tiff = new TestTiff();
                    tiff.dir()
                            .image(16, 16, 7, photometric, bits)
                            .number(TiffTag.PLANAR_CONFIGURATION, TestTiff.SHORT, planar)
                            .tiles(16, 16, blocks);
                    final Path file = tiff.write(folder.resolve("j.tif"));
                    final String tags = photometric + ", " + samples + " samples, planar " + planar;
                    final RunFailed failed = assertThrows(RunFailed.class, () -> opened(file), tags);
                    assertTrue(failed.what().matches(".*(JPEG|samples).*not read.*"), tags + ": " + failed.what());
                    assertTrue(failed.remedy().startsWith("Convert"), failed.remedy());
                }
            }
        }
    }

    private static byte[] ofTwo() throws Exception {
        final WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 32, 2, new int[] {0, 1}, null);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
