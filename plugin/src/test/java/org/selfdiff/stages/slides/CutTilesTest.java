package org.selfdiff.stages.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.data.Augmentation;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.ClassLabels;
import org.selfdiff.data.Grouping;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.annotation.AnnotationSettings;
import org.selfdiff.imaging.grid.Resolution;
import org.selfdiff.imaging.grid.TileGrid;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.imaging.tiff.TestTiff;
import org.selfdiff.imaging.tiff.write.PhilipsSlide;
import org.selfdiff.imaging.tissue.TissueSettings;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAfter;
import org.selfdiff.stages.compute.TileInput;

class CutTilesTest {
    private static final TileGrid GRID = new TileGrid(8, 8, TileGrid.Border.SHIFT);

    @TempDir
    Path folder;

    private Path picture(final String name, final int width, final int height) throws Exception {
        return TestFiles.write(PngEncoder.picture(TestFiles.noise(1, width, height)), folder.resolve(name));
    }

    private Path mask(final String name, final int width, final int height) throws Exception {
        return TestFiles.write(PngEncoder.labels(TestFiles.labels(1, width, height, 2)), folder.resolve(name));
    }

    private PictureFiles in(final String pictures, final String masks, final String suffix) {
        return new PictureFiles.Folder(
                folder.resolve(pictures), false, Optional.ofNullable(masks).map(folder::resolve), suffix);
    }

    private static CutTiles.Request request(final PictureFiles files, final CutTiles.OnFailure onFailure) {
        return request(files, GRID, CutTiles.TissueRule.none(), Grouping.byPicture(), true, onFailure);
    }

    private static CutTiles.Request request(
            final PictureFiles files,
            final TileGrid grid,
            final CutTiles.TissueRule tissue,
            final Grouping grouping,
            final boolean masksRequired,
            final CutTiles.OnFailure onFailure) {
        return new CutTiles.Request(
                files,
                CutTiles.Reading.finest(),
                grid,
                tissue,
                CutTiles.AnnotationRule.labels(),
                Double.NaN,
                grouping,
                masksRequired,
                onFailure,
                false,
                Optional.empty(),
                2,
                DecodeLimits.standard());
    }

    private static CutTiles.Request onePerPicture(final PictureFiles files, final int side) {
        final CutTiles.Request grid = request(
                files,
                TileGrid.centre(side),
                CutTiles.TissueRule.none(),
                Grouping.byPicture(),
                true,
                CutTiles.OnFailure.FAIL);
        return new CutTiles.Request(
                grid.pictures(),
                new CutTiles.Reading(Resolution.shorterSide(side), 0, 0.05),
                grid.grid(),
                grid.tissue(),
                grid.annotations(),
                grid.minSharpness(),
                grid.grouping(),
                grid.masksRequired(),
                grid.onFailure(),
                false,
                Optional.empty(),
                2,
                grid.limits());
    }

    private static Cut cut(final PictureFiles files) throws Exception {
        return Cut.of(request(files, CutTiles.OnFailure.FAIL));
    }

    private static RunFailed failure(final PictureFiles files) {
        return assertThrows(RunFailed.class, () -> cut(files));
    }

    /** A tile of known files without what was found out about it. */
    private static Tile unfound(final Tile tile) {
        assertTrue(tile.findings().files().isPresent());
        return new Tile(tile.image(), tile.area(), tile.mask(), tile.group(), tile.stain(), Tile.Findings.none());
    }

