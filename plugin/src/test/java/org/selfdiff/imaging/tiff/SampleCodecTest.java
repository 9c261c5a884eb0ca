package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.TestFiles;

/** Every way to keep plain samples, against the samples themselves or colours by hand. */
class SampleCodecTest {
    @TempDir
    Path folder;

    private static byte[] b(final int... values) {
        final byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] grey(final int... values) {
        final byte[] rgb = new byte[3 * values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) values[i / 3];
        }
        return rgb;
    }

    private void expect(final TestTiff tiff, final byte[] rgb) throws Exception {
        assertArrayEquals(
                rgb, TiffPictures.read(tiff.write(folder.resolve("x.tif"))).rgb());
    }

    private static byte[] pack(final int compression, final byte[] bytes) throws Exception {
        return switch (compression) {
            case Compression.LZW -> TiffPictures.lzw(bytes);
            case Compression.DEFLATE, Compression.OLD_DEFLATE -> TiffPictures.deflate(bytes);
            case Compression.PACK_BITS -> TiffPictures.packBits(bytes);
            default -> bytes;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "1,1,true",
        "1,1,false",
        "5,1,true",
        "5,2,true",
        "5,2,false",
        "8,1,false",
        "8,2,true",
        "32946,2,false",
        "32773,1,true",
        "32773,1,false"
    })
    void losslessKindsGiveThePicture(final int compression, final int predictor, final boolean tiled) throws Exception {
        final Picture picture = TestFiles.noise(3, 53, 41);
        final byte[][] blocks = tiled ? TiffPictures.tiles(picture, 32, 16) : TiffPictures.strips(picture, 10);
        final int width = tiled ? 32 : 53;
        for (int i = 0; i < blocks.length; i++) {
            final byte[] plain = predictor == 2 ? TiffPictures.differences(blocks[i], 3 * width, 3) : blocks[i];
            blocks[i] = pack(compression, plain);
        }
        final TestTiff tiff = new TestTiff();
        final TestTiff.Dir dir = tiff.dir().image(53, 41, compression, 2, 8, 8, 8);
        dir.number(TiffTag.PREDICTOR, TestTiff.SHORT, predictor);
        if (tiled) {
            dir.tiles(32, 16, blocks);
        } else {
            dir.strips(10, blocks);
        }
        expect(tiff, picture.rgb());
    }

    @ParameterizedTest
    @CsvSource({"II", "MM"})
    void sixteenBitsAreScaledByTheirFullRange(final String order) throws Exception {
        final boolean little = "II".equals(order);
        final int[] values = {0, 128, 129, 385, 386, 32_767, 65_406, 65_407, 65_535};
        final int[] scaled = {0, 0, 1, 1, 2, 127, 254, 255, 255}; // v / 257 to the nearest
        final byte[] plain = new byte[18];
        final byte[] differences = new byte[18];
        for (int i = 0; i < 9; i++) {
            put(plain, 2 * i, values[i], little);
            put(differences, 2 * i, values[i] - (i == 0 ? 0 : values[i - 1]), little);
        }
        final ByteOrder bytes = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        final TestTiff tiff = new TestTiff(false, bytes);
        tiff.dir().image(9, 1, 1, 1, 16).strips(1, plain);
        expect(tiff, grey(scaled));
        final TestTiff predicted = new TestTiff(false, bytes);
        predicted
                .dir()
                .image(9, 1, Compression.LZW, 1, 16)
                .number(TiffTag.PREDICTOR, TestTiff.SHORT, 2)
                .strips(1, TiffPictures.lzw(differences));
        expect(predicted, grey(scaled));
    }

    private static void put(final byte[] bytes, final int at, final int value, final boolean little) {
        bytes[little ? at : at + 1] = (byte) value;
        bytes[little ? at + 1 : at] = (byte) (value >> 8);
    }

    @Test
    void fewBitsAreScaledAndRowsBeginWithAByte() throws Exception {
        final TestTiff one = new TestTiff();
        one.dir().image(9, 2, 1, 1, 1).strips(2, b(0b10110001, 0b10000000, 0b01000000, 0));
        expect(one, grey(255, 0, 255, 255, 0, 0, 0, 255, 255, 0, 255, 0, 0, 0, 0, 0, 0, 0));
        final TestTiff two = new TestTiff();
        two.dir().image(4, 1, 1, 1, 2).strips(1, b(0b00011011));
        expect(two, grey(0, 85, 170, 255));
        final TestTiff four = new TestTiff();
        four.dir().image(3, 1, 1, 0, 4).strips(1, b(0x0f, 0x10));
        expect(four, grey(255, 0, 238)); // white is zero
        final TestTiff reversed = new TestTiff();
        reversed.dir()
                .image(4, 1, 1, 1, 1)
                .number(TiffTag.FILL_ORDER, TestTiff.SHORT, 2)
                .strips(1, b(0b00000101));
        expect(reversed, grey(255, 0, 255, 0));
    }

    @Test
    void paletteOfSixteenOrEightBits() throws Exception {
        final long[] map = new long[48];
        map[2] = 65_535;
        map[16 + 2] = 128 * 257;
        map[32 + 2] = 3 << 8;
        map[32 + 15] = 0xff00;
        final TestTiff tiff = new TestTiff();
        tiff.dir()
                .image(3, 1, 1, 3, 4)
                .number(TiffTag.COLOR_MAP, TestTiff.SHORT, map)
                .strips(1, b(0x2f, 0x00));
        expect(tiff, b(255, 128, 3, 0, 0, 255, 0, 0, 0));
        final long[] small = new long[48];
        small[1] = 255;
        small[17] = 7;
        final TestTiff eight = new TestTiff();
        eight.dir()
                .image(1, 1, 1, 3, 4)
                .number(TiffTag.COLOR_MAP, TestTiff.SHORT, small)
                .strips(1, b(0x10));
        expect(eight, b(255, 7, 0));
    }

    @Test
    void alphaIsCompositedOverWhiteAndOtherExtrasAreLeftOut() throws Exception {
        final byte[] pixels = b(100, 50, 0, 255, 100, 50, 0, 128, 9, 9, 9, 0);
        final byte[][] expected = {
            b(100, 50, 0, 100, 50, 0, 9, 9, 9), // unspecified
            b(100, 50, 0, 227, 177, 127, 255, 255, 255), // associated: colour + 255 - alpha
            b(100, 50, 0, 177, 152, 127, 255, 255, 255) // (100 * 128 + 255 * 127) / 255 = 177.2
        };
        for (int kind = 0; kind < 3; kind++) {
            final TestTiff tiff = new TestTiff();
            tiff.dir()
                    .image(3, 1, 1, 2, 8, 8, 8, 8)
                    .number(TiffTag.EXTRA_SAMPLES, TestTiff.SHORT, kind)
                    .strips(1, pixels);
            expect(tiff, expected[kind]);
        }
    }

    @Test
    void planesOfTheirOwnAreMerged() throws Exception {
        final Picture picture = TestFiles.noise(5, 20, 12);
        final byte[][] interleaved = TiffPictures.tiles(picture, 16, 16);
        final byte[][] planes = new byte[6][256];
        for (int p = 0; p < 3; p++) {
            for (int t = 0; t < 2; t++) {
                for (int i = 0; i < 256; i++) {
                    planes[2 * p + t][i] = interleaved[t][3 * i + p];
                }
                planes[2 * p + t] = TiffPictures.lzw(TiffPictures.differences(planes[2 * p + t], 16, 1));
            }
        }
        final TestTiff tiff = new TestTiff();
        tiff.dir()
                .image(20, 12, Compression.LZW, 2, 8, 8, 8)
                .number(TiffTag.PLANAR_CONFIGURATION, TestTiff.SHORT, 2)
                .number(TiffTag.PREDICTOR, TestTiff.SHORT, 2)
                .tiles(16, 16, planes);
        expect(tiff, picture.rgb());
    }

    /** Four luminances, one Cb and one Cr; the colours by the formulas of section 21. */
    @Test
    void subsampledYcbcr() throws Exception {
        final TestTiff tiff = new TestTiff();
        tiff.dir()
                .image(3, 2, 1, 6, 8, 8, 8)
                .number(TiffTag.YCBCR_SUBSAMPLING, TestTiff.SHORT, 2, 2)
                .strips(2, b(100, 110, 120, 130, 148, 108, 200, 0, 210, 0, 128, 128));
        // Cb - 128 = 20, Cr - 128 = -20: R = Y - 28.04, G = Y - 6.8828 + 14.2828 = Y + 7.4, B = Y + 35.44
        expect(tiff, b(72, 107, 135, 82, 117, 145, 200, 200, 200, 92, 127, 155, 102, 137, 165, 210, 210, 210));
    }

    @Test
    void ycbcrOfVideoRange() throws Exception {
        final TestTiff tiff = new TestTiff();
        tiff.dir()
                .image(3, 1, 1, 6, 8, 8, 8)
                .number(TiffTag.YCBCR_SUBSAMPLING, TestTiff.SHORT, 1, 1)
                .rational(TiffTag.REFERENCE_BLACK_WHITE, 16, 1, 235, 1, 128, 1, 240, 1, 128, 1, 240, 1)
                .strips(1, b(16, 128, 128, 235, 128, 128, 126, 128, 128));
        expect(tiff, grey(0, 255, 128)); // 110 * 255 / 219 = 128.08
    }

    @Test
    void inksLetThroughWhatTheyDoNotCover() throws Exception {
        final TestTiff tiff = new TestTiff();
        tiff.dir().image(2, 1, 1, 5, 8, 8, 8, 8).strips(1, b(0, 0, 0, 0, 0, 255, 255, 0));
        expect(tiff, b(255, 255, 255, 255, 0, 0));
    }

    /** One white row of 8 pixels in modified Huffman code: white 8 is 10011. */
    @Test
    void faxByCommonsImaging() throws Exception {
        final TestTiff tiff = new TestTiff();
        tiff.dir().image(8, 1, 2, 0, 1).strips(1, b(0b10011000));
        expect(tiff, grey(255, 255, 255, 255, 255, 255, 255, 255));
    }

    @Test
    void theDecoderIsNamed() throws Exception {
        final TestTiff tiff = new TestTiff();
        tiff.dir().image(1, 1, 8, 1, 8).strips(1, TiffPictures.deflate(b(1)));
        try (TiffSource source = TiffPictures.open(tiff.write(folder.resolve("n.tif")))) {
            assertEquals("deflate by SelfDiff", source.about().decoder());
        }
    }
}
