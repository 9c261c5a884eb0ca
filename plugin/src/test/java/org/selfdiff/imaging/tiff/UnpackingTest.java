package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.SeededRandom;

class UnpackingTest {

    private static byte[] bits(final int width, final int... codes) {
        final StringBuilder text = new StringBuilder();
        for (final int code : codes) {
            text.append(String.format("%" + width + "s", Integer.toBinaryString(code))
                    .replace(' ', '0'));
        }
        while (text.length() % 8 != 0) {
            text.append('0');
        }
        final byte[] bytes = new byte[text.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(text.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }

    /** The example of TIFF 6.0, section 13: 7 7 7 8 8 7 7 6 6. */
    @Test
    void lzwExampleOfTheSpecification() throws IOException {
        final byte[] packed = bits(9, 256, 7, 258, 8, 8, 258, 6, 6, 257);
        assertArrayEquals(new byte[] {7, 7, 7, 8, 8, 7, 7, 6, 6}, Unpacking.LZW.unpack(packed, 9));
    }

    @Test
    void lzwOfEveryCodeWidthAndFullTables() throws IOException {
        final SeededRandom random = new SeededRandom(11);
        for (final int kinds : new int[] {1, 2, 7, 256}) {
            final byte[] bytes = new byte[60_000];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt(kinds);
            }
            assertArrayEquals(bytes, Unpacking.LZW.unpack(TiffPictures.lzw(bytes), bytes.length));
            assertArrayEquals(Arrays.copyOf(bytes, 999), Unpacking.LZW.unpack(TiffPictures.lzw(bytes), 999));
        }
    }

    @Test
    void damagedLzwIsRefused() {
        assertThrows(EOFException.class, () -> Unpacking.LZW.unpack(bits(9, 256, 7, 257), 5));
        assertThrows(EOFException.class, () -> Unpacking.LZW.unpack(bits(9, 256, 7), 5));
        assertThrows(IOException.class, () -> Unpacking.LZW.unpack(bits(9, 256, 300, 7, 7), 5));
        assertThrows(IOException.class, () -> Unpacking.LZW.unpack(bits(9, 256, 7, 400, 7), 5));
        final IOException old = assertThrows(IOException.class, () -> Unpacking.LZW.unpack(new byte[] {0, 1, 2, 3}, 5));
        assertTrue(old.getMessage().contains("lowest bit"));
    }

    /** The example of Apple's Technical Note TN1023. */
    @Test
    void packBitsExample() throws IOException {
        final int[] packed = {0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x03, 0x80, 0x00, 0x2a, 0x22, 0xf7, 0xaa};
        final byte[] bytes = new byte[packed.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) packed[i];
        }
        final byte[] out = new byte[24];
        Arrays.fill(out, (byte) 0xaa);
        out[3] = out[10] = (byte) 0x80;
        out[4] = out[11] = 0;
        out[5] = out[12] = 0x2a;
        out[13] = 0x22;
        assertArrayEquals(out, Unpacking.PACK_BITS.unpack(bytes, 24));
        assertThrows(EOFException.class, () -> Unpacking.PACK_BITS.unpack(bytes, 25));
        assertThrows(EOFException.class, () -> Unpacking.PACK_BITS.unpack(new byte[] {5, 1, 2}, 6));
        assertThrows(EOFException.class, () -> Unpacking.PACK_BITS.unpack(new byte[] {-128, -128}, 1));
    }

    @Test
    void aBombIsLeftWhenTheBlockIsFull() throws IOException {
        final byte[] bomb = TiffPictures.deflate(new byte[50_000_000]);
        assertArrayEquals(new byte[100], Unpacking.DEFLATE.unpack(bomb, 100));
    }

    @Test
    void damagedDeflateIsRefused() throws IOException {
        final byte[] good = TiffPictures.deflate(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        assertThrows(EOFException.class, () -> Unpacking.DEFLATE.unpack(good, 11));
        assertThrows(EOFException.class, () -> Unpacking.DEFLATE.unpack(Arrays.copyOf(good, 6), 10));
        assertThrows(IOException.class, () -> Unpacking.DEFLATE.unpack(new byte[] {1, 2, 3, 4}, 10));
        assertThrows(EOFException.class, () -> Unpacking.NONE.unpack(new byte[3], 4));
    }
}
