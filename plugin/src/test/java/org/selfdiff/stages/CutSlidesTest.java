package org.selfdiff.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Grouping;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.annotation.AnnotationSettings;
import org.selfdiff.imaging.grid.Resolution;
import org.selfdiff.imaging.grid.TileGrid;
import org.selfdiff.imaging.phantom.SlideForm;
import org.selfdiff.imaging.phantom.SlidePhantom;
import org.selfdiff.imaging.phantom.TextureBank;
import org.selfdiff.imaging.phantom.TissueKind;
import org.selfdiff.imaging.slide.Slides;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.BlockSource;
import org.selfdiff.imaging.tiff.write.SlideFormat;
import org.selfdiff.imaging.tiff.write.SlideWriter;
import org.selfdiff.imaging.tissue.TissueSettings;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** The tiler on whole slides, against the truth of the phantom. */
class CutSlidesTest {
    private static final int WIDTH = 3000;

    private static final int HEIGHT = 2200;

    private static final long SEED = 5;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static MakeSlides.Result slides;

    @BeforeAll
    static void make() throws Exception {
        slides = MakeSlides.run(
                new MakeSlides.Request(
                        shared.resolve("set"),
                        2,
                        WIDTH,
                        HEIGHT,
                        0.5,
                        20,
                        SlideFormat.APERIO,
                        BlockCompression.JPEG,
                        85,
                        1,
                        SlideForm.Stain.values()[0],
                        false,
                        SEED),
                2,
                RunControl.silent());
    }

    private static PictureFiles files() {
        return new PictureFiles.Folder(
                shared.resolve("set/slides"), false, Optional.of(shared.resolve("set/annotations")), "");
    }

    /** What the tests change one by one. */
    private static final class Asked {
        private PictureFiles files = files();

        private CutTiles.Reading reading = new CutTiles.Reading(Resolution.mpp(1), 0, 0.05);

        private CutTiles.TissueRule tissue = new CutTiles.TissueRule(
                CutTiles.TissueRule.Where.SLIDES, 0.5, TissueSettings.standard(), Optional.empty());

        private CutTiles.AnnotationRule.Keep keep = CutTiles.AnnotationRule.Keep.ALL;

        private List<String> classes = List.of();

        private List<String> excluded = List.of();

        private double minShare = 0.5;

        private double sharpness = Double.NaN;

        private CutTiles.OnFailure onFailure = CutTiles.OnFailure.FAIL;

        private Optional<Path> journal = Optional.empty();

        private int threads = 2;

        private int tile = 64;

        private Cut cut() throws Exception {
            return Cut.of(request());
        }

        private CutTiles.Request request() {
            return new CutTiles.Request(
                    files,
                    reading,
                    new TileGrid(tile, tile, TileGrid.Border.DROP),
                    tissue,
                    new CutTiles.AnnotationRule(keep, classes, excluded, minShare, AnnotationSettings.standard()),
                    sharpness,
                    Grouping.byPicture(),
                    false,
                    onFailure,
                    true,
                    journal,
                    threads,
                    DecodeLimits.standard());
        }
    }

    private static SlidePhantom truth(final int index) throws Exception {
        final SlideForm form = new SlideForm(WIDTH, HEIGHT, 0.5, true, SlideForm.Stain.values()[0], Set.of());
        final int cell = TextureBank.cellFor(WIDTH, HEIGHT);
        try (Workers workers = new Workers(1)) {
            final TextureBank bank = TextureBank.draw(cell, 0.5, SEED, workers, RunControl.silent());
            return SlidePhantom.draw(form, SEED, index, bank);
        }
    }

    @Test
    void tilesLieWhereTheTissueIs() throws Exception {
        final Cut cut = new Asked().cut();
        assertEquals(2, cut.report().size());
        final SlideReport report = cut.report().get(0);
        final SlideReport.File file = report.slide().orElseThrow();
        assertEquals("Aperio SVS", file.format());
        assertEquals(WIDTH, file.width());
        assertEquals(0.5, file.mpp(), 1e-12);
        assertEquals(20, file.magnification());
        assertEquals(2, file.downsample(), 1e-12);
        assertEquals(1, file.tileMpp(), 1e-12);
        assertEquals(0, file.level(), "half of 20x is averaged from the finest of the levels 1 and 4");
        final int grid = (WIDTH / 2 / 64) * (HEIGHT / 2 / 64);
        assertEquals(grid, report.kept() + report.dropped().all());
        assertTrue(report.overview().orElseThrow().length > 10_000, "an overview picture");
        final LabelMap real = phantomLabels(0);
        int wrong = 0;
        for (int row = 0; row < HEIGHT / 128; row++) {
            for (int column = 0; column < WIDTH / 128; column++) {
                final int x = 128 * column;
                final int y = 128 * row;
                final boolean kept = cut.tiles().stream()
                        .anyMatch(t -> t.image().equals(report.image()) && t.x() == x && t.y() == y);
                final double share = share(real, x, y);
                wrong += share > 0.8 && !kept || share < 0.2 && kept ? 1 : 0;
            }
        }
        assertTrue(wrong <= grid / 50, wrong + " of " + grid + " tiles are on the wrong side");
    }

