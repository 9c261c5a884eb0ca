package org.selfdiff.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes pictures as JPEG by the JDK. */
public final class JpegEncoder {
    private JpegEncoder() {}

    /**
     * An RGB picture.
     *
     * @param quality 1 (smallest) to 100 (nearest to the pixels)
     */
    public static byte[] picture(final Picture picture, final int quality) {
        final BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
        final byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        final byte[] rgb = picture.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        final ByteArrayOutputStream file = new ByteArrayOutputStream(rgb.length / 4 + 1024);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            final ImageWriter writer = JdkCodecs.writer("jpeg");
            writer.setOutput(out);
            final ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality / 100f);
            try {
                writer.write(null, new IIOImage(image, null, null), parameters);
            } finally {
                writer.dispose();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return file.toByteArray();
    }
}
