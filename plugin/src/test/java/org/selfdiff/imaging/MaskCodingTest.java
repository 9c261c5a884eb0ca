package org.selfdiff.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.imaging.TestFiles.bytes;
import static org.selfdiff.imaging.TestFiles.chunk;
import static org.selfdiff.imaging.TestFiles.png;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.run.RunFailed;

class MaskCodingTest {
    private static final DecodeLimits LIMITS = DecodeLimits.standard();

    @TempDir
    Path folder;

    private Path file(final byte[] content) throws Exception {
        return TestFiles.write(content, folder.resolve("mask.png"));
    }

    private int[] labels(final byte[] content) throws Exception {
        return Masks.read(file(content), MaskCoding.labels(), LIMITS).labels();
    }

    private int[] foreground(final byte[] content) throws Exception {
        return Masks.read(file(content), MaskCoding.foreground(), LIMITS).labels();
    }

    @Test
    void greyValuesAreLabelsAtAnyDepth() throws Exception {
        assertArrayEquals(new int[] {1, 0, 1}, labels(png(3, 1, 1, 0, bytes(0b10100000))));
        assertArrayEquals(new int[] {0, 3, 255}, labels(png(3, 1, 8, 0, bytes(0, 3, 255))));
        assertArrayEquals(new int[] {300, 65535, 0}, labels(png(3, 1, 16, 0, bytes(1, 44, 255, 255, 0, 0))));
        assertArrayEquals(new int[] {1, 1, 0}, foreground(png(3, 1, 16, 0, bytes(1, 44, 255, 255, 0, 0))));
        assertArrayEquals(new int[] {0, 1, 1}, foreground(png(3, 1, 8, 0, bytes(0, 3, 255))));
    }

    @Test
    void paletteOfPascalVocGivesIndicesAndGreyOnesValues() throws Exception {
        final byte[] coloured = chunk("PLTE", bytes(0, 0, 0, 128, 0, 0, 0, 128, 0));
        assertArrayEquals(new int[] {2, 0, 1}, labels(png(3, 1, 8, 3, bytes(2, 0, 1), coloured)));
        final byte[] grey = chunk("PLTE", bytes(255, 255, 255, 0, 0, 0, 7, 7, 7)); // white first, as optimisers do
        assertArrayEquals(new int[] {255, 0, 7}, labels(png(3, 1, 8, 3, bytes(0, 1, 2), grey)));
        assertArrayEquals(new int[] {1, 0, 1}, foreground(png(3, 1, 8, 3, bytes(0, 1, 2), grey)));
    }