    private LabelMap phantomLabels(final int index) throws Exception {
        return truth(index).labels(0, 0, WIDTH / 16, HEIGHT / 16, 16);
    }

    private static double share(final LabelMap real, final int x, final int y) {
        int inside = 0;
        for (int j = 0; j < 8; j++) {
            for (int i = 0; i < 8; i++) {
                inside += real.label(x / 16 + i, y / 16 + j) > 0 ? 1 : 0;
            }
        }
        return inside / 64.0;
    }

    @Test
    void annotationsBecomeLabelsAndLabelMaps() throws Exception {
        final Asked asked = new Asked();
        asked.keep = CutTiles.AnnotationRule.Keep.INSIDE;
        final Cut cut = asked.cut();
        final List<String> classes = cut.result().classes();
        assertTrue(classes.size() >= 2 && classes.contains("Tumor"), classes.toString());
        assertFalse(cut.tiles().isEmpty());
        final SlidePhantom truth = truth(0);
        long pixels = 0;
        long wrong = 0;
        try (PictureCache cache = PictureCache.standard()) {
            for (final Tile tile : cut.tiles()) {
                assertEquals(classes, tile.mask().orElseThrow().classes());
                if (!tile.image().equals(slides.slides().get(0).image())) {
                    continue;
                }
                final LabelMap labels = cache.labels(tile, MaskCoding.labels());
                final int[] counts = new int[classes.size() + 1];
                for (int j = 0; j < 64; j++) {
                    for (int i = 0; i < 64; i++) {
                        final TissueKind real = truth.labelAt(tile.x() + 2 * i + 1, tile.y() + 2 * j + 1);
                        final int label = labels.label(i, j);
                        counts[label]++;
                        final String name = label == 0 ? "" : classes.get(label - 1);
                        pixels++;
                        wrong += matches(real, name) ? 0 : 1;
                    }
                }
                final String label = tile.findings().label().orElse("");
                if (!label.isEmpty()) {
                    assertTrue(counts[classes.indexOf(label) + 1] >= 64 * 64 / 2, "the label covers half of the tile");
                }
                assertTrue(counts[0] <= 64 * 64 / 2, "inside means half at least");
            }
        }
        assertTrue(wrong < pixels / 200, wrong + " of " + pixels + " pixels have another class than the truth");
        asked.keep = CutTiles.AnnotationRule.Keep.OUTSIDE;
        for (final Tile tile : asked.cut().tiles()) {
            assertTrue(tile.findings().label().isEmpty());
        }
    }

    @Test
    void excludedClassesAreHolesInLabelsAndLabelMaps() throws Exception {
        final Path slide = Files.copy(slides.slides().get(0).image(), folder.resolve("a.svs"));
        Files.writeString(
                folder.resolve("a.geojson"),
                "{\"type\":\"FeatureCollection\",\"features\":[" + square("Ignore*", 0, 64) + ","
                        + square("Tumor", 0, 256) + "]}");
        final Asked asked = new Asked();
        asked.files = new PictureFiles.Folder(folder, false, Optional.of(folder), "");
        asked.tissue = CutTiles.TissueRule.none();
        asked.excluded = List.of("Ignore*");
        final Tile corner = asked.cut().tiles().get(0);
        assertEquals(slide.toAbsolutePath(), corner.image());
        assertEquals(Optional.of("Tumor"), corner.findings().label(), "three quarters of it");
        try (PictureCache cache = PictureCache.standard()) {
            final LabelMap labels = cache.labels(corner, MaskCoding.labels());
            assertEquals(0, labels.label(31, 31));
            assertEquals(1, labels.label(32, 31));
            assertEquals(1, labels.label(31, 32));
        }
        asked.minShare = 0.8;
        assertEquals(Optional.empty(), asked.cut().tiles().get(0).findings().label());
    }

