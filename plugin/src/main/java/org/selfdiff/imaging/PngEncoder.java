package org.selfdiff.imaging;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Encodes pictures, grey maps and label maps as PNG, without any library and with the same bytes on every run. */
public final class PngEncoder {
    private static final int GREY = 0;

    private static final int RGB = 2;

    /** Tissue filtered row by row is as small at this level as at the default one, in a quarter of the time. */
    private static final int QUICK = 2;

    /** What is flat, such as masks, becomes smaller with more effort, and that is little. */
    private static final int THOROUGH = 6;

    private PngEncoder() {}

    /** An RGB picture, 8 bits a sample. */
    public static byte[] picture(final Picture picture) {
        return encode(picture.width(), picture.height(), 8, RGB, picture.rgb(), 3);
    }

    /**
     * A grey picture, 8 bits.
     *
     * @param grey {@code width * height} samples, 0 to 255 unsigned
     */
    public static byte[] grey(final int width, final int height, final byte[] grey) {
        return encode(width, height, 8, GREY, grey, 1);
    }

    /**
     * A grey picture, 16 bits.
     *
     * @param grey {@code width * height} samples, 0 to 65535 unsigned
     */
    public static byte[] grey(final int width, final int height, final short[] grey) {
        final byte[] samples = new byte[Math.multiplyExact(2, grey.length)];
        for (int i = 0; i < grey.length; i++) {
            samples[2 * i] = (byte) (grey[i] >> 8);
            samples[2 * i + 1] = (byte) grey[i];
        }
        return encode(width, height, 16, GREY, samples, 2);
    }

    /** A label map whose grey value is the label: 8 bits when all labels are below 256, else 16 bits. */
    public static byte[] labels(final LabelMap map) {
        final int max = map.max();
        if (max > 0xffff) {
            throw new IllegalArgumentException("a PNG holds labels up to 65535, not " + max);
        }
        final int bytes = max > 0xff ? 2 : 1;
        final int[] labels = map.labels();
        final byte[] samples = new byte[Math.multiplyExact(bytes, labels.length)];
        for (int i = 0; i < labels.length; i++) {
            if (bytes == 2) {
                samples[2 * i] = (byte) (labels[i] >> 8);
            }
            samples[bytes * i + bytes - 1] = (byte) labels[i];
        }
        return encode(map.width(), map.height(), 8 * bytes, GREY, samples, bytes);
    }

    private static byte[] encode(
            final int width, final int height, final int depth, final int type, final byte[] samples, final int pixel) {
        try {
            final ByteArrayOutputStream file = new ByteArrayOutputStream(samples.length / 2 + 256);
            final DataOutputStream out = new DataOutputStream(file);
            out.writeLong(0x89504e470d0a1a0aL);
            final ByteArrayOutputStream header = new ByteArrayOutputStream();
            final DataOutputStream h = new DataOutputStream(header);
            h.writeInt(width);
            h.writeInt(height);
            h.write(new byte[] {(byte) depth, (byte) type, 0, 0, 0});
            chunk(out, PngChunks.IHDR, header.toByteArray());
            chunk(out, PngChunks.IDAT, pixels(samples, width * pixel, height, pixel, type == RGB ? QUICK : THOROUGH));
            chunk(out, PngChunks.IEND, new byte[0]);
            return file.toByteArray();
        } catch (final IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    private static byte[] pixels(
            final byte[] samples, final int stride, final int height, final int pixel, final int level)
            throws IOException {
        final ByteArrayOutputStream compressed = new ByteArrayOutputStream(samples.length / 2 + 64);
        final Deflater deflater = new Deflater(level);
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, deflater, 1 << 14)) {
            final byte[][] candidates = new byte[3][stride + 1];
            for (int y = 0; y < height; y++) {
                out.write(bestFilter(samples, y, stride, pixel, candidates));
            }
        } finally {
            deflater.end();
        }
        return compressed.toByteArray();
    }

    /**
     * The row under the filter (none, up or Paeth) with the smallest sum of magnitudes, as the specification
     * advises.
     */
    private static byte[] bestFilter(
            final byte[] samples, final int y, final int stride, final int pixel, final byte[][] candidates) {
        final int row = y * stride;
        final long[] sums = new long[3];
        candidates[1][0] = 2;
        candidates[2][0] = 4;
        for (int i = 0; i < stride; i++) {
            final int v = samples[row + i];
            final int a = i < pixel ? 0 : samples[row + i - pixel] & 0xff;
            final int b = y == 0 ? 0 : samples[row - stride + i] & 0xff;
            final int c = y == 0 || i < pixel ? 0 : samples[row - stride + i - pixel] & 0xff;
            candidates[0][i + 1] = (byte) v;
            candidates[1][i + 1] = (byte) (v - b);
            candidates[2][i + 1] = (byte) (v - PngFilter.paeth(a, b, c));
            for (int f = 0; f < 3; f++) {
                sums[f] += Math.abs(candidates[f][i + 1]);
            }
        }
        return sums[0] <= sums[1] && sums[0] <= sums[2] ? candidates[0] : candidates[sums[1] <= sums[2] ? 1 : 2];
    }

    private static void chunk(final DataOutputStream out, final int type, final byte[] content) throws IOException {
        out.writeInt(content.length);
        final ByteArrayOutputStream body = new ByteArrayOutputStream(content.length + 4);
        final DataOutputStream b = new DataOutputStream(body);
        b.writeInt(type);
        b.write(content);
        final CRC32 crc = new CRC32();
        crc.update(body.toByteArray());
        body.writeTo(out);
        out.writeInt((int) crc.getValue());
    }
}
