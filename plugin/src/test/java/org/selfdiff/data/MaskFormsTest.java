package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.tiff.BlockCache;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.imaging.tiff.TestTiff;
import org.selfdiff.imaging.tiff.TiffTag;

/** The same labels come out of a TIFF whatever its size, its samples and its photometric interpretation. */
class MaskFormsTest {
    private static final DecodeLimits LIMITS = DecodeLimits.standard();

    private static final int WHITE_IS_ZERO = 0;

    private static final int BLACK_IS_ZERO = 1;

    private static final int RGB = 2;

    private static final int PALETTE = 3;

    @TempDir
    Path folder;

    /** A way to store labels. */
    private record Form(int photometric, int bits, boolean deflate, ByteOrder order) {
        static List<Form> all() {
            final List<Form> forms = new ArrayList<>();
            for (final int bits : new int[] {1, 2, 4, 8, 16, 32}) {
                for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                    for (final int photometric : new int[] {WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE}) {
                        if (photometric != RGB && (photometric != PALETTE || bits <= 8) || bits == 8) {
                            forms.add(new Form(photometric, bits, forms.size() % 2 == 0, order));
                        }
                    }
                }
            }
            return forms;
        }

        int classes() {
            return (int) Math.min(1L << bits, bits == 32 ? 1 << 30 : 1 << 16);
        }

        /** What the file holds for a label; the palette counts downwards. */
        private long sample(final int label) {
            return photometric == WHITE_IS_ZERO || photometric == PALETTE ? (1L << bits) - 1 - label : label;
        }

        Path write(final LabelMap map, final Path file) throws Exception {
            final int samples = photometric == RGB ? 3 : 1;
            final int rowBytes = (map.width() * samples * bits + 7) / 8;
            final ByteBuffer bytes =
                    ByteBuffer.allocate(rowBytes * map.height()).order(order);
            for (int y = 0; y < map.height(); y++) {
                for (int x = 0; x < map.width() * samples; x++) {
                    final long sample = sample(map.label(x / samples, y));
                    final int at = rowBytes * y + x * bits / 8;
                    switch (bits) {
                        case 8 -> bytes.put(at, (byte) sample);
                        case 16 -> bytes.putShort(at, (short) sample);
                        case 32 -> bytes.putInt(at, (int) sample);
                        default -> bytes.put(at, (byte) (bytes.get(at) | sample << 8 - bits - x * bits % 8));
                    }
                }
            }
            final int[] bitsOfAll = new int[samples];
            java.util.Arrays.fill(bitsOfAll, bits);
            final TestTiff tiff = new TestTiff(false, order);
            final TestTiff.Dir dir =
                    tiff.dir().image(map.width(), map.height(), deflate ? 8 : 1, photometric, bitsOfAll);
            if (photometric == PALETTE) {
                dir.number(TiffTag.COLOR_MAP, TestTiff.SHORT, greys());
            }
            dir.strips(map.height(), deflate ? deflated(bytes.array()) : bytes.array());
            return tiff.write(file);
        }

        /** Entry n is the grey of label max - n. */
        private long[] greys() {
            final int count = 1 << bits;
            final long[] map = new long[3 * count];
            for (int i = 0; i < map.length; i++) {
                map[i] = 257L * (bits == 1 ? 255 * (1 - i % count) : count - 1 - i % count);
            }
            return map;
        }

