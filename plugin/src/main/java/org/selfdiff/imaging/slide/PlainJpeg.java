package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureHeader;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.tiff.JdkJpeg;
import org.selfdiff.imaging.tiff.JpegCodec;
import org.selfdiff.imaging.tiff.JpegDecoder;

/**
 * JPEG files decoded straight to bytes, with the decoders of slides: no colour model is asked for a pixel, and readers are
 * kept from file to file. Files whose colours need a second look, and damaged ones, are left to the JDK's own ways, which
 * also know how to say what is wrong.
 */
final class PlainJpeg {
    private static final int SOI = 0xffd8;

    private static final int APP0 = 0xffe0;

    private static final int APP2 = 0xffe2;

    private static final int APP14 = 0xffee;

    private static final int SOS = 0xffda;

    /** For all files; what it keeps is no more than the threads that decode at once need. */
    private static final JpegDecoder DECODER = TurboJpeg.find().orElseGet(JdkJpeg::new);

    private PlainJpeg() {}

    /** What is said of a file that {@link #read} has read. */
    static PictureSource.About about() {
        return new PictureSource.About(PictureHeader.Format.JPEG.title(), Double.NaN, DECODER.name());
    }

    /**
     * Reads a whole picture.
     *
     * @param header the file's header, whose size is allowed
     * @return the picture; empty if the file is not plainly grey or YCbCr, or is damaged
     */
    static Optional<Picture> read(final Path file, final PictureHeader header) {
        final int width = (int) header.width();
        final int height = (int) header.height();
        try {
            final byte[] stream = Files.readAllBytes(file);
            if (!plain(stream)) {
                return Optional.empty();
            }
            final JpegCodec codec =
                    JpegCodec.ofWholeStreams(DECODER, new DecodeLimits(Math.max(1, header.width() * header.height())));
            return Optional.of(
                    new Picture(width, height, codec.decode(new byte[][] {stream}, width, height, byte[]::new)));
        } catch (final IOException | IllegalArgumentException | OutOfMemoryError e) {
            return Optional.empty(); // those who read it next say what is wrong
        }
    }

    /** Whether a JFIF marker tells the colours, and no other marker says more of them. */
    private static boolean plain(final byte[] stream) {
        boolean known = false;
        int at = 2;
        while (at + 4 <= stream.length && u16(stream, 0) == SOI) {
            final int marker = u16(stream, at);
            if (marker == SOS) {
                return known;
            } else if (marker < 0xff01 || marker == 0xffff || marker == APP2 || marker == APP14) {
                return false; // fill bytes, colour profiles, Adobe's colours
            }
            known |= marker == APP0 && at + 9 <= stream.length && stream[at + 4] == 'J' && stream[at + 5] == 'F';
            at += 2 + u16(stream, at + 2);
        }
        return false;
    }

    private static int u16(final byte[] in, final int at) {
        return (in[at] & 0xff) << 8 | in[at + 1] & 0xff;
    }
}
