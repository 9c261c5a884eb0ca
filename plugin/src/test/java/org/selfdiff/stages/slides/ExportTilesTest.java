package org.selfdiff.stages.slides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileMask;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.imaging.tiff.TestTiff;
import org.selfdiff.imaging.tiff.write.SlideFormat;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAfter;

class ExportTilesTest {
    @TempDir
    Path folder;

    /** Every other tile of a slide at half its resolution. */
    private static List<Tile> tiles(final MakeSlides.Made slide) {
        final List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tiles.add(new Tile(
                    slide.image(),
                    new Tile.Area(64 * i, 32 * i, 32, 32, 2, 1),
                    Optional.of(new TileMask(slide.annotation(), List.of("Normal", "Stroma", "Tumor"), List.of())),
                    slide.group(),
                    Optional.empty(),
                    Tile.Findings.none()));
        }
        return tiles;
    }

    private ExportTiles.Request request(final List<Tile> tiles, final ExportTiles.Format format, final int threads) {
        return request(tiles, format, CutTiles.OnFailure.FAIL, threads);
    }

    private ExportTiles.Request request(
            final List<Tile> tiles,
            final ExportTiles.Format format,
            final CutTiles.OnFailure onFailure,
            final int threads) {
        return new ExportTiles.Request(
                tiles, folder.resolve("out"), format, 90, Optional.of(MaskCoding.labels()), onFailure, threads);
    }

    @Test
    void filesHoldWhatReadersSee() throws Exception {
        final MakeSlides.Result slides = PhantomSlides.make(folder.resolve("set"), 2, 1500, 800, SlideFormat.OME_TIFF);
        final List<Tile> tiles = new ArrayList<>(tiles(slides.slides().get(0)));
        tiles.addAll(tiles(slides.slides().get(1)));
        final ExportTiles.Result result =
                ExportTiles.run(request(tiles, ExportTiles.Format.PNG, 3), RunControl.silent());
        assertEquals(2, result.slides());
        assertEquals(0, result.reused());
        assertEquals(40, result.files().size());
        try (PictureCache cache = PictureCache.standard()) {
            for (int i = 0; i < tiles.size(); i++) {
                final ExportTiles.TileFiles files = result.files().get(i).orElseThrow();
                assertEquals(
                        cache.pixels(tiles.get(i), RunControl.silent()),
                        Pictures.read(files.picture(), DecodeLimits.standard()));
                assertEquals(
                        cache.labels(tiles.get(i), MaskCoding.labels(), RunControl.silent()),
                        Masks.read(files.labels().orElseThrow(), MaskCoding.labels(), DecodeLimits.standard()));
            }
        }
        final Path first = result.files().get(0).orElseThrow().picture().getParent();
        final List<String> csv = Files.readAllLines(first.resolve("tiles.csv"));
        assertEquals(21, csv.size());
        assertTrue(csv.get(0).startsWith("file,label_file,slide,level,mpp,downsample,x,y,width,height,"));
        assertTrue(csv.get(2).startsWith("x64_y32.png,x64_y32_label.png,"), csv.get(2));
        assertTrue(csv.get(2).contains(",0,1.0,2.0,64,32,32,32,"), csv.get(2));
        final Path named = first.resolve(csv.get(2).split(",")[2]);
        assertTrue(csv.get(2).contains(",../../set/slides/"), csv.get(2));
        assertEquals(slides.slides().get(0).image(), named.normalize());
    }

    @Test
    void whatIsThereIsLeftAndWhatChangedIsWrittenAnew() throws Exception {
        final MakeSlides.Made slide = PhantomSlides.make(folder.resolve("set"), 1, 1500, 800, SlideFormat.APERIO)
                .slides()
                .get(0);
        final List<Tile> tiles = tiles(slide);
        final ExportTiles.Result first =
                ExportTiles.run(request(tiles, ExportTiles.Format.JPEG, 1), RunControl.silent());
        final Path file = first.files().get(0).orElseThrow().picture();
        assertTrue(file.toString().endsWith(".jpg"));
        final FileTime long_ago = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, long_ago);
        assertEquals(
                1,
                ExportTiles.run(request(tiles, ExportTiles.Format.JPEG, 2), RunControl.silent())
                        .reused());
        assertEquals(long_ago, Files.getLastModifiedTime(file), "not written again");
        final List<Tile> fewer = tiles.subList(0, 5);
        assertEquals(
                0,
                ExportTiles.run(request(fewer, ExportTiles.Format.JPEG, 2), RunControl.silent())
                        .reused());
        try (Stream<Path> all = Files.list(file.getParent())) {
            assertEquals(5 * 2 + 3, all.count(), "pictures, label maps, table, list and key of the new request alone");
        }
    }

    @Test
    void filesThatAreGoneAreWrittenAnew() throws Exception {
        final List<Tile> tiles = tiles(PhantomSlides.make(folder.resolve("set"), 1, 1500, 800, SlideFormat.APERIO)
                .slides()
                .get(0));
        final Path gone = ExportTiles.run(request(tiles, ExportTiles.Format.PNG, 2), RunControl.silent())
                .files()
                .get(3)
                .orElseThrow()
                .picture();
        final byte[] before = Files.readAllBytes(gone);
        Files.delete(gone);
        assertEquals(
                0,
                ExportTiles.run(request(tiles, ExportTiles.Format.PNG, 2), RunControl.silent())
                        .reused());
        assertArrayEquals(before, Files.readAllBytes(gone));
    }

    @Test
    void aLabelMapThatWasCorrectedByHandIsNotOverwritten() throws Exception {
        final List<Tile> tiles = tiles(PhantomSlides.make(folder.resolve("set"), 1, 1500, 800, SlideFormat.APERIO)
                .slides()
                .get(0));
        final Path labels = ExportTiles.run(request(tiles, ExportTiles.Format.PNG, 2), RunControl.silent())
                .files()
                .get(3)
                .orElseThrow()
                .labels()
                .orElseThrow();
        final byte[] corrected = PngEncoder.labels(new LabelMap(32, 32, new int[32 * 32]));
        Files.write(labels, corrected);
        assertEquals(
                1,
                ExportTiles.run(request(tiles, ExportTiles.Format.PNG, 2), RunControl.silent())
                        .reused(),
                "the same export leaves it");
        final RunFailed failed = assertThrows(
                RunFailed.class,
                () -> ExportTiles.run(request(tiles, ExportTiles.Format.JPEG, 2), RunControl.silent()));
        assertEquals(labels.toString(), failed.where());
        assertArrayEquals(corrected, Files.readAllBytes(labels));
    }

    /** As many folders as slides, whatever their names; no name is too long for a disk. */
    @Test
    void everySlideHasAFolderOfItsOwn() {
        final String longName = "\u00e4".repeat(110) + "x".repeat(30);
        final List<Path> slides = Stream.of(
                        "a.jpg", "a.png", "a-2.png", "A.tif", "b/a-3.png", longName + "1.svs", longName + "2.svs")
                .map(Path::of)
                .toList();
        final Map<Path, String> names = FolderNames.of(slides);
        assertEquals(
                List.of("a", "a-4", "a-2", "A-5", "a-3"),
                slides.subList(0, 5).stream().map(names::get).toList());
        for (final Path slide : slides) {
            assertTrue(names.get(slide).getBytes(StandardCharsets.UTF_8).length <= 120, names.get(slide));
        }
        assertEquals(
                slides.size(),
                names.values().stream()
                        .map(n -> n.toLowerCase(Locale.ROOT))
                        .distinct()
                        .count());
        final List<Path> tifs = List.of(Path.of("b/x.tif"), Path.of("c/x.tif"));
        assertEquals(List.of("x", "x-2"), List.copyOf(FolderNames.of(tifs).values()));
    }

    @Test
    void slidesOfOneNameAreExportedSideBySide() throws Exception {
        final List<Tile> tiles = new ArrayList<>();
        final String longName = "n".repeat(225);
        for (final String name : List.of("b/a.png", "a.png", "a-2.png", longName + ".png")) {
            Files.createDirectories(folder.resolve("b"));
            final Path image =
                    Files.write(folder.resolve(name), PngEncoder.picture(TestFiles.noise(name.hashCode(), 32, 32)));
            tiles.add(Tile.of(image, Optional.empty(), 0, 0, 32, 32, Double.NaN, ""));
        }
        final ExportTiles.Result result =
                ExportTiles.run(request(tiles, ExportTiles.Format.PNG, 1), RunControl.silent());
        for (int i = 0; i < tiles.size(); i++) {
            assertEquals(
                    Pictures.read(tiles.get(i).image(), DecodeLimits.standard()),
                    Pictures.read(result.files().get(i).orElseThrow().picture(), DecodeLimits.standard()));
        }
    }

    @Test
    void cancelledOrFailedItLeavesNoHalfSlide() throws Exception {
        final MakeSlides.Made slide = PhantomSlides.make(folder.resolve("set"), 1, 1500, 800, SlideFormat.APERIO)
                .slides()
                .get(0);
        final List<Tile> tiles = tiles(slide);
        assertThrows(
                RunCancelled.class,
                () -> ExportTiles.run(request(tiles, ExportTiles.Format.PNG, 1), new CancelAfter(1)));
        assertEmpty();
        final List<Tile> broken = new ArrayList<>(tiles);
        broken.add(new Tile(
                slide.image(),
                new Tile.Area(7, 7, 32, 32, 2, 1),
                Optional.of(TileMask.picture(folder.resolve("gone.png"))),
                "",
                Optional.empty(),
                Tile.Findings.none()));
        final RunFailed failed = assertThrows(
                RunFailed.class,
                () -> ExportTiles.run(request(broken, ExportTiles.Format.PNG, 2), RunControl.silent()));
        assertTrue(failed.getMessage().contains("gone.png"), failed.getMessage());
        assertEmpty();
        final List<Tile> twice = List.of(tiles.get(0), tiles.get(0));
        assertTrue(assertThrows(
                        RunFailed.class,
                        () -> ExportTiles.run(request(twice, ExportTiles.Format.PNG, 1), RunControl.silent()))
                .what()
                .contains("same pixel"));
    }

    /** A slide that is damaged in the middle leaves no folder; the others are whole. */
    @Test
    void aSlideThatCannotBeReadIsLeftOutIfThatIsChosen() throws Exception {
        final MakeSlides.Result slides = PhantomSlides.make(folder.resolve("set"), 2, 1500, 800, SlideFormat.OME_TIFF);
        final List<Tile> tiles = new ArrayList<>(tiles(slides.slides().get(0)));
        tiles.addAll(tiles(slides.slides().get(1)));
        final Path damaged = slides.slides().get(0).image();
        try (FileChannel file = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
        final RunFailed failed = assertThrows(
                RunFailed.class, () -> ExportTiles.run(request(tiles, ExportTiles.Format.PNG, 2), RunControl.silent()));
        assertTrue(failed.where().contains(damaged.toString()), failed.where());
        assertEmpty();
        final List<String> warnings = new ArrayList<>();
        final ExportTiles.Result result = ExportTiles.run(
                request(tiles, ExportTiles.Format.PNG, CutTiles.OnFailure.SKIP_AND_REPORT, 2), warned(warnings));
        assertEquals(1, result.unreadable());
        assertEquals(List.of(failed.getMessage()), warnings);
        for (int i = 0; i < tiles.size(); i++) {
            assertEquals(i >= 20, result.files().get(i).isPresent());
        }
        assertEquals(
                20,
                result.files().stream()
                        .flatMap(Optional::stream)
                        .filter(f -> Files.exists(f.picture()))
                        .count());
        try (Stream<Path> all = Files.list(folder.resolve("out"))) {
            assertEquals(1, all.count(), "nothing is left of the damaged slide");
        }
    }

    /** Where nothing can be written, leaving slides out is no way round it. */
    @Test
    void aFolderThatCannotBeWrittenAlwaysEndsTheRun() throws Exception {
        final List<Tile> tiles = tiles(PhantomSlides.make(folder.resolve("set"), 1, 1500, 800, SlideFormat.APERIO)
                .slides()
                .get(0));
        Files.writeString(folder.resolve("out"), "a file where the folder would be");
        final RunFailed failed = assertThrows(
                RunFailed.class,
                () -> ExportTiles.run(
                        request(tiles, ExportTiles.Format.PNG, CutTiles.OnFailure.SKIP_AND_REPORT, 1),
                        RunControl.silent()));
        assertTrue(failed.where().startsWith(folder.resolve("out").toString()), failed.where());
    }

    private static RunControl warned(final List<String> warnings) {
        return new RunControl() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(final double fraction, final String message) {
                // nobody looks
            }

            @Override
            public void warn(final String message) {
                warnings.add(message);
            }
        };
    }

    private void assertEmpty() throws Exception {
        if (Files.exists(folder.resolve("out"))) {
            try (Stream<Path> all = Files.list(folder.resolve("out"))) {
                assertFalse(all.findAny().isPresent(), "no folder is left");
            }
        }
    }

    /** Numbers of objects may be larger than a label map can hold; 70000 is one that a TIFF of 32 bits can. */
    @Test
    void labelsThatAMapCannotHoldAreNamed() throws Exception {
        final Path image = TestFiles.write(PngEncoder.picture(TestFiles.noise(1, 4, 1)), folder.resolve("a.png"));
        final TestTiff tiff = new TestTiff(false, java.nio.ByteOrder.BIG_ENDIAN);
        tiff.dir()
                .image(4, 1, 1, 1, 32)
                .strips(
                        1,
                        java.nio.ByteBuffer.allocate(16)
                                .putInt(0)
                                .putInt(65_535)
                                .putInt(70_000)
                                .putInt(1)
                                .array());
        final Path mask = tiff.write(folder.resolve("a_mask.tif"));
        final Tile tile = Tile.of(image, Optional.of(mask), 0, 0, 4, 1, 1, "a");
        final RunFailed failed = assertThrows(
                RunFailed.class,
                () -> ExportTiles.run(request(List.of(tile), ExportTiles.Format.PNG, 1), RunControl.silent()));
        assertTrue(failed.what().contains("70000"), failed.what());
        assertTrue(failed.where().contains("a_mask.tif"), failed.where());
    }
}
