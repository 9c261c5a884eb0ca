package org.selfdiff.fuzz.seed;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One block of pixels in a TIFF whose tags are right: the input's first bytes choose the tags, the rest is the block.
 * Bytes 0 to 7: compression, kind of pixel, bits, samples, predictor, planes, width - 1, height - 1.
 */
public final class BlockSeeds {
    /** Bytes that choose the tags. */
    public static final int HEAD = 8;

    private static final int[] COMPRESSIONS = {1, 5, 8, 32946, 32773, 2, 3, 4, 7, 33003, 33005, 34712};

    private static final int[] PHOTOMETRIC = {0, 1, 2, 3, 5, 6, 8};

    private static final int[] BITS = {1, 2, 4, 8, 16, 32, 12, 64};

    private BlockSeeds() {}

    /** Blocks of every compression. */
    public static Map<String, byte[]> all() throws IOException {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("none", input(0, 1, 3, 1, 0, new byte[64]));
        all.put("rgb", input(0, 2, 3, 3, 0, new byte[192]));
        all.put("bits16", input(0, 1, 4, 1, 2, new byte[128]));
        all.put("bilevel", input(0, 0, 0, 1, 0, new byte[8]));
        all.put("palette", input(0, 3, 2, 1, 0, new byte[32]));
        all.put("cmyk", input(0, 4, 3, 4, 0, new byte[256]));
        all.put("ycc", input(0, 5, 3, 3, 0, new byte[192]));
        all.put("lab", input(0, 6, 3, 3, 0, new byte[192]));
        // clear, 0, run of 258, 259 ..., end; 9 bits each (TIFF 6.0, section 13)
        all.put("lzw", input(1, 1, 3, 1, 0, lzw(256, 0, 258, 259, 260, 261, 262, 263, 264, 265, 266, 10, 257)));
        all.put("deflate", input(2, 2, 3, 3, 2, SlideSeeds.deflated(new byte[192])));
        all.put("packbits", input(4, 1, 3, 1, 0, new byte[] {-62, 5, 0, 7}));
        all.put("fax", input(7, 0, 0, 1, 0, new byte[] {0x26, (byte) 0xa0, 0, 0x10, 1}));
        all.put("jpeg", input(8, 5, 3, 3, 0, SlideSeeds.jpeg(8, 8)));
        return all;
    }

    private static byte[] input(
            final int compression,
            final int photometric,
            final int bits,
            final int samples,
            final int predictor,
            final byte[] block) {
        final byte[] input = Arrays.copyOf(
                new byte[] {
                    (byte) compression, (byte) photometric, (byte) bits, (byte) samples, (byte) predictor, 0, 7, 7
                },
                HEAD + block.length);
        System.arraycopy(block, 0, input, HEAD, block.length);
        return input;
    }

    private static byte[] lzw(final int... codes) {
        final byte[] bytes = new byte[(9 * codes.length + 7) / 8];
        for (int i = 0; i < 9 * codes.length; i++) {
            bytes[i / 8] |= (byte) ((codes[i / 9] >> 8 - i % 9 & 1) << 7 - i % 8);
        }
        return bytes;
    }

    /** The file that an input stands for; shorter inputs end in zeros. */
    public static byte[] file(final byte[] input) {
        final byte[] bytes = Arrays.copyOf(input, Math.max(HEAD, input.length));
        final int samples = 1 + ((bytes[3] & 7) + 7) % 8;
        final int[] bits = new int[samples];
        Arrays.fill(bits, BITS[bytes[2] & 7]);
        final int planes = (bytes[5] & 1) == 1 ? samples : 1;
        final int compression = COMPRESSIONS[(bytes[0] & 0xff) % COMPRESSIONS.length];
        final byte[][] blocks = new byte[planes][];
        Arrays.fill(blocks, Arrays.copyOfRange(bytes, HEAD, bytes.length));
        final TiffBytes tiff = new TiffBytes(
                        false, (bytes[5] & 2) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .directory()
                .longs(Tags.WIDTH, 1 + (bytes[6] & 0xff))
                .longs(Tags.HEIGHT, 1 + (bytes[7] & 0xff))
                .shorts(Tags.BITS, bits)
                .shorts(Tags.COMPRESSION, compression)
                .shorts(Tags.PHOTOMETRIC, PHOTOMETRIC[(bytes[1] & 0xff) % PHOTOMETRIC.length])
                .shorts(Tags.SAMPLES, samples)
                .shorts(Tags.PLANAR, planes > 1 ? 2 : 1)
                .shorts(Tags.COLOUR_MAP, new int[3 << Math.min(8, bits[0])]);
        if ((bytes[4] & 3) != 0) {
            tiff.shorts(Tags.PREDICTOR, bytes[4] & 3);
        }
        if ((bytes[5] & 12) != 0) {
            tiff.shorts(Tags.SUBSAMPLING, bytes[5] >> 2 & 3, bytes[5] >> 4 & 3);
        }
        if ((bytes[5] & 64) != 0) { // two JPEG streams in one: tables and block
            tiff.bytes(Tags.JPEG_TABLES, Arrays.copyOfRange(bytes, HEAD, (HEAD + bytes.length) / 2));
        }
        if ((bytes[5] & 128) == 0) {
            return tiff.blocks(Tags.STRIP_OFFSETS, Tags.STRIP_LENGTHS, blocks).file();
        }
        tiff.shorts(Tags.TILE_WIDTH, 256).shorts(Tags.TILE_HEIGHT, 256);
        return tiff.blocks(Tags.TILE_OFFSETS, Tags.TILE_LENGTHS, blocks).file();
    }
}
