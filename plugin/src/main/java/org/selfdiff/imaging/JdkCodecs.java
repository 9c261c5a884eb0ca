package org.selfdiff.imaging;

import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageReaderWriterSpi;

/**
 * The JDK's own readers and writers of pictures, whatever else is registered in this Java: other extensions bring theirs,
 * and the same file shall give the same pixels beside them.
 */
public final class JdkCodecs {
    private static final String MODULE = "java.desktop";

    private JdkCodecs() {}

    /**
     * A new reader; dispose of it after use.
     *
     * @param format such as {@code jpeg}
     */
    public static ImageReader reader(final String format) throws IOException {
        final Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            final ImageReader reader = readers.next();
            if (own(reader.getOriginatingProvider())) {
                return reader;
            }
        }
        throw new IOException("this Java has no reader for " + format);
    }

    /**
     * A new writer; dispose of it after use.
     *
     * @param format such as {@code jpeg}
     */
    public static ImageWriter writer(final String format) throws IOException {
        final Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
        while (writers.hasNext()) {
            final ImageWriter writer = writers.next();
            if (own(writer.getOriginatingProvider())) {
                return writer;
            }
        }
        throw new IOException("this Java has no writer for " + format);
    }

    private static boolean own(final ImageReaderWriterSpi provider) {
        return MODULE.equals(provider.getClass().getModule().getName());
    }
}
