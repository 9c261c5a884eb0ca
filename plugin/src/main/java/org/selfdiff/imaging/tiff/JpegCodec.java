package org.selfdiff.imaging.tiff;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.JpegHeader;
import org.selfdiff.imaging.JpegRows;
import org.selfdiff.imaging.RowSink;
import org.selfdiff.run.RunFailed;

/** JPEG blocks (compression 7; TIFF Tech Note 2) by any decoder of whole streams. */
public final class JpegCodec implements BlockCodec {
    private final JpegDecoder decoder;

    private final byte[] tables;

    private final int transform;

    private final boolean inverted;

    private final long maxPixels;

    private JpegCodec(
            final JpegDecoder decoder,
            final byte[] tables,
            final int transform,
            final boolean inverted,
            final long maxPixels) {
        this.decoder = decoder;
        this.tables = tables;
        this.transform = transform;
        this.inverted = inverted;
        this.maxPixels = maxPixels;
    }

    /**
     * The codec of a directory: tables by JPEGTables, colours by PhotometricInterpretation.
     *
     * @throws RunFailed if the tables are damaged, or colours or samples are not read
     */
    public static JpegCodec of(final TiffDirectory directory, final JpegDecoder decoder, final DecodeLimits limits)
            throws RunFailed {
        final long photometric = directory.number(TiffTag.PHOTOMETRIC, SampleLayout.YCBCR);
        if (photometric != SampleLayout.YCBCR && (photometric < 0 || photometric > SampleLayout.RGB)) {
            throw directory.unread(TiffTag.PHOTOMETRIC, "Colours of kind " + photometric + " in JPEG are not read");
        }
        final long bits =
                directory.count(TiffTag.BITS_PER_SAMPLE) > 0 ? directory.numbers(TiffTag.BITS_PER_SAMPLE)[0] : 8;
        if (bits > 8) {
            throw directory.unread(TiffTag.BITS_PER_SAMPLE, "JPEG of " + bits + " bits a sample is not read");
        }
        final int samples = SampleLayout.samples(directory);
        if (samples != 1 && samples != 3 && directory.number(TiffTag.PLANAR_CONFIGURATION, 1) != 2) {
            throw directory.unread(
                    TiffTag.SAMPLES_PER_PIXEL,
                    "JPEG of " + samples + " samples a pixel is not read, only grey and colour");
        }
        final int transform = photometric == SampleLayout.YCBCR ? 1 : 0;
        final boolean inverted = photometric == SampleLayout.WHITE_IS_ZERO;
        final boolean planar = directory.number(TiffTag.PLANAR_CONFIGURATION, 1) == 2;
        if (planar && transform == 1 && SampleLayout.samples(directory) > 1) {
            throw directory.unread(TiffTag.PLANAR_CONFIGURATION, "JPEG of YCbCr in separate planes is not read");
        }
        try {
            final byte[] tables = directory.has(TiffTag.JPEG_TABLES)
                    ? JpegStream.tables(directory.bytes(TiffTag.JPEG_TABLES))
                    : new byte[0];
            return new JpegCodec(decoder, tables, transform, inverted, limits.maxPixels());
        } catch (final IOException e) {
            throw directory.broken(TiffTag.JPEG_TABLES, "The JPEG tables are damaged: " + e.getMessage(), e);
        }
    }

    /** A codec of YCbCr streams that hold their tables themselves, or get them by the prefix of a table of blocks. */
    public static JpegCodec ofWholeStreams(final JpegDecoder decoder, final DecodeLimits limits) {
        return new JpegCodec(decoder, new byte[0], 1, false, limits.maxPixels());
    }

    @Override
    public String name() {
        return decoder.name();
    }

    @Override
    public byte[] decode(final byte[][] parts, final int width, final int height, final BlockRoom room)
            throws IOException {
        if (parts.length == 1) {
            return rgb(parts[0], width, height, room);
        }
        final byte[] rgb = room.of(Math.toIntExact(3L * width * height));
        for (int p = 0; p < 3; p++) {
            final byte[] plane = rgb(parts[Math.min(p, parts.length < 3 ? 0 : p)], width, height, byte[]::new);
            for (int i = p; i < rgb.length; i += 3) {
                rgb[i] = plane[i];
            }
        }
        return rgb;
    }

    @Override
    public boolean saves(final int width, final int height, final BlockWindow part) {
        return part.y() + part.height() < height;
    }

    @Override
    public byte[] decodePart(
            final byte[][] parts, final int width, final int height, final BlockWindow part, final BlockRoom room)
            throws IOException {
        if (parts.length > 1) {
            return null;
        }
        final JpegStream.Whole top = JpegStream.assemble(tables, parts[0], transform, part.y() + part.height());
        final JpegFrame frame = top.frame();
        final boolean fits = frame.components() == 3 && frame.width() == width && frame.height() < height;
        return fits && (long) width * height <= maxPixels ? decoder.decode(top.bytes(), frame, room) : null;
    }

    private byte[] rgb(final byte[] part, final int width, final int height, final BlockRoom room) throws IOException {
        final JpegStream.Whole whole = JpegStream.assemble(tables, part, transform);
        final JpegFrame frame = whole.frame();
        if ((long) frame.width() * frame.height() > maxPixels) {
            throw new IOException("its JPEG stream declares " + frame.width() + " x " + frame.height() + " pixels");
        }
        if (frame.components() == 3 && frame.width() == width && frame.height() == height) {
            return decoder.decode(whole.bytes(), frame, room);
        }
        final byte[] samples = decoder.decode(whole.bytes(), frame, byte[]::new);
        return fit(samples, frame, width, height, room.of(Math.toIntExact(3L * width * height)));
    }

    /** Grey to RGB, and white where a stream is smaller than its block. */
    private byte[] fit(
            final byte[] samples, final JpegFrame frame, final int width, final int height, final byte[] rgb) {
        Arrays.fill(rgb, (byte) 255);
        final int w = Math.min(width, frame.width());
        for (int y = 0; y < Math.min(height, frame.height()); y++) {
            final int from = frame.components() * frame.width() * y;
            final int to = 3 * width * y;
            if (frame.components() == 3) {
                System.arraycopy(samples, from, rgb, to, 3 * w);
                continue;
            }
            for (int x = 0; x < w; x++) {
                final byte grey = (byte) (inverted ? ~samples[from + x] : samples[from + x]);
                Arrays.fill(rgb, to + 3 * x, to + 3 * x + 3, grey);
            }
        }
        return rgb;
    }

    /** Decodes the top rows of a stream one after the other, without holding more than the stream itself. */
    void rows(final byte[] part, final int width, final int top, final int rows, final RowSink sink)
            throws IOException {
        final JpegStream.Whole whole = JpegStream.assemble(tables, part, transform);
        if (whole.frame().width() != width || whole.frame().height() < rows) {
            throw new IOException("its JPEG stream declares " + whole.frame().width() + " x "
                    + whole.frame().height() + " pixels");
        }
        if (!JpegHeader.read(new DataInputStream(new ByteArrayInputStream(whole.bytes())))
                .streams()) {
            throw new IOException("a progressive JPEG stream of this size can only be decoded as a whole");
        }
        try (ByteStream in = new ByteStream(whole.bytes())) {
            JpegRows.decode(in, (y, x0, step, count, rgb) -> {
                for (int i = 0; inverted && i < 3 * count; i++) {
                    rgb[i] = (byte) ~rgb[i];
                }
                if (y < rows) {
                    sink.row(top + y, x0, step, count, rgb);
                }
            });
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
