package org.selfdiff.bench.slides.readers;

import java.nio.file.Path;
import java.util.Map;

/** Who reads. The first one's pixels are what the others' are compared with. */
public enum ReaderKind {
    /** SelfDiff with the JDK's JPEG decoder. */
    OURS("ours"),

    /** SelfDiff with libturbojpeg. */
    OURS_NATIVE("ours, libturbojpeg"),

    /** OpenSlide by its C interface. */
    OPENSLIDE("OpenSlide"),

    /** libvips by its C interface. */
    LIBVIPS("libvips"),

    /** TwelveMonkeys' plug-in of Image I/O. */
    TWELVE_MONKEYS("TwelveMonkeys"),

    /** Apache Commons Imaging. */
    COMMONS_IMAGING("Commons Imaging");

    private final String text;

    ReaderKind(final String text) {
        this.text = text;
    }

    /** For the table. */
    public String text() {
        return text;
    }

    /** Whether it is SelfDiff's own. */
    public boolean own() {
        return this == OURS || this == OURS_NATIVE;
    }

    /** Whether it is also timed tile by tile. */
    public boolean tiles() {
        return this != TWELVE_MONKEYS && this != COMMONS_IMAGING;
    }

    /** What the process of this reader needs in its environment; an empty value removes a variable. */
    public Map<String, String> environment() {
        return this == OURS ? Map.of("SELFDIFF_TURBOJPEG", "off") : Map.of();
    }

    /**
     * Opens a slide.
     *
     * @param threads how many threads will read
     * @throws NotInstalled if the library is not on this machine
     */
    public SlideReader open(final Path file, final int threads) throws Exception {
        return switch (this) {
            case OURS -> new OwnReader(file, false);
            case OURS_NATIVE -> new OwnReader(file, true);
            case OPENSLIDE -> new OpenSlideReader(file);
            case LIBVIPS -> new VipsReader(file, threads);
            case TWELVE_MONKEYS -> new TwelveMonkeysReader(file);
            case COMMONS_IMAGING -> new CommonsImagingReader(file);
        };
    }
}
