package org.selfdiff.bench.slides.readers;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Path;

/** OpenSlide, into a native buffer of premultiplied ARGB that each thread keeps. */
final class OpenSlideReader implements SlideReader {
    private final Pointer slide;

    private final String version;

    OpenSlideReader(final Path file) throws NotInstalled, IOException {
        try {
            this.version = OpenSlide.openslide_get_version();
        } catch (LinkageError e) {
            throw new NotInstalled("libopenslide0", e);
        }
        this.slide = OpenSlide.openslide_open(file.toString());
        if (slide == null) {
            throw new IOException("OpenSlide does not read " + file);
        }
        check();
    }

    private void check() throws IOException {
        final String error = OpenSlide.openslide_get_error(slide);
        if (error != null) {
            throw new IOException("OpenSlide: " + error);
        }
    }

    @Override
    public String version() {
        return "OpenSlide " + version;
    }

    @Override
    public RegionReader forThread() {
        return new RegionReader() {
            private Memory buffer = new Memory(4);

            private int pixels;

            @Override
            public void read(final long x, final long y, final int width, final int height) throws IOException {
                pixels = width * height;
                if (buffer.size() < 4L * pixels) {
                    buffer = new Memory(4L * pixels);
                }
                OpenSlide.openslide_read_region(slide, buffer, x, y, 0, width, height);
                check();
            }

            @Override
            public byte[] rgb() {
                final byte[] rgb = new byte[3 * pixels];
                for (int i = 0; i < pixels; i++) {
                    final int colour = buffer.getInt(4L * i);
                    rgb[3 * i] = (byte) (colour >> 16);
                    rgb[3 * i + 1] = (byte) (colour >> 8);
                    rgb[3 * i + 2] = (byte) colour;
                }
                return rgb;
            }
        };
    }

    @Override
    public void close() {
        OpenSlide.openslide_close(slide);
    }
}
