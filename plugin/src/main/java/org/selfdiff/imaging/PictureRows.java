package org.selfdiff.imaging;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.stream.FileImageInputStream;
import org.selfdiff.run.RunFailed;

/**
 * Decodes PNG and JPEG files of any size row by row, in memory that depends on their width alone. What a file declares
 * is compared with the most that its bytes can hold first, because a small file may declare a size that would keep a
 * disk busy for hours.
 */
public final class PictureRows {
    /** A deflate stream makes at most 258 bytes of 2 bits (RFC 1951, 3.2.5), 1032 of a byte. */
    private static final long DEFLATE_RATIO = 1032;

    /** A block of 8 x 8 pixels takes at least a DC and an end-of-block code, a bit each (ITU T.81, F.1.2). */
    private static final long JPEG_PIXELS_OF_A_BYTE = 256;

    private static final int MAX_WIDTH = 2_000_000;

    private PictureRows() {}

    /** Whether files of this format can be decoded row by row. */
    public static boolean canRead(final PictureHeader header) {
        return header.format() == PictureHeader.Format.PNG || header.format() == PictureHeader.Format.JPEG;
    }

    /**
     * Refuses a declared size that the file cannot hold, and kinds that have to be collected as a whole.
     *
     * @throws RunFailed naming file, size and what to do
     */
    public static void check(final Path file, final PictureHeader header) throws RunFailed {
        final String size = header.width() + " x " + header.height();
        if (header.width() < 1 || header.height() < 1 || header.width() > MAX_WIDTH) {
            throw new RunFailed(
                    "The picture declares a size of " + size + " pixels",
                    file.toString(),
                    "At least 1 and at most " + MAX_WIDTH + " columns are read; save it again from its source.");
        }
        final boolean streams;
        final boolean fits;
        try {
            final long bytes = Files.size(file);
            if (header.format() == PictureHeader.Format.PNG) {
                streams = true;
                fits = pngBytes(file) <= DEFLATE_RATIO * (double) bytes;
            } else {
                fits = (double) header.width() * header.height() <= JPEG_PIXELS_OF_A_BYTE * (double) bytes;
                streams = !fits || jpegHeader(file).streams();
            }
        } catch (final IOException e) {
            throw Pictures.failed(file, size, e);
        }
        if (!fits) {
            throw new RunFailed(
                    "The picture declares " + size + " pixels, more than a file of its length can hold",
                    file.toString(),
                    "The file is damaged or cut off; copy it again from its source.");
        }
        if (!streams) {
            throw new RunFailed(
                    "The progressive JPEG of " + size + " pixels can only be decoded as a whole",
                    file.toString(),
                    "Save it as baseline JPEG or as tiled TIFF, for instance with: vips tiffsave in.jpg out.tif --tile "
                            + "--pyramid --bigtiff --compression jpeg --Q 90");
        }
    }

    /**
     * Decodes a file that {@link #check} has let pass.
     *
     * @throws RunFailed naming the file, if it is damaged, cut off or cannot be read
     */
    public static void decode(final Path file, final PictureHeader header, final RowSink sink) throws RunFailed {
        try {
            if (header.format() == PictureHeader.Format.PNG) {
                PngColours.decode(file, sink);
            } else {
                try (UnprofiledJpeg in = new UnprofiledJpeg(new FileImageInputStream(file.toFile()))) {
                    JpegRows.decode(in, sink);
                }
            }
        } catch (final IOException e) {
            throw Pictures.failed(file, header.width() + " x " + header.height(), e);
        }
    }

    private static double pngBytes(final Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            final PngDecoder.Layout layout = new PngDecoder(in).layout();
            final double bits = (double) layout.width() * layout.depth() * layout.channels();
            return layout.height() * (bits / 8);
        }
    }

    private static JpegHeader jpegHeader(final Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            return JpegHeader.read(in);
        } catch (final EOFException e) {
            throw new EOFException("its header is cut off");
        }
    }
}
