package org.selfdiff.fuzz.seed;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small pictures as the JDK writes them: every kind of pixel and every compression of a format. */
public final class JdkPictures {
    private static final int[] TYPES = {
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_USHORT_565_RGB
    };

    private JdkPictures() {}

    /**
     * Files of a format, by type of pixel and compression; what a compression cannot hold is left out.
     *
     * @param format jpeg, gif, bmp or tiff
     */
    public static Map<String, byte[]> all(final String format) throws IOException {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        for (final int type : TYPES) {
            final ImageWriter writer =
                    ImageIO.getImageWritersByFormatName(format).next();
            final ImageWriteParam parameters = writer.getDefaultWriteParam();
            final String[] compressions =
                    parameters.canWriteCompressed() ? parameters.getCompressionTypes() : new String[] {null};
            for (final String compression : compressions) {
                final byte[] file = file(writer, image(type), compression);
                if (file.length > 0) {
                    all.put("type" + type + (compression == null ? "" : compression.replace(' ', '-')), file);
                }
            }
            writer.dispose();
        }
        if (all.isEmpty()) {
            throw new IOException("this Java writes no " + format);
        }
        return all;
    }

    private static BufferedImage image(final int type) {
        final BufferedImage image = new BufferedImage(19, 17, type);
        for (int i = 0; i < 19 * 17; i++) {
            image.setRGB(i % 19, i / 19, 0xff000000 | i % 7 * 0x203010 | i % 3);
        }
        return image;
    }

    private static byte[] file(final ImageWriter writer, final BufferedImage image, final String compression)
            throws IOException {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            final ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (compression != null) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionType(compression);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (final IOException | RuntimeException cannot) {
            return new byte[0]; // this compression does not take this type of pixel
        } finally {
            writer.reset();
        }
        return file.toByteArray();
    }
}
