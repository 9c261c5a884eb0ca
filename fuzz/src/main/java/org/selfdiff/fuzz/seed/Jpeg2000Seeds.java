package org.selfdiff.fuzz.seed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * JPEG 2000 codestreams (ITU-T T.800, annex A): right markers around packets that are empty, or noise. Almost any bytes
 * are a packet, since its header is bits and the arithmetic decoder takes whatever comes.
 */
public final class Jpeg2000Seeds {
    private static final int SIDE = 16;

    private Jpeg2000Seeds() {}

    /** Codestreams of both wavelets and every style of coding blocks, plain and in a JP2 file. */
    public static Map<String, byte[]> all() {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        final byte[] empty = new byte[64];
        final byte[] noise = new byte[700];
        new Random(1).nextBytes(noise);
        for (int style = 0; style < 64; style = style == 0 ? 1 : 2 * style) { // bypass, reset, terminate, causal, ...
            all.put("style" + style, codestream(3, 1, style, SIDE, noise));
            all.put("style" + style + "real", codestream(1, 0, style, SIDE, noise));
        }
        all.put("empty", codestream(3, 1, 0, SIDE, empty));
        all.put("tiles", codestream(1, 1, 0, SIDE / 2, empty));
        all.put("file", jp2(codestream(3, 1, 0, SIDE, empty)));
        return all;
    }

    /** A codestream of 8-bit components, one wavelet level, blocks of 16 x 16. */
    private static byte[] codestream(
            final int components, final int wavelet, final int style, final int tile, final byte[] packets) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteBuffer size = ByteBuffer.allocate(36 + 3 * components).putShort((short) 0);
        size.putInt(SIDE)
                .putInt(SIDE)
                .putInt(0)
                .putInt(0)
                .putInt(tile)
                .putInt(tile)
                .putInt(0)
                .putInt(0);
        size.putShort((short) components);
        for (int c = 0; c < components; c++) {
            size.put((byte) 7).put((byte) 1).put((byte) 1);
        }
        out.writeBytes(new byte[] {(byte) 0xff, 0x4f});
        segment(out, 0x51, size.array());
        segment(out, 0x52, new byte[] {
            0, 0, 0, 1, (byte) (components == 3 ? 1 : 0), 1, 2, 2, (byte) style, (byte) wavelet
        });
        segment(
                out,
                0x5c,
                wavelet == 1
                        ? new byte[] {0x40, 0x40, 0x48, 0x48, 0x50}
                        : new byte[] {0x42, 0x6f, 0x18, 0x6e, (byte) 0xea, 0x6e, (byte) 0xea, 0x6e, (byte) 0xbc});
        final int tiles = SIDE / tile * (SIDE / tile);
        for (int t = 0; t < tiles; t++) {
            segment(
                    out,
                    0x90,
                    ByteBuffer.allocate(8)
                            .putShort((short) t)
                            .putInt(14 + packets.length)
                            .put((byte) 0)
                            .put((byte) 1)
                            .array());
            out.writeBytes(new byte[] {(byte) 0xff, (byte) 0x93});
            out.writeBytes(packets);
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        return out.toByteArray();
    }

    private static void segment(final ByteArrayOutputStream out, final int marker, final byte[] content) {
        out.writeBytes(new byte[] {(byte) 0xff, (byte) marker, 0, (byte) (2 + content.length)});
        out.writeBytes(content);
    }

    private static byte[] jp2(final byte[] codestream) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        box(out, "jP  ", new byte[] {0x0d, 0x0a, (byte) 0x87, 0x0a});
        box(out, "ftyp", "jp2 \0\0\0\0jp2 ".getBytes(StandardCharsets.US_ASCII));
        box(out, "jp2c", codestream);
        return out.toByteArray();
    }

    private static void box(final ByteArrayOutputStream out, final String type, final byte[] content) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(8 + content.length).array());
        out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(content);
    }
}
