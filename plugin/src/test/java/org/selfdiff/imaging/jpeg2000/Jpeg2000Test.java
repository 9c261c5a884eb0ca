package org.selfdiff.imaging.jpeg2000;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Codestreams of another encoder against the pattern they were made of, and some made by hand. */
class Jpeg2000Test {
    @Test
    void losslessCodestreamsGiveThePatternBitForBit() throws IOException {
        final Map<String, byte[]> all = Map.of(
                "PLAIN", Streams.PLAIN,
                "RPCL", Streams.RPCL,
                "STYLES", Streams.STYLES,
                "COLOUR", Streams.COLOUR,
                "SUBSAMPLED", Streams.SUBSAMPLED,
                "DEEP", Streams.DEEP,
                "REGION", Streams.REGION,
                "LAYERS", Streams.LAYERS);
        for (final Map.Entry<String, byte[]> entry : all.entrySet()) {
            final Jpeg2000Planes planes = Streams.planes(entry.getValue(), 0);
            for (int c = 0; c < planes.planes().length; c++) {
                final Jpeg2000Planes.Plane plane = planes.planes()[c];
                final int[] expected = new int[plane.width() * plane.height()];
                for (int i = 0; i < expected.length; i++) {
                    expected[i] =
                            Streams.pattern(c, i % plane.width(), i / plane.width(), plane.bits(), plane.signed());
                }
                assertArrayEquals(expected, plane.samples(), entry.getKey() + " component " + c);
            }
        }
    }

    @Test
    void sizesBitsAndTransformAreTold() throws IOException {
        final Jpeg2000Planes deep = Streams.planes(Streams.DEEP, 0);
        assertEquals(15, deep.width());
        assertEquals(13, deep.height());
        assertEquals(16, deep.planes()[0].bits());
        assertTrue(deep.planes()[0].signed());
        assertFalse(deep.transformed());
        final Jpeg2000Picture colour = Streams.picture(Streams.COLOUR);
        assertEquals(3, colour.components());
        assertEquals(8, colour.bits());
        assertTrue(colour.transformed());
        assertEquals(Streams.pattern(2, 5, 9, 8, false), colour.samples()[(9 * 24 + 5) * 3 + 2] & 0xff);
        assertEquals(colour.samples(), colour.rgb(false));
        final Jpeg2000Planes.Plane chroma =
                Streams.planes(Streams.SUBSAMPLED, 0).planes()[1];
        assertEquals(12, chroma.width());
        assertEquals(9, chroma.height());
    }

