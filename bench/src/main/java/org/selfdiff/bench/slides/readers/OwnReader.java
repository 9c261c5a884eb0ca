package org.selfdiff.bench.slides.readers;

import java.nio.file.Path;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.slide.Slides;
import org.selfdiff.run.RunFailed;

/** SelfDiff's own reader, into an array that each thread keeps. The environment says which JPEG decoder it takes. */
final class OwnReader implements SlideReader {
    private final PictureSource slide;

    /**
     * Opens a slide.
     *
     * @param nativeJpeg whether libturbojpeg must be what decodes JPEG
     */
    OwnReader(final Path file, final boolean nativeJpeg) throws RunFailed, NotInstalled {
        this.slide = Slides.open(file, DecodeLimits.standard());
        if (nativeJpeg
                && !slide.about().decoder().toLowerCase(java.util.Locale.ROOT).contains("turbo")) {
            slide.close();
            throw new NotInstalled("libturbojpeg0", null);
        }
    }

    @Override
    public String version() {
        return "ours, " + slide.about().decoder();
    }

    @Override
    public RegionReader forThread() {
        return new RegionReader() {
            private byte[] last = {};

            @Override
            public void read(final long x, final long y, final int width, final int height) throws RunFailed {
                if (last.length != 3 * width * height) {
                    last = new byte[3 * width * height];
                }
                slide.read(0, x, y, width, height, last);
            }

            @Override
            public byte[] rgb() {
                return last;
            }
        };
    }

    @Override
    public void close() {
        slide.close();
    }
}