    @Test
    void classesThatNobodyHasDrawnAreNoted() throws Exception {
        Files.copy(slides.slides().get(0).image(), folder.resolve("a.svs"));
        Files.writeString(folder.resolve("a.geojson"), square("Tumor", 0, 256));
        final Asked asked = new Asked();
        asked.files = new PictureFiles.Folder(folder, false, Optional.of(folder), "");
        asked.keep = CutTiles.AnnotationRule.Keep.INSIDE;
        asked.classes = List.of("Tumour");
        final String note = asked.cut().report().get(0).note();
        assertTrue(note.contains("classes Tumour; there are Tumor"), note);
        asked.classes = List.of("Tumour", "Tumor");
        assertFalse(asked.cut().report().get(0).note().contains("there are"));
    }

    @Test
    void annotationsOfExcludedClassesOnlyAreEmptyLabelMaps() throws Exception {
        Files.copy(slides.slides().get(0).image(), folder.resolve("a.svs"));
        Files.writeString(folder.resolve("a.geojson"), square("Ignore*", 0, 64));
        final Asked asked = new Asked();
        asked.files = new PictureFiles.Folder(folder, false, Optional.of(folder), "");
        asked.excluded = List.of("Ignore*");
        try (PictureCache cache = PictureCache.standard()) {
            assertEquals(
                    0,
                    cache.labels(asked.cut().tiles().get(0), MaskCoding.labels())
                            .max());
        }
    }

