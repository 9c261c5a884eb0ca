package org.selfdiff.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.commons.imaging.ImagingException;
import org.apache.commons.imaging.bytesource.ByteSource;
import org.apache.commons.imaging.formats.bmp.BmpImageParser;
import org.apache.commons.imaging.formats.gif.GifImageParser;
import org.apache.commons.imaging.formats.tiff.TiffImageParser;

/**
 * BMP, GIF and TIFF by Commons Imaging, JPEG by the JDK. Nothing here needs a display, and no cache file is written.
 */
final class Rasters {

    private Rasters() {}

    /** Colours by Commons Imaging. It keeps the high byte of 16-bit samples, that is, it scales by the full range. */
    static BufferedImage byCommons(final Path file, final PictureHeader.Format format) throws IOException {
        try {
            final byte[] all = Files.readAllBytes(file);
            final ByteSource source = ByteSource.array(format == PictureHeader.Format.GIF ? GifStart.of(all) : all);
            return switch (format) {
                case BMP -> new BmpImageParser().getBufferedImage(source, null);
                case GIF -> new GifImageParser().getBufferedImage(source, null);
                default -> new TiffImageParser().getBufferedImage(source, null);
            };
        } catch (final ImagingException e) {
            throw new IOException(e.getMessage(), e);
        } catch (final RuntimeException e) {
            throw new IOException("its content contradicts itself (" + e + ")", e); // what the parser did not expect
        }
    }

    /** Samples by the JDK: palette indices and 16-bit values stay what they are. */
    static BufferedImage byJdk(final Path file, final PictureHeader.Format format) throws IOException {
        final String name = format == PictureHeader.Format.TIFF_OF_JPEG ? "tiff" : format.name();
        final ImageReader reader = JdkCodecs.reader(name.toLowerCase(Locale.ROOT));
        final boolean[] cutOff = {false};
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener((source, warning) -> cutOff[0] |= warning.contains("remature"));
            final BufferedImage image = reader.read(0);
            if (cutOff[0]) {
                throw new EOFException();
            }
            return image;
        } catch (final RuntimeException e) {
            throw new IOException("its content contradicts itself (" + e + ")", e);
        } finally {
            reader.dispose();
        }
    }

    /** How many pictures a GIF holds. */
    static int images(final Path file) throws IOException {
        final ImageReader reader = JdkCodecs.reader("gif");
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            reader.setInput(in, false, true);
            return reader.getNumImages(true);
        } catch (final RuntimeException e) {
            throw new IOException("its content contradicts itself (" + e + ")", e);
        } finally {
            reader.dispose();
        }
    }

    /** 8-bit RGB over white. */
    static Picture toPicture(final BufferedImage image) {
        final int width = image.getWidth();
        final int height = image.getHeight();
        final byte[] rgb = new byte[Math.toIntExact(3L * width * height)];
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            final byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
            for (int i = 0; i < rgb.length; i += 3) {
                rgb[i] = bgr[i + 2];
                rgb[i + 1] = bgr[i + 1];
                rgb[i + 2] = bgr[i];
            }
            return new Picture(width, height, rgb);
        }
        final int[] row = new int[width];
        final boolean grey16 = image.getType() == BufferedImage.TYPE_USHORT_GRAY;
        final boolean grey = grey16 || image.getType() == BufferedImage.TYPE_BYTE_GRAY;
        for (int y = 0; y < height; y++) {
            if (grey) { // getRGB would apply the gamma of a linear grey space
                image.getRaster().getSamples(0, y, width, 1, 0, row);
            } else {
                image.getRGB(0, y, width, 1, row, 0, width);
            }
            for (int x = 0; x < width; x++) {
                final int at = 3 * (y * width + x);
                if (grey) {
                    final int max = grey16 ? 65535 : 255;
                    Arrays.fill(rgb, at, at + 3, PngColours.over(row[x], max, max));
                } else {
                    final int alpha = row[x] >>> 24;
                    rgb[at] = PngColours.over(row[x] >> 16 & 0xff, alpha, 255);
                    rgb[at + 1] = PngColours.over(row[x] >> 8 & 0xff, alpha, 255);
                    rgb[at + 2] = PngColours.over(row[x] & 0xff, alpha, 255);
                }
            }
        }
        return new Picture(width, height, rgb);
    }
}
