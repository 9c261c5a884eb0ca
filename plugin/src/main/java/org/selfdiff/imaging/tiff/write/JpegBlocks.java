package org.selfdiff.imaging.tiff.write;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.selfdiff.imaging.JdkCodecs;
import org.selfdiff.imaging.tiff.write.JpegCoding.Colours;

/**
 * Blocks as baseline JPEG by the JDK. Colours are converted here (JFIF 1.02: YCbCr of ITU-R BT.601, full range), so that
 * the encoder has nothing to choose; its JFIF marker is taken out, since the TIFF says all that it says.
 */
final class JpegBlocks {
    private static final String FORMAT = "javax_imageio_jpeg_image_1.0";

    private static final int SOI = 0xd8;

    private static final int EOI = 0xd9;

    private static final int SOS = 0xda;

    private static final int DQT = 0xdb;

    private static final int DHT = 0xc4;

    private static final int APP0 = 0xe0;

    /** Adobe's marker with transform 0: three components are red, green, blue. */
    private static final byte[] ADOBE_RGB = {
        (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };

    private JpegBlocks() {}

    /**
     * A block with all that its decoding needs.
     *
     * @param samples interleaved, 8 bits
     * @param bands 1 or 3
     */
    static byte[] encode(
            final byte[] samples, final int width, final int height, final int bands, final JpegCoding coding) {
        final boolean convert = bands == 3 && coding.colours() != Colours.RGB;
        final byte[] jpeg = compress(convert ? yCbCr(samples) : samples, width, height, bands, coding);
        final ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length + ADOBE_RGB.length);
        marker(out, SOI);
        if (bands == 3 && !convert) {
            out.writeBytes(ADOBE_RGB);
        }
        segments(jpeg, out, marker -> marker != APP0);
        return out.toByteArray();
    }

    /** The tables of a block that was encoded with them, as tag 347 wants them. */
    static byte[] tables(final byte[] jpeg) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        marker(out, SOI);
        segments(jpeg, out, marker -> marker == DQT || marker == DHT);
        marker(out, EOI);
        return out.toByteArray();
    }

    /** A block without its tables. */
    static byte[] withoutTables(final byte[] jpeg) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length);
        marker(out, SOI);
        segments(jpeg, out, marker -> marker != DQT && marker != DHT);
        return out.toByteArray();
    }

    private static void marker(final ByteArrayOutputStream out, final int marker) {
        out.write(0xff);
        out.write(marker);
    }

    /** Copies the segments that are wanted; the scan and the end marker count as one segment, {@link #SOS}. */
    private static void segments(
            final byte[] jpeg, final ByteArrayOutputStream out, final java.util.function.IntPredicate wanted) {
        int at = 2;
        while (at < jpeg.length) {
            final int marker = jpeg[at + 1] & 0xff;
            final int length =
                    marker == SOS ? jpeg.length - at : 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            if (wanted.test(marker)) {
                out.write(jpeg, at, length);
            }
            at += length;
        }
    }

    private static byte[] compress(
            final byte[] samples, final int width, final int height, final int bands, final JpegCoding coding) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(samples.length / 8 + 1024);
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            final ImageWriter writer = JdkCodecs.writer("jpeg");
            final ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(coding.quality() / 100f);
            final int[] offsets = bands == 3 ? new int[] {0, 1, 2} : new int[] {0};
            final Raster raster = Raster.createInterleavedRaster(
                    new DataBufferByte(samples, samples.length), width, height, bands * width, bands, offsets, null);
            final boolean raw = bands == 1 || coding.colours() == Colours.RGB;
            writer.setOutput(out);
            try {
                writer.write(null, new IIOImage(raster, null, raw ? null : colours(writer, param, coding)), param);
            } finally {
                writer.dispose();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** The JDK's own description of a YCbCr picture, which halves the colours unless told otherwise. */
    private static IIOMetadata colours(final ImageWriter writer, final ImageWriteParam param, final JpegCoding coding)
            throws IOException {
        final IIOMetadata metadata = writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_3BYTE_BGR), param);
        if (coding.colours() == Colours.YCBCR_444) {
            final IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
            final IIOMetadataNode luminance =
                    (IIOMetadataNode) root.getElementsByTagName("componentSpec").item(0);
            luminance.setAttribute("HsamplingFactor", "1");
            luminance.setAttribute("VsamplingFactor", "1");
            metadata.setFromTree(FORMAT, root);
        }
        return metadata;
    }

    private static byte[] yCbCr(final byte[] rgb) {
        final byte[] out = Arrays.copyOf(rgb, rgb.length);
        for (int i = 0; i < rgb.length; i += 3) {
            final int r = rgb[i] & 0xff;
            final int g = rgb[i + 1] & 0xff;
            final int b = rgb[i + 2] & 0xff;
            // in units of 2^-16, rounded, as the Independent JPEG Group's library does
            out[i] = (byte) (19595 * r + 38470 * g + 7471 * b + 32768 >> 16);
            out[i + 1] = (byte) (-11059 * r - 21709 * g + 32768 * b + (128 << 16) + 32767 >> 16);
            out[i + 2] = (byte) (32768 * r - 27439 * g - 5329 * b + (128 << 16) + 32767 >> 16);
        }
        return out;
    }
}