    /** Squares of two grey levels: each pixel of a tile is the mean of those it covers, its label that at its centre. */
    @Test
    void oneTileOfEachPictureIsItsMiddleScaledDown() throws Exception {
        final byte[] rgb = new byte[3 * 30 * 12];
        final int[] labels = new int[30 * 12];
        for (int i = 0; i < labels.length; i++) {
            final int column = (i % 30 - 9) / 3; // of the tile, 9 pixels are left out on both sides
            Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) (i % 30 < 9 || i % 30 >= 21 ? 255 : 10 * column));
            labels[i] = i % 30 >= 15 ? 1 : 0;
        }
        TestFiles.write(PngEncoder.picture(new Picture(30, 12, rgb)), folder.resolve("i/a.png"));
        TestFiles.write(PngEncoder.labels(new LabelMap(30, 12, labels)), folder.resolve("m/a.png"));
        final Cut cut = Cut.of(onePerPicture(in("i", "m", ""), 4));
        assertEquals(1, cut.tiles().size());
        final Tile tile = cut.tiles().get(0);
        assertEquals(new Tile.Area(9, 0, 4, 4, 3, Double.NaN), tile.area());
        try (PictureCache cache = PictureCache.standard()) {
            final Picture pixels = cache.pixels(tile, RunControl.silent());
            final LabelMap map = cache.labels(tile, MaskCoding.labels(), RunControl.silent());
            for (int i = 0; i < 16; i++) {
                assertEquals(10 * (i % 4), pixels.rgb()[3 * i] & 0xff);
                assertEquals(i % 4 >= 2 ? 1 : 0, map.labels()[i]);
            }
        }
        // sides that the tile does not divide, and a level that is nearly as coarse: still one tile of that size
        picture("i/b.png", 201, 97);
        mask("m/b.png", 201, 97);
        assertEquals(
                1, Cut.of(onePerPicture(in("i", "m", ""), 12)).report().get(1).kept());
        final RunFailed small = assertThrows(RunFailed.class, () -> Cut.of(onePerPicture(in("i", "m", ""), 13)));
        assertTrue(small.getMessage().contains("30 x 12 px"), small.getMessage());
        assertTrue(small.getMessage().contains("smaller tile"), small.getMessage());
    }

    @Test
    void tilesComeInOrderWithTheirMasksAndGroups() throws Exception {
        final Path b = picture("i/b.png", 8, 8);
        final Path a = picture("i/a.png", 20, 9);
        final Path maskA = mask("m/a_mask.tif.png", 1, 1);
        Files.delete(maskA);
        final Path ma = mask("m/a_mask.png", 20, 9);
        final Path mb = mask("m/b_mask.png", 8, 8);
        Files.writeString(folder.resolve("i/readme.txt"), "not a picture");
        final Cut result = cut(in("i", "m", "_mask"));
        final int[][] places = {{0, 0}, {8, 0}, {12, 0}, {0, 1}, {8, 1}, {12, 1}};
        for (int k = 0; k < places.length; k++) {
            assertEquals(
                    Tile.of(a, Optional.of(ma), places[k][0], places[k][1], 8, 8, Double.NaN, "a"),
                    unfound(result.tiles().get(k)));
        }
        assertEquals(
                Tile.of(b, Optional.of(mb), 0, 0, 8, 8, Double.NaN, "b"),
                unfound(result.tiles().get(6)));
        assertEquals(7, result.tiles().size());
        final SlideReport first = result.report().get(0);
        assertEquals(a, first.image());
        assertEquals(Optional.of(ma), first.mask());
        assertEquals("a", first.group());
        assertEquals(20, first.slide().orElseThrow().width());
        assertEquals(9, first.slide().orElseThrow().height());
        assertEquals("PNG", first.slide().orElseThrow().format());
        assertEquals(6, first.kept());
        assertEquals(0, first.dropped().all());
        assertEquals("", first.note());
        assertEquals(1, result.report().get(1).kept());
    }

    @Test
    void sixteenBitGreyAndPalettePicturesAreCutAsAnyOther() throws Exception {
        TestFiles.write(new byte[0], folder.resolve("i/x"));
        final int[] types = {
            BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_BYTE_INDEXED
        };
        for (final int type : types) {
            TestFiles.write(
                    TestFiles.image(TestFiles.noise(type, 8, 8), type), "png", folder.resolve("i/" + type + ".png"));
            TestFiles.write(
                    TestFiles.image(TestFiles.noise(type, 8, 8), type), "png", folder.resolve("i/m" + type + ".png"));
        }
        final CutTiles.Request request = request(
                in("i", null, ""),
                GRID,
                CutTiles.TissueRule.none(),
                Grouping.byPicture(),
                false,
                CutTiles.OnFailure.FAIL);
        assertEquals(6, Cut.of(request).tiles().size());
    }

    @Test
    void foldersWithinFoldersAndMasksBesideTheirPictures() throws Exception {
        picture("i/one/a.png", 8, 8);
        picture("i/two/a.png", 8, 8);
        mask("i/one/a-m.png", 8, 8);
        mask("i/two/a-m.png", 8, 8);
        final Path root = folder.resolve("i");
        final PictureFiles files = new PictureFiles.Folder(root, true, Optional.of(root), "-m");
        final CutTiles.Request byFolder =
                request(files, GRID, CutTiles.TissueRule.none(), Grouping.byFolder(), true, CutTiles.OnFailure.FAIL);
        final List<Tile> tiles = Cut.of(byFolder).tiles();
        assertEquals(2, tiles.size());
        for (final Tile tile : tiles) {
            assertEquals(tile.image().getParent().getFileName().toString(), tile.group());
            assertEquals(
                    tile.image().resolveSibling("a-m.png"),
                    tile.mask().orElseThrow().file());
        }
    }

    @Test
    void groupsByPattern() throws Exception {
        picture("i/s1_x.png", 8, 8);
        picture("i/s1_y.png", 8, 8);
        final PictureFiles files = in("i", null, "");
        final CutTiles.Request request = request(
                files,
                GRID,
                CutTiles.TissueRule.none(),
                Grouping.byPattern("^(s\\d)_"),
                false,
                CutTiles.OnFailure.FAIL);
        Cut.of(request).tiles().forEach(tile -> assertEquals("s1", tile.group()));
        picture("i/odd.png", 8, 8);
        final RunFailed failed = assertThrows(RunFailed.class, () -> Cut.of(request));
        assertTrue(failed.where().endsWith("odd.png"));
        assertEquals(
                "group pattern",
                assertThrows(RunFailed.class, () -> Grouping.byPattern("(")).where());
    }

    private static CutTiles.TissueRule tissue(final double least) {
        return new CutTiles.TissueRule(
                CutTiles.TissueRule.Where.EVERYWHERE, least, TissueSettings.saturationOnly(), Optional.empty());
    }

    @Test
    void tilesWithoutTissueAreDroppedAndCounted() throws Exception {
        final byte[] rgb = new byte[3 * 64 * 32];
        Arrays.fill(rgb, (byte) 240);
        for (int i = 0; i < 64 * 32; i++) {
            if (i % 64 >= 32 && i / 64 >= 16) {
                rgb[3 * i + 1] = 90; // the lower half of the right tile is magenta
            }
        }
        TestFiles.write(PngEncoder.picture(new Picture(64, 32, rgb)), folder.resolve("i/a.png"));
        for (final double[] expected : new double[][] {{0.45, 1, 1}, {0.55, 0, 2}, {0, 2, 0}}) {
            final CutTiles.Request request = request(
                    in("i", null, ""),
                    new TileGrid(32, 32, TileGrid.Border.SHIFT),
                    tissue(expected[0]),
                    Grouping.byPicture(),
                    false,
                    CutTiles.OnFailure.FAIL);
            final Cut cut = Cut.of(request);
            final SlideReport report = cut.report().get(0);
            assertEquals(expected[1], report.kept());
            assertEquals(expected[2], report.dropped().tissue());
            assertEquals(expected[1] == 0, report.note().equals("no tile is left"));
            for (final Tile tile : cut.tiles()) {
                assertEquals(tile.x() == 0 ? 0 : 0.5, tile.findings().tissue(), 0.04);
            }
        }
    }

    @Test
    void blocksThatAFileLeavesOutAreNoted() throws Exception {
        final Path slide = Files.createDirectories(folder.resolve("i")).resolve("a.tiff");
        PhilipsSlide.write(slide, 1000, 500, 0.25, (x, y, w, h) -> x == 512 && y == 0 ? null : new byte[3 * w * h]);
        picture("i/b.png", 8, 8);
        final Cut cut = Cut.of(request(
                new PictureFiles.Folder(folder.resolve("i"), false, Optional.empty(), ""),
                GRID,
                CutTiles.TissueRule.none(),
                Grouping.byPicture(),
                false,
                CutTiles.OnFailure.FAIL));
        final String note = cut.report().get(0).note();
        assertTrue(note.startsWith("1 of 2 blocks of the level that is read are absent"), note);
        assertEquals("", cut.report().get(1).note());
        assertTrue(cut.result().failed() == 0 && cut.report().get(0).kept() > 0);
    }

    @Test
    void anEmptyFolderIsNamed() throws Exception {
        Files.createDirectories(folder.resolve("i/within"));
        final RunFailed failed = failure(in("i", null, ""));
        assertEquals("The folder holds no pictures", failed.what());
        assertEquals(folder.resolve("i").toString(), failed.where());
        assertTrue(failed.remedy().contains("PNG, JPEG, BMP and GIF"));
        assertEquals(
                "The folder of pictures does not exist",
                failure(in("none", null, "")).what());
        assertTrue(assertThrows(RunFailed.class, () -> new PictureFiles.Listed(List.of()).list(RunControl.silent()))
                .where()
                .contains("table"));
    }

    @Test
    void missingMasksAreNamed() throws Exception {
        picture("i/a.png", 8, 8);
        Files.createDirectories(folder.resolve("m"));
        final RunFailed none = failure(in("i", "m", "_x"));
        assertEquals("None of the 1 pictures has a mask of its name", none.what());
        assertTrue(none.remedy().contains("a_x.png"), none.remedy());
        mask("m/a_x.png", 8, 8);
        picture("i/b.png", 8, 8);
        final RunFailed one = failure(in("i", "m", "_x"));
        assertEquals("The picture has no mask", one.what());
        assertTrue(one.where().endsWith("b.png"));
        assertTrue(one.remedy().contains("b_x.png"));
        TestFiles.write(Files.readAllBytes(folder.resolve("m/a_x.png")), folder.resolve("m/a_x.tif"));
        assertTrue(failure(in("i", "m", "_x")).what().contains("2 masks"));
        assertEquals(
                "None of the 2 pictures has a mask of its name",
                failure(in("i", "i", "")).what(),
                "pictures are no masks of themselves");
    }

    @Test
    void aMaskOfAnotherSizeIsNamedWithBothSizes() throws Exception {
        picture("i/a.png", 16, 8);
        mask("m/a.png", 8, 16);
        final RunFailed failed = failure(in("i", "m", ""));
        assertEquals("The mask has 8 x 16 pixels, its picture 16 x 8", failed.what());
        assertTrue(failed.where().contains("mask ") && failed.where().contains("picture "));
    }

    @Test
    void aPictureSmallerThanATileIsPaddedOnlyIfThatIsChosen() throws Exception {
        picture("i/a.png", 8, 5);
        mask("m/a.png", 8, 5);
        final RunFailed failed = failure(in("i", "m", ""));
        assertTrue(failed.what().contains("8 x 5") && failed.what().contains("tile of 8"), failed.what());
        final CutTiles.Request padded = request(
                in("i", "m", ""),
                new TileGrid(8, 8, TileGrid.Border.PAD),
                CutTiles.TissueRule.none(),
                Grouping.byPicture(),
                true,
                CutTiles.OnFailure.FAIL);
        assertEquals(1, Cut.of(padded).tiles().size());
    }

    @Test
    void whatFailsIsSkippedAndReportedIfThatIsChosen() throws Exception {
        picture("i/a.png", 8, 8);
        mask("m/a.png", 8, 8);
        final Path cut = picture("i/cut.png", 64, 64);
        mask("m/cut.png", 64, 64);
        final byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertTrue(failure(in("i", "m", "")).where().endsWith("cut.png"));
        final Cut result = Cut.of(request(in("i", "m", ""), CutTiles.OnFailure.SKIP_AND_REPORT));
        assertEquals(1, result.tiles().size());
        assertTrue(result.report().get(1).failed());
        assertTrue(result.report().get(1).note().contains("cut off"));
        Files.delete(folder.resolve("i/a.png"));
        final Cut none = Cut.of(request(in("i", "m", ""), CutTiles.OnFailure.SKIP_AND_REPORT));
        assertEquals(1, none.result().failed());
        assertEquals(List.of(), none.tiles());
        assertTrue(
                none.report().get(0).note().contains("cut off"), "the report is there also when no slide can be used");
    }

    @Test
    void cancellingInTheMiddleEndsIt() throws Exception {
        for (int k = 0; k < 5; k++) {
            picture("i/" + k + ".png", 8, 8);
            mask("m/" + k + ".png", 8, 8);
        }
        final List<SlideReport> cut = new ArrayList<>();
        assertThrows(
                RunCancelled.class,
                () -> CutTiles.run(
                        request(in("i", "m", ""), CutTiles.OnFailure.FAIL), (r, t) -> cut.add(r), new CancelAfter(2)));
        assertTrue(cut.size() <= 2, "not all were cut");
    }

    /** One slide that takes long shows how far it is, how fast it goes and how long it will take, and can be stopped. */
    @Test
    void withinOneSlideThereIsProgressAndCancelling() throws Exception {
        picture("i/a.png", 16, 400);
        final CutTiles.Request request = request(
                in("i", null, ""),
                new TileGrid(8, 8, TileGrid.Border.DROP),
                CutTiles.TissueRule.none(),
                Grouping.byPicture(),
                false,
                CutTiles.OnFailure.FAIL);
        final List<String> lines = new ArrayList<>();
        final List<Double> shares = new ArrayList<>();
        CutTiles.run(request, (r, t) -> {}, new RunControl() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(final double fraction, final String message) {
                shares.add(fraction);
                lines.add(message);
            }

            @Override
            public void warn(final String message) {
                throw new AssertionError(message);
            }
        });
        assertTrue(shares.size() > 40, shares.toString());
        assertEquals(shares.stream().sorted().toList(), shares, "it never goes back");
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("0 of 1 slides, .*(s each|slides/s), \\d+:\\d\\d left")),
                lines.toString());
        assertThrows(RunCancelled.class, () -> CutTiles.run(request, (r, t) -> {}, new CancelAfter(20)));
    }

    @Test
    void theRealSetIsCutAsAnnounced() throws Exception {
        final Path real =
                Path.of("../../shared/data/nuclei-he").toAbsolutePath().normalize();
        if (!Files.isDirectory(real)) {
            System.out.println("*** NOT TESTED: no real pictures, " + real + " is missing ***");
        }
        Assumptions.assumeTrue(Files.isDirectory(real));
        final PictureFiles files =
                new PictureFiles.Folder(real.resolve("images"), false, Optional.of(real.resolve("labels")), "");
        final CutTiles.Request request = request(
                files,
                new TileGrid(128, 128, TileGrid.Border.SHIFT),
                CutTiles.TissueRule.none(),
                Grouping.byPicture(),
                true,
                CutTiles.OnFailure.FAIL);
        final Cut result = Cut.of(request);
        assertEquals(81, result.report().size());
        assertEquals(81 * 6, result.tiles().size(), "320 x 256: three columns, two rows");
        final LabelMap labels = Masks.read(
                real.resolve("labels/00ae65c1c6631ae6.png"),
                org.selfdiff.imaging.MaskCoding.labels(),
                DecodeLimits.standard());
        assertEquals(
                70, Arrays.stream(labels.labels()).filter(v -> v > 0).distinct().count(), "nuclei as in the index");
    }

    private Cut masked(final CutTiles.AnnotationRule.Keep keep, final List<String> classes) throws Exception {
        final CutTiles.Request plain = request(in("i", "m", ""), CutTiles.OnFailure.FAIL);
        return Cut.of(new CutTiles.Request(
                plain.pictures(),
                plain.reading(),
                plain.grid(),
                plain.tissue(),
                new CutTiles.AnnotationRule(keep, classes, List.of(), 0.5, AnnotationSettings.standard()),
                Double.NaN,
                plain.grouping(),
                true,
                CutTiles.OnFailure.FAIL,
                false,
                Optional.empty(),
                1,
                DecodeLimits.standard()));
    }

    private static List<String> labels(final Cut cut) {
        return cut.tiles().stream()
                .map(tile -> tile.findings().label().orElse("-"))
                .toList();
    }

    @Test
    void labelPicturesNameTilesAndDecideAboutThem() throws Exception {
        picture("i/a.png", 32, 8);
        final int[] labels = new int[32 * 8];
        for (int i = 0; i < labels.length; i++) {
            final int tile = i % 32 / 8;
            labels[i] = tile == 1 ? 1 : tile == 2 && i / 32 < 5 ? 2 : tile == 3 && i / 32 < 3 ? 1 : 0;
        }
        TestFiles.write(PngEncoder.labels(new LabelMap(32, 8, labels)), folder.resolve("m/a.png"));
        final CutTiles.AnnotationRule.Keep all = CutTiles.AnnotationRule.Keep.ALL;
        assertEquals(List.of("-", "gland", "stroma", "-"), labels(masked(all, List.of("gland", "stroma"))));
        assertEquals(List.of("-", "gland", "gland", "-"), labels(masked(all, List.of("gland"))));
        assertEquals(List.of("-", "-", "-", "-"), labels(masked(all, List.of())), "nobody named a class");
        assertEquals(
                2,
                masked(CutTiles.AnnotationRule.Keep.INSIDE, List.of()).tiles().size(),
                "5/8 is inside, 3/8 not");
        assertEquals(
                1,
                masked(CutTiles.AnnotationRule.Keep.OUTSIDE, List.of()).tiles().size());
    }

    @Test
    void masksThatSayNothingAreNotedAndWarnedAbout() throws Exception {
        for (final String name : List.of("a", "b", "c")) {
            picture("i/" + name + ".png", 8, 8);
        }
        final int[] full = new int[64];
        Arrays.fill(full, 1);
        TestFiles.write(PngEncoder.labels(new LabelMap(8, 8, new int[64])), folder.resolve("m/a.png"));
        TestFiles.write(PngEncoder.labels(new LabelMap(8, 8, full)), folder.resolve("m/b.png"));
        mask("m/c.png", 8, 8);
        final List<String> warnings = new ArrayList<>();
        final Cut cut = Cut.of(request(in("i", "m", ""), CutTiles.OnFailure.FAIL), new RunControl() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(final double fraction, final String message) {
                // not looked at
            }

            @Override
            public void warn(final String message) {
                warnings.add(message);
            }
        });
        assertEquals(
                List.of("the mask is empty: all of it is background", "the mask has no background: all is 1", ""),
                cut.report().stream().map(SlideReport::note).toList());
        assertEquals(
                List.of("The report has notes on 2 of 3 slides, such as on a.png: the mask is empty: all of it is"
                        + " background."),
                warnings);
    }

    /** Names of values are those that somebody gives, not those that happen to occur in the annotations of others. */
    @Test
    void annotationsOfOtherPicturesNameNoValues() throws Exception {
        picture("i/a.png", 8, 8);
        picture("i/b.png", 8, 8);
        mask("m/a.png", 8, 8);
        Files.writeString(
                folder.resolve("m/b.geojson"),
                "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[8,0],[8,8],[0,8],"
                        + "[0,0]]]},\"properties\":{\"classification\":{\"name\":\"Tumor\"}}}");
        final Cut cut = masked(CutTiles.AnnotationRule.Keep.ALL, List.of());
        assertEquals(List.of("-", "Tumor"), labels(cut));
        assertEquals(List.of(), cut.tiles().get(0).mask().orElseThrow().classes());
        assertEquals(List.of("Tumor"), cut.tiles().get(1).mask().orElseThrow().classes());
        final Cut named = masked(CutTiles.AnnotationRule.Keep.ALL, List.of("Stroma", "Tumor"));
        assertEquals(
                List.of("Stroma", "Tumor"),
                named.tiles().get(0).mask().orElseThrow().classes());
    }

    @Test
    void greyPicturesAreNotedWhateverTheirFilesHold() throws Exception {
        final Picture noise = TestFiles.noise(3, 16, 16);
        final byte[] three = new byte[3 * 256];
        final byte[] one = new byte[256];
        final short[] deep = new short[256];
        for (int i = 0; i < 256; i++) {
            one[i] = noise.rgb()[3 * i];
            deep[i] = (short) (16 * (one[i] & 0xff) + 15); // 12 bits
            Arrays.fill(three, 3 * i, 3 * i + 3, one[i]);
        }
        TestFiles.write(PngEncoder.grey(16, 16, one), folder.resolve("grey/a.png"));
        TestFiles.write(PngEncoder.picture(new Picture(16, 16, three)), folder.resolve("grey/b.png"));
        TestFiles.write(PngEncoder.grey(16, 16, deep), folder.resolve("grey/c.png"));
        final byte[] tinged = three.clone();
        tinged[3 * 255]++; // the last pixel of the last tile
        TestFiles.write(PngEncoder.picture(new Picture(16, 16, tinged)), folder.resolve("grey/d.png"));
        final CutTiles.Request request = request(
                in("grey", null, ""),
                GRID,
                CutTiles.TissueRule.none(),
                Grouping.byPicture(),
                false,
                CutTiles.OnFailure.FAIL);
        final List<Tile> tiles = Cut.of(request).tiles();
        assertEquals(16, tiles.size());
        for (final Tile tile : tiles) {
            final boolean grey = !tile.image().endsWith("d.png");
            assertEquals(grey ? 1 : 3, tile.findings().channels(), tile.place());
        }
        assertEquals(3, TileInput.channels(tiles));
        assertEquals(1, TileInput.channels(tiles.subList(0, 12)));
        final TileBatches batches = new TileBatches(
                tiles.subList(0, 12),
                BatchSettings.pictures(12, 1, Augmentation.none()).withChannels(1),
                PictureCache.standard());
        final byte[] pixels = batches.inOrder(0, 12, RunControl.silent()).pixels();
        for (int i = 0; i < 256; i++) {
            assertEquals(pixels[i], pixels[256 + i], "one sample or three equal ones");
            assertEquals(pixels[i] & 0xff, pixels[512 + i] & 0xff, 1, "8 of 12 bits in use");
        }
    }

    /** Real radiographs; which of them are grey is known from an independent look at their samples. */
    @Test
    void realRadiographsAreGrey() throws Exception {
        final Path data =
                Path.of("../../shared/data/chest-xray/images").toAbsolutePath().normalize();
        Assumptions.assumeTrue(Files.isDirectory(data), "there are no chest radiographs in " + data);
        final CutTiles.Request request = request(
                new PictureFiles.Folder(data, false, Optional.empty(), ""),
                new TileGrid(256, 256, TileGrid.Border.PAD),
                CutTiles.TissueRule.none(),
                Grouping.byPicture(),
                false,
                CutTiles.OnFailure.FAIL);
        final Map<Path, Integer> channels = new TreeMap<>();
        Cut.of(request)
                .tiles()
                .forEach(tile -> channels.put(tile.image(), tile.findings().channels()));
        assertEquals(43, channels.size());
        for (final Map.Entry<Path, Integer> picture : channels.entrySet()) {
            final BufferedImage image = ImageIO.read(picture.getKey().toFile());
            boolean grey = true;
            for (int y = 0; grey && image.getRaster().getNumBands() > 1 && y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    final int rgb = image.getRGB(x, y);
                    grey &= (rgb >> 16 & 0xff) == (rgb & 0xff) && (rgb >> 8 & 0xff) == (rgb & 0xff);
                }
            }
            assertEquals(grey ? 1 : 3, picture.getValue(), picture.getKey().toString());
        }
        assertTrue(channels.values().stream().filter(c -> c == 1).count() >= 36);
    }

    /** A mask of three colours: names belong to numbers, colours to the learner, which tells both together. */
    @Test
    void colouredMasksNeedNoNamesInTheTilerAndSeveralAreRefusedWithAWayOut() throws Exception {
        picture("i/a.png", 16, 8);
        final BufferedImage colours = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 128; i++) {
            colours.setRGB(i % 16, i / 16, i % 16 < 8 ? 0x00ff00 : i < 64 ? 0xff0000 : 0);
        }
        Files.createDirectories(folder.resolve("m"));
        TestFiles.write(colours, "png", folder.resolve("m/a.png"));
        final CutTiles.AnnotationRule.Keep all = CutTiles.AnnotationRule.Keep.ALL;
        final RunFailed named = assertThrows(RunFailed.class, () -> masked(all, List.of("stroma", "tumour")));
        assertTrue(named.what().contains("#00ff00 where a class number is expected"), named.what());
        assertTrue(named.remedy().contains("in the Tiler, leave the class names empty"), named.remedy());
        final List<Tile> tiles = masked(all, List.of()).tiles();
        assertEquals(2, tiles.size());
        assertEquals(List.of("lesion", "lesion"), labels(masked(all, List.of("lesion"))), "one name is for any colour");
        final ClassLabels classes = new ClassLabels(
                MaskCoding.colours("#000000, #ff0000, #00ff00"), List.of("background", "tumour", "stroma"));
        final ClassLabels swapped = new ClassLabels(
                MaskCoding.colours("#000000, #00ff00, #ff0000"), List.of("background", "stroma", "tumour"));
        try (PictureCache cache = PictureCache.standard()) {
            for (int t = 0; t < 2; t++) {
                final int[] read =
                        cache.labels(tiles.get(t), classes, RunControl.silent()).labels();
                final int[] other =
                        cache.labels(tiles.get(t), swapped, RunControl.silent()).labels();
                for (int i = 0; i < 64; i++) {
                    final String name = t == 0 ? "stroma" : i < 32 ? "tumour" : "background";
                    assertEquals(name, classes.names().get(read[i]));
                    assertEquals(name, swapped.names().get(other[i]));
                }
            }
        }
    }

    /** The marks that turn a picture: in a PNG, a TIFF, of the mask alone, of the picture alone. */
    @Test
    void aMaskThatIsToBeTurnedIsNotedAlsoWhereSquareSidesFit() throws Exception {
        picture("i/a.png", 8, 8);
        picture("i/b.png", 8, 8);
        picture("i/c.png", 8, 8);
        mask("m/a.png", 8, 8);
        final byte[] plain = Files.readAllBytes(folder.resolve("m/a.png"));
        Files.write(folder.resolve("m/b.png"), turned(plain, 6));
        Files.write(folder.resolve("m/c.png"), turned(plain, 1));
        Files.delete(folder.resolve("i/c.png"));
        final byte[] turnedPicture = turned(PngEncoder.picture(TestFiles.noise(1, 8, 8)), 8);
        Files.write(folder.resolve("i/c.png"), turnedPicture);
        final List<SlideReport> report =
                Cut.of(request(in("i", "m", ""), CutTiles.OnFailure.FAIL)).report();
        assertEquals("", report.get(0).note());
        assertEquals(
                "the file of the mask says that it is to be turned or mirrored (orientation 6); it is read as it is stored,"
                        + " and fits only a picture that is stored the same way",
                report.get(1).note());
        assertTrue(report.get(2).note().contains("picture is to be turned or mirrored (orientation 8)"));
    }

    private static byte[] turned(final byte[] png, final int orientation) throws Exception {
        final ByteBuffer exif = ByteBuffer.allocate(30).put("eXIfMM".getBytes(StandardCharsets.US_ASCII));
        exif.putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3);
        exif.putInt(1).putShort((short) orientation);
        final CRC32 crc = new CRC32();
        crc.update(exif.array());
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, 33);
        out.write(ByteBuffer.allocate(4).putInt(26).array());
        out.write(exif.array());
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        out.write(png, 33, png.length - 33);
        return out.toByteArray();
    }

    /** 12 bits that were stored in 16 without being stretched are shown as they are, which is black: that is said. */
    @ParameterizedTest
    @ValueSource(ints = {10, 12, 14, 16})
    void greysThatUseAFewOfTheirBitsAreSaidToBeNearlyBlack(final int bits) throws Exception {
        final short[] greys = new short[64];
        final ByteBuffer samples = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 64; i++) {
            greys[i] = (short) (((1 << bits) - 1) * i / 63);
            samples.putShort(greys[i]);
        }
        TestFiles.write(PngEncoder.grey(8, 8, greys), folder.resolve("i/a.png"));
        final TestTiff tiff = new TestTiff(false, ByteOrder.LITTLE_ENDIAN);
        tiff.dir().image(8, 8, 1, 1, 16).strips(8, samples.array());
        tiff.write(folder.resolve("i/b.tif"));
        final CutTiles.Request request = request(
                in("i", null, ""),
                GRID,
                CutTiles.TissueRule.none(),
                Grouping.byPicture(),
                false,
                CutTiles.OnFailure.FAIL);
        final List<SlideReport> report = Cut.of(request).report();
        assertEquals("", report.get(0).note(), "PNG: white is what the bits in use can hold");
        final String note = report.get(1).note();
        final Matcher said = Pattern.compile("^the picture is nearly black: its brightest pixel is (\\d+) of 255;.*")
                .matcher(note);
        assertEquals(bits < 16, said.matches(), note);
        if (bits < 16) {
            assertEquals(255.0 * ((1 << bits) - 1) / 65535, Integer.parseInt(said.group(1)), 1);
        } else {
            assertEquals("", note);
        }
    }
}
