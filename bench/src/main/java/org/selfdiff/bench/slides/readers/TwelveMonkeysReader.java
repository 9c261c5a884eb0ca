package org.selfdiff.bench.slides.readers;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** TwelveMonkeys' TIFF plug-in of Image I/O with a source region, one reader per thread. */
final class TwelveMonkeysReader implements SlideReader {
    private final Path file;

    TwelveMonkeysReader(final Path file) {
        this.file = file;
    }

    @Override
    public String version() {
        return "TwelveMonkeys imageio-tiff "
                + TIFFImageReaderSpi.class.getPackage().getImplementationVersion();
    }

    @Override
    public RegionReader forThread() throws IOException {
        final ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
        reader.setInput(ImageIO.createImageInputStream(file.toFile()));
        return new RegionReader() {
            private BufferedImage last;

            @Override
            public void read(final long x, final long y, final int width, final int height) throws IOException {
                final ImageReadParam parameters = reader.getDefaultReadParam();
                parameters.setSourceRegion(new Rectangle((int) x, (int) y, width, height));
                last = reader.read(0, parameters);
            }

            @Override
            public byte[] rgb() {
                return Colours.rgb(last);
            }
        };
    }

    @Override
    public void close() {
        // the readers of the threads end with the process
    }
}
