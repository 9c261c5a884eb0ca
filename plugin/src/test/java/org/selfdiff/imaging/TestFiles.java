package org.selfdiff.imaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Picture files of every kind, written by the JDK or byte by byte. */
public final class TestFiles {

    private TestFiles() {}

    /** Noise of a key, so that no pixel is like its neighbour. */
    public static Picture noise(final long key, final int width, final int height) {
        final byte[] rgb = new byte[3 * width * height];
        final SeededRandom random = new SeededRandom(key);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) random.nextInt(256);
        }
        return new Picture(width, height, rgb);
    }

    /** Labels of 0 to classes - 1. */
    public static LabelMap labels(final long key, final int width, final int height, final int classes) {
        final int[] labels = new int[width * height];
        final SeededRandom random = new SeededRandom(key);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(classes);
        }
        return new LabelMap(width, height, labels);
    }

    /** The picture as an image of the JDK, of any of its types. */
    public static BufferedImage image(final Picture picture, final int type) {
        final BufferedImage image = new BufferedImage(picture.width(), picture.height(), type);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                image.setRGB(x, y, 0xff000000 | picture.colour(x, y));
            }
        }
        return image;
    }

    /** Writes with the JDK. */
    public static Path write(final BufferedImage image, final String format, final Path file) throws IOException {
        if (!ImageIO.write(image, format, file.toFile())) {
            throw new IOException("no writer for " + format);
        }
        return file;
    }

    /** Writes bytes, with folders as needed. */
    public static Path write(final byte[] bytes, final Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    /** A PNG of unfiltered rows, optionally with further chunks before the pixels. */
    static byte[] png(
            final int width,
            final int height,
            final int depth,
            final int type,
            final byte[] rows,
            final byte[]... chunks)
            throws IOException {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(file);
        out.writeLong(0x89504e470d0a1a0aL);
        final ByteArrayOutputStream header = new ByteArrayOutputStream();
        final DataOutputStream h = new DataOutputStream(header);
        h.writeInt(width);
        h.writeInt(height);
        h.write(new byte[] {(byte) depth, (byte) type, 0, 0, 0});
        out.write(chunk("IHDR", header.toByteArray()));
        for (final byte[] chunk : chunks) {
            out.write(chunk);
        }
        final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(pixels)) {
            final int stride = height == 0 ? 0 : rows.length / height;
            for (int y = 0; y < height && stride > 0; y++) {
                deflated.write(0);
                deflated.write(rows, y * stride, stride);
            }
        }
        out.write(chunk("IDAT", pixels.toByteArray()));
        out.write(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    static byte[] chunk(final String type, final byte[] content) throws IOException {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(type.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        body.write(content);
        final CRC32 crc = new CRC32();
        crc.update(body.toByteArray());
        final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(chunk);
        out.writeInt(content.length);
        body.writeTo(out);
        out.writeInt((int) crc.getValue());
        return chunk.toByteArray();
    }

    static byte[] bytes(final int... values) {
        final byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
