package org.selfdiff.imaging;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes a JPEG stream with the JDK's decoder row by row. The decoder hands each finished row to the raster of its
 * destination; ours keeps none of them. Memory does not depend on the height as long as the stream is one scan
 * ({@link JpegHeader#streams()}).
 */
public final class JpegRows {
    /** The JDK counts the pixels of a raster in an int. */
    private static final long RASTER_PIXELS = Integer.MAX_VALUE - 1L;

    private JpegRows() {}

    /**
     * Decodes.
     *
     * @param in at the first byte of the stream
     * @param sink gets whole rows from the top
     * @throws IOException if the stream is damaged, ends early, or the sink refuses a row
     */
    public static void decode(final ImageInputStream in, final RowSink sink) throws IOException {
        final ImageReader reader = JdkCodecs.reader("jpeg");
        final boolean[] cutOff = {false};
        try {
            reader.setInput(in, false, true);
            reader.addIIOReadWarningListener((source, warning) -> cutOff[0] |= warning.contains("remature"));
            final int width = reader.getWidth(0);
            final int height = reader.getHeight(0);
            final int rows = (int) Math.min(height, RASTER_PIXELS / width);
            for (int y = 0; y < height; y += rows) {
                final int n = Math.min(rows, height - y);
                read(reader, new Rectangle(0, y, width, n), sink);
                if (cutOff[0]) {
                    throw new EOFException();
                }
            }
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        } catch (final RuntimeException e) {
            throw new IOException("its content contradicts itself (" + e + ")", e);
        } finally {
            reader.dispose();
        }
    }

    private static void read(final ImageReader reader, final Rectangle part, final RowSink sink) throws IOException {
        final ImageTypeSpecifier type = reader.getImageTypes(0).next();
        final int bands = type.getNumBands();
        if (type.getSampleModel().getDataType() != DataBuffer.TYPE_BYTE || bands != 1 && bands != 3) {
            throw new IOException("JPEG of " + bands + " channels");
        }
        final int[] offsets = type.getSampleModel() instanceof ComponentSampleModel model
                ? model.getBandOffsets()
                : new int[] {0, 1, 2};
        // a line stride of 0: all rows lie in the same place, because none is kept
        final SampleModel oneRow =
                new ComponentSampleModel(DataBuffer.TYPE_BYTE, part.width, part.height, bands, 0, offsets);
        final Destination rows = new Destination(oneRow, part, bands, sink);
        final ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceRegion(part);
        param.setDestination(new BufferedImage(type.getColorModel(), rows, false, null));
        reader.read(0, param);
    }

    /** Where the decoder puts its rows. */
    private static final class Destination extends WritableRaster {
        private final int firstRow;

        private final int bands;

        private final RowSink sink;

        private final byte[] row;

        private final byte[] rgb;

        Destination(final SampleModel model, final Rectangle part, final int bands, final RowSink sink) {
            super(model, new DataBufferByte(bands * part.width), new Point(0, 0));
            this.firstRow = part.y;
            this.bands = bands;
            this.sink = sink;
            row = new byte[bands * part.width];
            rgb = bands == 3 ? row : new byte[3 * part.width];
        }

        @Override
        public void setRect(final int dx, final int dy, final Raster source) {
            final int n = source.getWidth();
            source.getDataElements(source.getMinX(), source.getMinY(), n, 1, row);
            for (int i = 0; bands == 1 && i < n; i++) {
                rgb[3 * i] = row[i];
                rgb[3 * i + 1] = row[i];
                rgb[3 * i + 2] = row[i];
            }
            try {
                sink.row(firstRow + dy, dx, 1, n, rgb);
            } catch (final IOException e) {
                throw new UncheckedIOException(e); // unwrapped on the other side of the decoder
            }
        }
    }
}
