package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.tiff.JdkJpeg;
import org.selfdiff.imaging.tiff.JpegDecoder;
import org.selfdiff.imaging.tiff.JpegFrame;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** That libturbojpeg, where the system has it, gives the pixels of the JDK. */
class TurboJpegTest {
    private static final int WIDTH = 203;

    private static final int HEIGHT = 117;

    private JpegDecoder turbo;

    @BeforeEach
    void needLibrary() {
        final Optional<JpegDecoder> found = TurboJpeg.find();
        if (found.isEmpty()) {
            System.err.println("SKIPPED: there is no libturbojpeg on this system, or SELFDIFF_TURBOJPEG turns it off");
        }
        Assumptions.assumeTrue(found.isPresent(), "no libturbojpeg");
        turbo = found.get();
    }

    private static Picture picture() {
        final Picture noise = TestFiles.noise(1, WIDTH, HEIGHT);
        final byte[] smooth = DialectsTest.pixels(0, 0, WIDTH, HEIGHT);
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] = (byte) (((smooth[i] & 0xff) * 3 + (noise.rgb()[i] & 0xff)) / 4);
        }
        return new Picture(WIDTH, HEIGHT, smooth);
    }

    /** A JPEG with sampling factors of the first component as given, those of the others 1. */
    private static byte[] jpeg(final int type, final float quality, final boolean progressive, final int h, final int v)
            throws IOException {
        final BufferedImage image = TestFiles.image(picture(), type);
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            final ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            if (progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            final IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
            final String format = metadata.getNativeMetadataFormatName();
            final Node tree = metadata.getAsTree(format);
            final NodeList components = ((Element) tree).getElementsByTagName("componentSpec");
            ((Element) components.item(0)).setAttribute("HsamplingFactor", Integer.toString(h));
            ((Element) components.item(0)).setAttribute("VsamplingFactor", Integer.toString(v));
            metadata.setFromTree(format, tree);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, metadata), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "RGB, 0.8, false, 2, 2",
        "RGB, 0.95, false, 1, 1",
        "RGB, 0.3, false, 2, 1",
        "RGB, 0.8, false, 1, 2",
        "RGB, 0.8, false, 4, 1",
        "RGB, 0.8, true, 2, 2",
        "GREY, 0.8, false, 1, 1",
        "GREY, 0.5, true, 1, 1"
    })
    void pixelsAreThoseOfTheJdk(
            final String kind, final float quality, final boolean progressive, final int h, final int v)
            throws IOException {
        final boolean grey = kind.equals("GREY");
        final byte[] stream =
                jpeg(grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB, quality, progressive, h, v);
        final JpegFrame frame = new JpegFrame(WIDTH, HEIGHT, grey ? 1 : 3);
        try (JpegDecoder jdk = new JdkJpeg();
                JpegDecoder other = turbo) {
            assertArrayEquals(jdk.decode(stream, frame), other.decode(stream, frame));
            assertEquals("JPEG by libturbojpeg", other.name());
        }
    }

    @Test
    void manyThreadsDecodeAtOnce() throws IOException {
        final byte[] stream = jpeg(BufferedImage.TYPE_INT_RGB, 0.8f, false, 2, 2);
        final JpegFrame frame = new JpegFrame(WIDTH, HEIGHT, 3);
        final byte[] expected = turbo.decode(stream, frame);
        final List<Boolean> equal = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return Arrays.equals(expected, turbo.decode(stream, frame));
                    } catch (final IOException e) {
                        return false;
                    }
                })
                .toList();
        assertEquals(64, equal.stream().filter(same -> same).count());
    }

    @Test
    void damagedStreamsAreRefusedAndTheDecoderGoesOn() throws IOException {
        final byte[] stream = jpeg(BufferedImage.TYPE_INT_RGB, 0.8f, false, 2, 2);
        final JpegFrame frame = new JpegFrame(WIDTH, HEIGHT, 3);
        final byte[] expected = turbo.decode(stream, frame);
        for (final int percent : new int[] {5, 30, 60, 90}) {
            final byte[] cut = Arrays.copyOf(stream, stream.length * percent / 100);
            assertThrows(IOException.class, () -> turbo.decode(cut, frame), percent + " %");
        }
        assertThrows(IOException.class, () -> turbo.decode(new byte[] {1, 2, 3}, frame));
        assertThrows(IOException.class, () -> turbo.decode(stream, new JpegFrame(WIDTH + 1, HEIGHT, 3)));
        assertArrayEquals(expected, turbo.decode(stream, frame));
    }

    @Test
    void noTablesAreTakenFromTheStreamBefore() throws IOException {
        final byte[] stream = jpeg(BufferedImage.TYPE_INT_RGB, 0.8f, false, 2, 2);
        final JpegFrame frame = new JpegFrame(WIDTH, HEIGHT, 3);
        turbo.decode(stream, frame);
        final byte[] bare = withoutTables(stream);
        assertThrows(IOException.class, () -> turbo.decode(bare, frame));
    }

    /** Cuts the quantization tables out. */
    private static byte[] withoutTables(final byte[] stream) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 2;
        out.write(stream, 0, 2);
        while ((stream[at + 1] & 0xff) != 0xda) {
            final int length = 2 + ((stream[at + 2] & 0xff) << 8 | stream[at + 3] & 0xff);
            if ((stream[at + 1] & 0xff) != 0xdb) {
                out.write(stream, at, length);
            }
            at += length;
        }
        out.write(stream, at, stream.length - at);
        return out.toByteArray();
    }
}
