package org.selfdiff.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
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
        return read(file, name.toLowerCase(Locale.ROOT), reader -> reader.read(0));
    }

    /**
     * A JPEG as the samples say: colour profiles are not applied, as they are not in any other format.
     *
     * @param format JPEG, or a TIFF of such
     */
    static Picture jpeg(final Path file, final PictureHeader.Format format) throws IOException {
        final JpegMarkers markers = JpegMarkers.of(Files.readAllBytes(file));
        if (format == PictureHeader.Format.JPEG && markers.components() == 4) {
            return Inks.ofJpeg(inks(file), markers);
        }
        final BufferedImage image = byJdk(file, format);
        final int bands = image.getRaster().getNumBands();
        if (bands != 3 || image.getRaster().getTransferType() != DataBuffer.TYPE_BYTE) {
            return toPicture(image);
        }
        final int width = image.getWidth();
        final byte[] rgb = new byte[Math.toIntExact(3L * width * image.getHeight())];
        final int[] row = new int[3 * width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i++) {
                rgb[y * row.length + i] = (byte) row[i];
            }
        }
        return new Picture(width, image.getHeight(), rgb);
    }

    /** The four samples of each pixel as they are stored. */
    private static Raster inks(final Path file) throws IOException {
        return read(file, "jpeg", reader -> reader.readRaster(0, null));
    }

    /** What a reader of the JDK is asked for. */
    private interface Question<T> {
        T ask(ImageReader reader) throws IOException;
    }

    private static <T> T read(final Path file, final String format, final Question<T> question) throws IOException {
        final ImageReader reader = JdkCodecs.reader(format);
        final boolean[] cutOff = {false};
        try (ImageInputStream in = stream(file, format)) {
            reader.setInput(in, false, true);
            reader.addIIOReadWarningListener((source, warning) -> cutOff[0] |= warning.contains("remature"));
            final T answer = question.ask(reader);
            if (cutOff[0]) {
                throw new EOFException();
            }
            return answer;
        } catch (final RuntimeException e) {
            throw new IOException("its content contradicts itself (" + e + ")", e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageInputStream stream(final Path file, final String format) throws IOException {
        final ImageInputStream bytes =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
        return format.equals("jpeg") ? new UnprofiledJpeg(bytes) : bytes;
    }

    /** How many pictures a GIF holds. */
    static int images(final Path file) throws IOException {
        return read(file, "gif", reader -> reader.getNumImages(true));
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
