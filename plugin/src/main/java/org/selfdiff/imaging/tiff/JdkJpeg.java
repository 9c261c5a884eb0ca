package org.selfdiff.imaging.tiff;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.selfdiff.imaging.JdkCodecs;

/**
 * JPEG by the reader of the JDK. It decodes straight into the samples that are handed on, because the target has the
 * order of the stream's own rows. Readers that are idle are kept for the next block.
 */
public final class JdkJpeg implements JpegDecoder {
    private static final int[][] BANDS = {{}, {0}, {}, {0, 1, 2}};

    private static final byte[] NOTHING = {};

    private static final ColorModel GREY = colours(ColorSpace.CS_GRAY);

    private static final ColorModel RGB = colours(ColorSpace.CS_sRGB);

    private final ConcurrentLinkedQueue<Session> idle = new ConcurrentLinkedQueue<>();

    /** A reader of the JDK, its stream, and whether it warned that the bytes end early, which it would paint grey. */
    private static final class Session {
        private final ImageReader reader;

        private final ByteStream in = new ByteStream(NOTHING);

        private boolean cutOff;

        Session(final ImageReader reader) {
            this.reader = reader;
            reader.addIIOReadWarningListener((source, warning) -> cutOff |= warning.contains("remature"));
        }

        byte[] read(final byte[] stream, final JpegFrame frame, final BlockRoom room) throws IOException {
            final int[] bands = BANDS[frame.components()];
            final int rowBytes = bands.length * frame.width();
            final byte[] samples = room.of(Math.toIntExact((long) rowBytes * frame.height()));
            final WritableRaster raster = Raster.createInterleavedRaster(
                    new DataBufferByte(samples, samples.length),
                    frame.width(),
                    frame.height(),
                    rowBytes,
                    bands.length,
                    bands,
                    null);
            final ImageReadParam target = new ImageReadParam();
            target.setDestination(new BufferedImage(bands.length == 1 ? GREY : RGB, raster, false, null));
            cutOff = false;
            in.begin(stream);
            reader.setInput(in, true, true);
            try (RowPlace place = new RowPlace(rowBytes)) {
                reader.read(0, target);
            }
            reader.setInput(null); // lets go of the samples
            in.begin(NOTHING);
            if (cutOff) {
                throw new EOFException("its JPEG stream ends early");
            }
            return samples;
        }
    }

    private static ColorModel colours(final int space) {
        return new ComponentColorModel(
                ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    }

    @Override
    public String name() {
        return "JPEG by the JDK";
    }

    @Override
    public byte[] decode(final byte[] stream, final JpegFrame frame, final BlockRoom room) throws IOException {
        final Session kept = idle.poll();
        final Session session = kept == null ? new Session(JdkCodecs.reader("jpeg")) : kept;
        boolean good = false;
        try {
            final byte[] samples = session.read(stream, frame, room);
            good = true;
            return samples;
        } catch (final RuntimeException e) {
            throw new IOException("its JPEG stream contradicts itself (" + e + ")", e);
        } finally {
            if (good) {
                idle.add(session);
            } else {
                session.reader.dispose();
            }
        }
    }

    @Override
    public void close() {
        for (Session session = idle.poll(); session != null; session = idle.poll()) {
            session.reader.dispose();
        }
    }
}