        private static byte[] deflated(final byte[] bytes) throws Exception {
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
                deflater.write(bytes);
            }
            return out.toByteArray();
        }
    }

    private static List<Form> forms() {
        return Form.all();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormHoldsTheSameLabels(final Form form) throws Exception {
        final LabelMap map = TestFiles.labels(7, 53, 31, form.classes());
        final Path file = form.write(map, folder.resolve("mask.tif"));
        assertEquals(map, Masks.read(file, MaskCoding.labels(), LIMITS));
        assertEquals(map.foreground(), Masks.read(file, MaskCoding.foreground(), LIMITS));
    }

    /** 4000 x 4000 is read as a whole, 4200 x 4200 in blocks. */
    @ParameterizedTest
    @ValueSource(ints = {4000, 4200})
    void sizeChangesNothing(final int side) throws Exception {
        final LabelMap map = TestFiles.labels(5, side, side, 2);
        final Tile.Area area = new Tile.Area(side - 300, 1000, 350, 200, 1, 0.5);
        final LabelMap expected = map.region(area.x(), area.y(), area.width(), area.height());
        for (final Form form : List.of(
                new Form(WHITE_IS_ZERO, 8, true, ByteOrder.BIG_ENDIAN),
                new Form(WHITE_IS_ZERO, 1, false, ByteOrder.LITTLE_ENDIAN),
                new Form(BLACK_IS_ZERO, 1, true, ByteOrder.LITTLE_ENDIAN),
                new Form(PALETTE, 1, true, ByteOrder.LITTLE_ENDIAN))) {
            final Path file = form.write(map, folder.resolve("large.tif"));
            for (final MaskCoding coding : List.of(MaskCoding.labels(), MaskCoding.foreground())) {
                try (MaskReader reader = MaskReader.open(file, coding, LIMITS, BlockCache.small())) {
                    assertEquals(side > 4096, reader.bytes() == 0, "in blocks");
                    final LabelMap read = reader.labels(area);
                    assertEquals(expected, read, form + " " + coding.kind());
                }
            }
        }
    }

    /** Colours are read at every size too. */
    @Test
    void coloursOfALargeMaskAreRead() throws Exception {
        final LabelMap map = TestFiles.labels(9, 4200, 4200, 3);
        final Path file = new Form(RGB, 8, true, ByteOrder.LITTLE_ENDIAN).write(map, folder.resolve("rgb.tif"));
        final Tile.Area area = new Tile.Area(4000, 17, 100, 90, 2, 0.5);
        final MaskCoding coding = MaskCoding.colours("#020202, #000000, #010101");
        try (MaskReader reader = MaskReader.open(file, coding, LIMITS, BlockCache.small())) {
            final LabelMap read = reader.labels(area);
            for (int i = 0; i < read.labels().length; i++) {
                final int label = map.region(4000, 17, 100, 90, 2).labels()[i];
                assertEquals((label + 1) % 3, read.labels()[i]);
            }
        }
    }

    /** Faxes by the JDK's writer, of both photometric interpretations. */
    @ParameterizedTest
    @ValueSource(strings = {"CCITT T.4", "CCITT T.6", "LZW", "PackBits"})
    void bilevelMasksOfTheJdkAreBlackAndWhite(final String compression) throws Exception {
        final LabelMap map = TestFiles.labels(4, 67, 40, 2);
        for (final boolean whiteFirst : new boolean[] {false, true}) {
            final byte[] greys = whiteFirst ? new byte[] {-1, 0} : new byte[] {0, -1};
            final BufferedImage image = new BufferedImage(
                    67, 40, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(1, 2, greys, greys, greys));
            for (int i = 0; i < map.labels().length; i++) {
                image.setRGB(i % 67, i / 67, map.labels()[i] == 0 ? 0xff000000 : 0xffffffff);
            }
            final Path file = folder.resolve("fax" + whiteFirst + ".tif");
            final ImageWriter writer =
                    ImageIO.getImageWritersByFormatName("tiff").next();
            try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
                final ImageWriteParam p = writer.getDefaultWriteParam();
                p.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                p.setCompressionType(compression);
                writer.setOutput(out);
                writer.write(null, new IIOImage(image, null, null), p);
            } finally {
                writer.dispose();
            }
            assertEquals(map, Masks.read(file, MaskCoding.labels(), LIMITS), compression + " " + whiteFirst);
            assertEquals(map, Masks.read(file, MaskCoding.foreground(), LIMITS));
        }
    }
}