    @Test
    void theIrreversibleWaveletStaysNearThePattern() throws IOException {
        final Jpeg2000Planes planes = Streams.planes(Streams.REAL, 0);
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 37 * 26; i++) {
                final int error = planes.planes()[c].samples()[i] - Streams.pattern(c, i % 37, i / 37, 8, false);
                sum += error * error;
            }
        }
        final double psnr = 10 * Math.log10(255 * 255 / (sum / (3 * 37 * 26)));
        assertEquals(REAL_PSNR, psnr, 0.01);
    }

    /** What the encoder's own decoder reaches. */
    private static final double REAL_PSNR = 36.16;

    @Test
    void deepAndSubsampledComponentsBecomeEightBits() throws IOException {
        final Jpeg2000Picture deep = Streams.picture(Streams.DEEP);
        assertEquals(16, deep.bits());
        assertEquals(Streams.pattern(0, 4, 7, 8, false), deep.samples()[7 * 15 + 4] & 0xff);
        final Jpeg2000Picture subsampled = Streams.picture(Streams.SUBSAMPLED);
        assertEquals(3 * 24 * 18, subsampled.samples().length);
        for (int y = 0; y < 18; y++) {
            for (int x = 0; x < 24; x++) {
                final int i = 3 * (24 * y + x);
                assertEquals(Streams.pattern(0, x, y, 8, false), subsampled.samples()[i] & 0xff);
                assertEquals(
                        Streams.pattern(1, x / 2, y / 2, 8, false), subsampled.samples()[i + 1] & 0xff);
                assertEquals(
                        Streams.pattern(2, x / 2, y / 2, 8, false), subsampled.samples()[i + 2] & 0xff);
            }
        }
    }

    @Test
    void aWorkspaceOfAnotherPictureChangesNothing() throws IOException {
        final Jpeg2000Workspace used = new Jpeg2000Workspace();
        final byte[][] all = {Streams.REAL, Streams.PLAIN, Streams.COLOUR, Streams.STYLES, Streams.REAL, Streams.RPCL};
        for (final byte[] data : all) {
            final Jpeg2000Picture again =
                    Jpeg2000.decode(data, 0, data.length, new Jpeg2000.Request(10_000, 0, "test"), used, byte[]::new);
            assertArrayEquals(Streams.picture(data).samples(), again.samples());
        }
    }

    @Test
    void aMissingEndMarkerAndTrailingBytesDoNoHarm() throws IOException {
        final byte[] whole = Streams.PLAIN;
        final byte[] expected = Streams.picture(whole).samples();
        assertArrayEquals(
                expected,
                Streams.picture(Arrays.copyOf(whole, whole.length - 2)).samples());
        final byte[] within = new byte[whole.length + 11];
        System.arraycopy(whole, 0, within, 5, whole.length);
        assertArrayEquals(
                expected,
                Jpeg2000.decode(within, 5, whole.length + 6, 10_000, "test").samples());
    }

    /** Mid-grey: every packet is empty, so that every coefficient is zero. */
    @Test
    void emptyPacketsAreMidGrey() throws IOException {
        for (final int wavelet : new int[] {0, 1}) {
            final byte[] data = byHand(64, 48, 8, wavelet, new byte[] {0, 0, 0});
            final Jpeg2000Picture picture = Streams.picture(data);
            assertEquals(64, picture.width());
            for (final byte sample : picture.samples()) {
                assertEquals(128, sample & 0xff);
            }
        }
    }

    /**
     * With one guard bit less declared, the blocks have a bit-plane less than their coding passes fill. OpenJPEG 2.5.0
     * passes over what is too much; the numbers are its.
     */
    @Test
    void codingPassesBehindTheLastBitPlaneArePassedOver() throws IOException {
        final byte[] data = Streams.PLAIN.clone();
        int quantization = 0;
        while (data[quantization] != -1 || data[quantization + 1] != 0x5c) {
            quantization++;
        }
        assertEquals(0x40, data[quantization + 4]);
        data[quantization + 4] = 0x20;
        final byte[] samples = Streams.picture(data).samples();
        assertArrayEquals(
                new byte[] {64, 66, 69, 71, 74, 76, 79, 126, (byte) 129, (byte) 131, (byte) 134, (byte) 136},
                Arrays.copyOf(samples, 12));
        final CRC32 sum = new CRC32();
        sum.update(samples);
        assertEquals(2703584292L, sum.getValue());
    }

    @Test
    void aJp2FileIsItsCodestream() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(12);
        out.writeBytes("jP  \r\n");
        out.writeShort(0x870a);
        out.writeInt(20);
        out.writeBytes("ftypjp2 ");
        out.writeInt(0);
        out.writeBytes("jp2 ");
        out.writeInt(30);
        out.writeBytes("jp2h");
        out.writeInt(22);
        out.writeBytes("ihdr");
        out.write(new byte[14]);
        out.writeInt(0);
        out.writeBytes("jp2c");
        out.write(Streams.COLOUR);
        assertArrayEquals(
                Streams.picture(Streams.COLOUR).samples(),
                Streams.picture(bytes.toByteArray()).samples());
        final byte[] palette = bytes.toByteArray();
        System.arraycopy("pclr".getBytes(), 0, palette, 12 + 20 + 8 + 4, 4);
        assertTrue(assertThrows(IOException.class, () -> Streams.picture(palette))
                .getMessage()
                .contains("palette"));
    }

    /** JFIF 1.02: of pure red, green and blue, and of grey. */
    @Test
    void yCbCrBecomesRgb() {
        final byte[] yCbCr = {76, 85, -1, -106, 44, 21, 29, -1, 107, 100, -128, -128};
        final byte[] rgb = new Jpeg2000Picture(4, 1, 3, 8, yCbCr, false).rgb(true);
        final int[] expected = {254, 0, 0, 0, 255, 1, 0, 0, 254, 100, 100, 100};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], rgb[i] & 0xff, "at " + i);
        }
        assertArrayEquals(
                new byte[] {7, 7, 7, 9, 9, 9}, new Jpeg2000Picture(2, 1, 1, 8, new byte[] {7, 9}, false).rgb(false));
        assertArrayEquals(
                new byte[] {1, 2, 3}, new Jpeg2000Picture(1, 1, 4, 8, new byte[] {1, 2, 3, 4}, false).rgb(false));
    }

    /** A grey codestream of one tile, two levels and one layer around packets. */
    static byte[] byHand(final int width, final int height, final int bits, final int wavelet, final byte[] packets)
            throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xff4fff51);
        out.writeShort(41);
        out.writeShort(0);
        for (final int n : new int[] {width, height, 0, 0, width, height, 0, 0}) {
            out.writeInt(n);
        }
        out.writeShort(1);
        out.write(new byte[] {(byte) (bits - 1), 1, 1});
        out.write(new byte[] {-1, 0x52, 0, 12, 0, 0, 0, 1, 0, 2, 4, 4, 0, (byte) wavelet});
        out.write(new byte[] {-1, 0x5c, 0, (byte) (wavelet == 1 ? 10 : 17), (byte) (wavelet == 1 ? 0x40 : 0x42)});
        for (int b = 0; b < 7; b++) {
            out.write(wavelet == 1 ? new byte[] {8 << 3} : new byte[] {8 << 3, 0});
        }
        out.write(new byte[] {-1, (byte) 0x90, 0, 10, 0, 0});
        out.writeInt(14 + packets.length);
        out.write(new byte[] {0, 1, -1, (byte) 0x93});
        out.write(packets);
        out.writeShort(0xffd9);
        return bytes.toByteArray();
    }
}
