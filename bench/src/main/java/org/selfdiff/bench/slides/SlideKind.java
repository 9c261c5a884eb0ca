package org.selfdiff.bench.slides;

import java.util.List;
import org.selfdiff.bench.slides.readers.ReaderKind;

/** How the tiles of a slide are compressed. */
enum SlideKind {
    /** 1.6 gigapixels, the JPEG of most scanners. */
    JPEG("JPEG 4:2:0, quality 80", 40_000, List.of(ReaderKind.values())),

    /** 151 megapixels: without loss a tile takes ten times the bytes. */
    DEFLATE("deflate with horizontal predictor", 12_288, lossless()),

    /** 151 megapixels. */
    LZW("LZW with horizontal predictor", 12_288, lossless()),

    /** 1.6 gigapixels that repeat the tiles of a real Aperio slide. */
    JPEG2000("JPEG 2000 (Aperio 33005)", 40_000, List.of(ReaderKind.OURS, ReaderKind.OPENSLIDE, ReaderKind.LIBVIPS));

    private final String text;

    private final int side;

    private final List<ReaderKind> readers;

    SlideKind(final String text, final int side, final List<ReaderKind> readers) {
        this.text = text;
        this.side = side;
        this.readers = readers;
    }

    private static List<ReaderKind> lossless() {
        // TwelveMonkeys throws at source regions of such tiles
        return List.of(ReaderKind.OURS, ReaderKind.OPENSLIDE, ReaderKind.LIBVIPS, ReaderKind.COMMONS_IMAGING);
    }

    /** For the report. */
    String text() {
        return text;
    }

    /** Height and width in pixels. */
    int side() {
        return side;
    }

    /** Who reads it. */
    List<ReaderKind> readers() {
        return readers;
    }
}