    private static String square(final String name, final int from, final int to) {
        return String.format(
                "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                        + "[[[%1$d,%1$d],[%2$d,%1$d],[%2$d,%2$d],[%1$d,%2$d],[%1$d,%1$d]]]},"
                        + "\"properties\":{\"classification\":{\"name\":\"%3$s\"}}}",
                from, to, name);
    }

    private static boolean matches(final TissueKind real, final String name) {
        return name.isEmpty() == (real == TissueKind.GLASS)
                && (name.isEmpty() || real.title().equals(name));
    }

    @Test
    void tilesHoldTheMeansOfTheFinestPixels() throws Exception {
        final Cut cut = new Asked().cut();
        try (PictureCache cache = PictureCache.standard();
                PictureSource source = Slides.open(slides.slides().get(0).image(), DecodeLimits.standard())) {
            final Tile tile = cut.tiles().get(3);
            final Picture fine = source.region(0, tile.x(), tile.y(), 128, 128);
            final Picture read = cache.pixels(tile);
            for (int i = 0; i < 64 * 64; i++) {
                final int x = 2 * (i % 64);
                final int y = 2 * (i / 64);
                for (int c = 0; c < 3; c++) {
                    final int sum = fine.sample(x, y, c)
                            + fine.sample(x + 1, y, c)
                            + fine.sample(x, y + 1, c)
                            + fine.sample(x + 1, y + 1, c);
                    assertEquals((sum + 2) / 4, read.sample(i % 64, i / 64, c));
                }
            }
        }
    }

    @Test
    void threadsChangeNothing() throws Exception {
        final Asked asked = new Asked();
        asked.sharpness = 0;
        asked.threads = 1;
        final Cut one = asked.cut();
        asked.threads = 5;
        final Cut five = asked.cut();
        assertEquals(one.tiles(), five.tiles());
        assertEquals(one.report(), five.report());
        assertTrue(one.tiles().stream().allMatch(t -> t.findings().sharpness() > 0.2), "all is in focus");
    }

    @Test
    void aRunGoesOnFromItsNotes() throws Exception {
        final Path slide = Files.copy(slides.slides().get(0).image(), folder.resolve("a.svs"));
        final Asked asked = new Asked();
        asked.files = new PictureFiles.Folder(folder, false, Optional.empty(), "");
        asked.journal = Optional.of(folder.resolve("notes"));
        final Cut first = asked.cut();
        final FileTime time = Files.getLastModifiedTime(slide);
        Files.write(slide, new byte[(int) Files.size(slide)]);
        Files.setLastModifiedTime(slide, time);
        final Cut second = asked.cut();
        assertEquals(first.tiles(), second.tiles(), "the slide was not read again");
        assertEquals(first.report(), second.report());
        asked.tile = 128;
        assertThrows(RunFailed.class, asked::cut, "other settings are another run");
        asked.tile = 64;
        final Path note = only(folder.resolve("notes"));
        final byte[] whole = Files.readAllBytes(note);
        Files.write(note, Arrays.copyOf(whole, whole.length / 2));
        assertThrows(RunFailed.class, asked::cut, "half a note is none");
    }

    private static Path only(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            final List<Path> all = files.toList();
            assertEquals(1, all.size());
            return all.get(0);
        }
    }

    @Test
    void whatCannotBeReadIsARowOfTheReport() throws Exception {
        final byte[] whole = Files.readAllBytes(slides.slides().get(0).image());
        Files.write(folder.resolve("a.svs"), whole);
        Files.write(folder.resolve("b.svs"), Arrays.copyOf(whole, whole.length / 3));
        Files.write(folder.resolve("c.czi"), "ZISRAWFILE\0\0\0\0\0\0 and so on".getBytes(StandardCharsets.US_ASCII));
        Files.write(folder.resolve("d.png"), PngEncoder.picture(new Picture(200, 200, new byte[3 * 200 * 200])));
        final Asked asked = new Asked();
        asked.files = new PictureFiles.Folder(folder, false, Optional.empty(), "");
        asked.onFailure = CutTiles.OnFailure.SKIP_AND_REPORT;
        final Cut cut = asked.cut();
        assertEquals(4, cut.report().size());
        assertEquals(3, cut.result().failed());
        assertTrue(cut.report().get(0).kept() > 0 && !cut.report().get(0).failed());
        assertTrue(cut.report().get(1).failed() && cut.report().get(1).note().contains("b.svs"));
        assertTrue(
                cut.report().get(2).note().contains("CZI"), cut.report().get(2).note());
        assertTrue(
                cut.report().get(3).note().contains("Micrometres per pixel of the files"),
                cut.report().get(3).note());
        asked.onFailure = CutTiles.OnFailure.FAIL;
        assertTrue(assertThrows(RunFailed.class, asked::cut).getMessage().contains("b.svs"));
    }

    @Test
    void slidesOfDifferentResolutionsAreWarnedAbout() throws Exception {
        final List<String> warnings = new ArrayList<>();
        final RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(final double fraction, final String message) {
                // nobody is looking
            }

            @Override
            public void warn(final String message) {
                warnings.add(message);
            }
        };
        final Path coarse = folder.resolve("coarse.tif");
        try (Workers workers = new Workers(1)) {
            SlideWriter.write(
                    coarse,
                    new SlideWriter.Slide(600, 400, 1, 10, SlideFormat.BIG_TIFF, BlockCompression.LZW, 80),
                    BlockSource.of(new Picture(600, 400, new byte[3 * 600 * 400])),
                    workers,
                    RunControl.silent());
        }
        Files.copy(slides.slides().get(0).image(), folder.resolve("fine.svs"));
        final Asked asked = new Asked();
        asked.files = new PictureFiles.Folder(folder, false, Optional.empty(), "");
        asked.reading = CutTiles.Reading.finest();
        Cut.of(asked.request(), control);
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("0.500 to 1.000"), warnings.get(0));
        warnings.clear();
        asked.reading = new CutTiles.Reading(Resolution.mpp(1), 0, 0.05);
        Cut.of(asked.request(), control);
        assertEquals(List.of(), warnings);
    }

    @Test
    void aGivenMaskReplacesTheSearch() throws Exception {
        final int[] left = new int[30 * 22];
        for (int i = 0; i < left.length; i++) {
            left[i] = i % 30 < 15 ? 1 : 0;
        }
        for (final MakeSlides.Made made : slides.slides()) {
            final String name = made.image().getFileName().toString().replace(".svs", ".png");
            Files.write(folder.resolve(name), PngEncoder.labels(new LabelMap(30, 22, left)));
        }
        final Asked asked = new Asked();
        asked.tissue = new CutTiles.TissueRule(
                CutTiles.TissueRule.Where.SLIDES, 0.99, TissueSettings.standard(), Optional.of(folder));
        final Cut cut = asked.cut();
        assertEquals(2 * (WIDTH / 2 / 128) * (HEIGHT / 128), cut.tiles().size());
        assertTrue(cut.tiles().stream().allMatch(t -> t.x() + 128 <= WIDTH / 2));
        asked.journal = Optional.of(shared.resolve("notes of given masks"));
        assertEquals(cut.tiles(), asked.cut().tiles());
        Arrays.fill(left, 1);
        Files.write(first(folder), PngEncoder.labels(new LabelMap(30, 22, left)));
        assertTrue(asked.cut().tiles().size() > cut.tiles().size(), "a note of another mask does not count");
        Files.delete(first(folder));
        assertTrue(assertThrows(RunFailed.class, asked::cut).what().contains("no tissue mask"));
    }

    private static Path first(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().findFirst().orElseThrow();
        }
    }
}
