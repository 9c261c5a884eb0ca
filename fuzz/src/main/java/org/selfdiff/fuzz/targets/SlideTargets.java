package org.selfdiff.fuzz.targets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.selfdiff.fuzz.Reader;
import org.selfdiff.fuzz.Scratch;
import org.selfdiff.fuzz.Target;
import org.selfdiff.fuzz.seed.BlockSeeds;
import org.selfdiff.fuzz.seed.JdkPictures;
import org.selfdiff.fuzz.seed.PngSeeds;
import org.selfdiff.fuzz.seed.SlideSeeds;
import org.selfdiff.fuzz.seed.Tags;
import org.selfdiff.fuzz.seed.Words;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.slide.Slides;
import org.selfdiff.imaging.tiff.BlockCache;
import org.selfdiff.imaging.tiff.LabelSource;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.run.RunFailed;

/** Slides: structure and blocks of TIFF, the scanners' texts, and plain pictures that are larger than the limit. */
public final class SlideTargets {
    /** So few that any picture is unpacked row by row. */
    private static final DecodeLimits FEW = new DecodeLimits(64);

    private static final Reader FILE =
            Scratch.file("any.tif", Ways.all(file -> regions(file, Scratch.LIMITS), SlideTargets::labels));

    private SlideTargets() {}

    /** The targets. */
    public static List<Target> all() {
        return List.of(
                Target.of("slide", 3_000, FILE, SlideSeeds::all).with(Tags.words()),
                Target.of("tiff-blocks", 4_000, input -> FILE.read(BlockSeeds.file(input)), BlockSeeds::all),
                text("slide-aperio", SlideSeeds.APERIO, "|AppMag = ", "|MPP = ", "Aperio", "label ", "macro "),
                text(
                        "slide-ome",
                        SlideSeeds.OME,
                        "<TiffData IFD=\"",
                        "<Channel ",
                        "SizeC=\"",
                        "&#",
                        "<!DOCTYPE ",
                        "<![CDATA["),
                text(
                        "slide-philips",
                        SlideSeeds.PHILIPS,
                        "<Attribute Name=\"",
                        "&quot;",
                        "<DataObject ",
                        "1e-300",
                        "<!ENTITY "),
                large("png"),
                large("jpeg"),
                large("bmp"));
    }

    /** The input is the description of a slide of two levels. */
    private static Target text(final String name, final String seed, final String... words) {
        return Target.of(
                        name,
                        2_000,
                        input -> FILE.read(SlideSeeds.tiled(new String(input, StandardCharsets.UTF_8), false)),
                        () -> Map.of("whole", seed.getBytes(StandardCharsets.UTF_8)))
                .with(Words.texts(words));
    }

    private static Target large(final String format) {
        final Reader reader = Scratch.file("large." + format, file -> regions(file, FEW));
        return format.equals("png")
                ? Target.of("large-png", 1_500, input -> reader.read(PngSeeds.withCheckSums(input)), PngSeeds::all)
                : Target.of("large-" + format, 1_500, reader, () -> JdkPictures.all(format));
    }

    /** Reads what a tiler reads: the corners of every level, reflections past them, and something in between. */
    private static void regions(final Path file, final DecodeLimits limits) throws RunFailed {
        try (PictureSource slide = Slides.open(file, limits)) {
            slide.about();
            slide.name();
            for (int level = 0; level < Math.min(4, slide.levels()); level++) {
                final PictureSource.Level size = slide.level(level);
                slide.region(level, -3, -5, 20, 18);
                slide.region(level, size.width() - 7, size.height() - 9, 16, 16);
                slide.region(level, size.width() / 2, size.height() / 3, 8, 8);
            }
        }
    }

    private static void labels(final Path path) throws RunFailed {
        try (TiffFile file = TiffFile.open(path)) {
            final LabelSource labels = LabelSource.of(file, Scratch.LIMITS, BlockCache.small());
            MaskCoding.labels().labels(labels.sampled(-3, -5, 1, 20, 18), labels::place);
            labels.sampled(0, 0, 1.5, 20, 20);
        }
    }
}