    @Test
    void greyStoredAsRgbIsGreyAndColoursAreRefused() throws Exception {
        assertArrayEquals(new int[] {5, 0}, labels(png(2, 1, 8, 2, bytes(5, 5, 5, 0, 0, 0))));
        final Path coloured = file(png(1, 2, 8, 2, bytes(0, 0, 0, 255, 0, 16)));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Masks.read(coloured, MaskCoding.labels(), LIMITS));
        assertTrue(failed.what().contains("#ff0010"));
        assertTrue(failed.where().endsWith("mask.png, column 0, row 1"));
        assertArrayEquals(
                new int[] {0, 1},
                Masks.read(coloured, MaskCoding.foreground(), LIMITS).labels());
    }

    @Test
    void coloursBecomeClasses() throws Exception {
        final MaskCoding coding = MaskCoding.colours("#000000, #FF0000,#00ff00");
        final byte[] rgb = bytes(0, 255, 0, 0, 0, 0, 255, 0, 0);
        assertArrayEquals(
                new int[] {2, 0, 1},
                Masks.read(file(png(3, 1, 8, 2, rgb)), coding, LIMITS).labels());
        final byte[] palette = chunk("PLTE", bytes(255, 0, 0, 0, 0, 0));
        assertArrayEquals(
                new int[] {1, 0},
                Masks.read(file(png(2, 1, 8, 3, bytes(0, 1), palette)), coding, LIMITS)
                        .labels());
        final Path strange = file(png(1, 1, 8, 2, bytes(1, 2, 3)));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Masks.read(strange, coding, LIMITS));
        assertTrue(failed.what().contains("#010203"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "red", "#12345", "#000000,#000000", "#000000;#ffffff"})
    void badListsOfColoursAreRefused(final String text) {
        assertEquals(
                "colours of the classes",
                assertThrows(RunFailed.class, () -> MaskCoding.colours(text)).where());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiff", "bmp", "gif"})
    void otherLosslessFormatsKeepTheirLabels(final String format) throws Exception {
        final BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, 4, 1, 0, new int[] {0, 1, 2, 200});
        final Path file = TestFiles.write(image, format, folder.resolve("m." + format));
        assertArrayEquals(
                new int[] {0, 1, 2, 200},
                Masks.read(file, MaskCoding.labels(), LIMITS).labels());
    }

    @Test
    void sixteenBitTiffKeepsItsLabels() throws Exception {
        final BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 1000, 65535});
        final Path file = TestFiles.write(image, "tiff", folder.resolve("m.tif"));
        assertArrayEquals(
                new int[] {0, 1000, 65535},
                Masks.read(file, MaskCoding.labels(), LIMITS).labels());
    }

    @Test
    void aMaskInJpegIsRefused() throws Exception {
        final Path file = TestFiles.write(
                TestFiles.image(TestFiles.noise(1, 8, 8), BufferedImage.TYPE_INT_RGB), "jpg", folder.resolve("m.jpg"));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Masks.read(file, MaskCoding.foreground(), LIMITS));
        assertTrue(failed.what().contains("JPEG"));
    }

    @Test
    void colourListsOfCommasAreRefused() {
        for (final String text : new String[] {"", ",", " , ,", "#000000,"}) {
            assertThrows(RunFailed.class, () -> MaskCoding.colours(text), text);
        }
    }

    private RunFailed refused(final MaskCoding coding, final byte[] content) throws Exception {
        final Path file = file(content);
        return assertThrows(RunFailed.class, () -> Masks.read(file, coding, LIMITS));
    }

    /** As PIL's quantise and PNG8 of ImageMagick order them: by how frequent a colour is. */
    @Test
    void coloursOfAPaletteDecideAndNotItsOrder() throws Exception {
        final byte[] redFirst = chunk("PLTE", bytes(255, 0, 0, 0, 0, 0, 0, 255, 0));
        final byte[] blackFirst = chunk("PLTE", bytes(0, 0, 0, 0, 255, 0, 255, 0, 0));
        final byte[] one = png(3, 1, 8, 3, bytes(1, 0, 2), redFirst);
        final byte[] other = png(3, 1, 8, 3, bytes(0, 2, 1), blackFirst);
        assertArrayEquals(new int[] {0, 1, 1}, foreground(one));
        assertArrayEquals(new int[] {0, 1, 1}, foreground(other));
        final MaskCoding colours = MaskCoding.colours("#000000, #ff0000, #00ff00");
        assertArrayEquals(
                new int[] {0, 1, 2}, Masks.read(file(one), colours, LIMITS).labels());
        assertArrayEquals(
                new int[] {0, 1, 2}, Masks.read(file(other), colours, LIMITS).labels());
        final RunFailed failed = refused(MaskCoding.labels(), other);
        assertTrue(failed.what().contains("#ff0000") && failed.what().contains("number 2"), failed.what());
        assertTrue(failed.where().endsWith("column 1, row 0"), failed.where());
    }

    @Test
    void theOrderOfAGifIsNotThatOfItsClasses() throws Exception {
        final byte[] reds = {-1, 0};
        final byte[] zeros = {0, 0};
        final BufferedImage image =
                new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, reds, zeros, zeros));
        image.getRaster().setSamples(0, 0, 2, 1, 0, new int[] {0, 1});
        final Path file = TestFiles.write(image, "gif", folder.resolve("m.gif"));
        assertArrayEquals(
                new int[] {1, 0},
                Masks.read(file, MaskCoding.foreground(), LIMITS).labels());
    }

    /** Written down from the VOC development kit's colour map. */
    @Test
    void thePaletteOfPascalVocStandsForNumbers() {
        assertEquals(0x000000, MaskCoding.numbered(0));
        assertEquals(0x800000, MaskCoding.numbered(1));
        assertEquals(0x008000, MaskCoding.numbered(2));
        assertEquals(0x400000, MaskCoding.numbered(8));
        assertEquals(0xc08000, MaskCoding.numbered(11));
        assertEquals(0x004080, MaskCoding.numbered(20));
        assertEquals(0xe0e0c0, MaskCoding.numbered(255));
    }

    @Test
    void aMaskThatHidesWhatItHoldsIsRefused() throws Exception {
        final MaskCoding coding = MaskCoding.foreground();
        assertTrue(refused(coding, png(2, 1, 8, 6, bytes(9, 9, 9, 255, 255, 255, 255, 0)))
                .where()
                .endsWith("column 1, row 0"));
        assertTrue(refused(coding, png(2, 1, 8, 4, bytes(0, 255, 7, 0))).what().contains("transparent"));
        final byte[] palette = chunk("PLTE", bytes(0, 0, 0, 255, 255, 255));
        assertTrue(refused(coding, png(2, 1, 8, 3, bytes(0, 1), palette, chunk("tRNS", bytes(255, 0))))
                .what()
                .contains("transparent"));
        assertTrue(refused(coding, png(2, 1, 8, 0, bytes(0, 3), chunk("tRNS", bytes(0, 3))))
                .what()
                .contains("transparent"));
        // black that is transparent is background both ways
        assertArrayEquals(new int[] {0, 1}, foreground(png(2, 1, 8, 6, bytes(0, 0, 0, 0, 255, 0, 0, 255))));
    }

    @Test
    void greyOfSixteenBitsInThreeChannelsIsExact() throws Exception {
        assertArrayEquals(new int[] {300, 0}, labels(png(2, 1, 16, 2, bytes(1, 44, 1, 44, 1, 44, 0, 0, 0, 0, 0, 0))));
        assertArrayEquals(new int[] {1, 0}, foreground(png(2, 1, 16, 2, bytes(0, 9, 0, 9, 0, 9, 0, 0, 0, 0, 0, 0))));
    }

    @Test
    void anAnimationIsNoMask() throws Exception {
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
        final RunFailed failed = assertThrows(RunFailed.class, () -> Masks.read(file, MaskCoding.foreground(), LIMITS));
        assertTrue(failed.what().contains("2 pictures"), failed.what());
    }

    /** An animation would be read as its first picture; one that announces a single picture is one. */
    @Test
    void animatedMasksAreRefused() throws Exception {
        final byte[] png = PngEncoder.labels(TestFiles.labels(1, 6, 5, 3));
        for (final int pictures : new int[] {1, 3}) {
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(png, 0, 33);
            out.write(TestFiles.chunk("acTL", TestFiles.bytes(0, 0, 0, pictures, 0, 0, 0, 0)));
            out.write(png, 33, png.length - 33);
            final Path file = TestFiles.write(out.toByteArray(), folder.resolve("animated.png"));
            if (pictures == 1) {
                assertEquals(
                        TestFiles.labels(1, 6, 5, 3), Masks.read(file, MaskCoding.labels(), DecodeLimits.standard()));
            } else {
                final RunFailed failed = assertThrows(
                        RunFailed.class, () -> Masks.read(file, MaskCoding.labels(), DecodeLimits.standard()));
                assertEquals("The mask holds 3 pictures, and nothing says which one is meant", failed.what());
                assertEquals(file.toString(), failed.where());
            }
        }
    }

    /** The rows of a bitmap begin at either end; labels of 1, 8 and 24 bits are the same. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 24})
    void masksInBitmapsBeginAtEitherEnd(final int bits) throws Exception {
        final LabelMap map = TestFiles.labels(3, 5, 4, bits == 1 ? 2 : 4);
        final int stride = (map.width() * bits + 31) / 32 * 4;
        final int colours = bits > 8 ? 0 : 1 << bits;
        for (final boolean down : new boolean[] {false, true}) {
            final ByteBuffer bmp = ByteBuffer.allocate(54 + 4 * colours + stride * map.height())
                    .order(ByteOrder.LITTLE_ENDIAN);
            bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(54 + 4 * colours);
            bmp.putInt(40).putInt(map.width()).putInt(down ? -map.height() : map.height());
            bmp.putShort((short) 1).putShort((short) bits).putInt(0).putInt(stride * map.height());
            bmp.putInt(0).putInt(0).putInt(colours).putInt(0);
            for (int c = 0; c < colours; c++) {
                bmp.putInt((bits == 1 ? 255 : 1) * c * 0x010101);
            }
            for (int y = 0; y < map.height(); y++) {
                final int row = 54 + 4 * colours + stride * (down ? y : map.height() - 1 - y);
                for (int x = 0; x < map.width(); x++) {
                    final int label = map.label(x, y);
                    if (bits == 1) {
                        bmp.put(row, (byte) (bmp.get(row) | label << 7 - x));
                    } else {
                        for (int b = 0; b < bits / 8; b++) {
                            bmp.put(row + x * bits / 8 + b, (byte) label);
                        }
                    }
                }
            }
            final Path file = TestFiles.write(bmp.array(), folder.resolve("mask.bmp"));
            assertEquals(map, Masks.read(file, MaskCoding.labels(), DecodeLimits.standard()), "from the top: " + down);
        }
    }
}
