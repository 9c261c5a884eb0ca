package org.selfdiff.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Grouping;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.TileGrid;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

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
        return new CutTiles.Request(files, GRID, 0, Grouping.byPicture(), true, onFailure, DecodeLimits.standard());
    }

    private static CutTiles.Result cut(final PictureFiles files) throws Exception {
        return CutTiles.run(request(files, CutTiles.OnFailure.FAIL), RunControl.silent());
    }

    private static RunFailed failure(final PictureFiles files) {
        return assertThrows(RunFailed.class, () -> cut(files));
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
        final CutTiles.Result result = cut(in("i", "m", "_mask"));
        final int[][] places = {{0, 0}, {8, 0}, {12, 0}, {0, 1}, {8, 1}, {12, 1}};
        for (int k = 0; k < places.length; k++) {
            assertEquals(
                    new Tile(a, Optional.of(ma), places[k][0], places[k][1], 8, 8, Double.NaN, "a"),
                    result.tiles().get(k));
        }
        assertEquals(
                new Tile(b, Optional.of(mb), 0, 0, 8, 8, Double.NaN, "b"),
                result.tiles().get(6));
        assertEquals(7, result.tiles().size());
        assertEquals(
                List.of(
                        new CutTiles.PictureReport(a, Optional.of(ma), "a", 20, 9, 6, 0, "", false),
                        new CutTiles.PictureReport(b, Optional.of(mb), "b", 8, 8, 1, 0, "", false)),
                result.report());
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
        final CutTiles.Request request = new CutTiles.Request(
                in("i", null, ""),
                GRID,
                0,
                Grouping.byPicture(),
                false,
                CutTiles.OnFailure.FAIL,
                DecodeLimits.standard());
        assertEquals(6, CutTiles.run(request, RunControl.silent()).tiles().size());
    }

    @Test
    void foldersWithinFoldersAndMasksBesideTheirPictures() throws Exception {
        picture("i/one/a.png", 8, 8);
        picture("i/two/a.png", 8, 8);
        mask("i/one/a-m.png", 8, 8);
        mask("i/two/a-m.png", 8, 8);
        final Path root = folder.resolve("i");
        final PictureFiles files = new PictureFiles.Folder(root, true, Optional.of(root), "-m");
        final CutTiles.Request byFolder = new CutTiles.Request(
                files, GRID, 0, Grouping.byFolder(), true, CutTiles.OnFailure.FAIL, DecodeLimits.standard());
        final List<Tile> tiles = CutTiles.run(byFolder, RunControl.silent()).tiles();
        assertEquals(2, tiles.size());
        for (final Tile tile : tiles) {
            assertEquals(tile.image().getParent().toString(), tile.group());
            assertEquals(tile.image().resolveSibling("a-m.png"), tile.mask().orElseThrow());
        }
    }

    @Test
    void groupsByPattern() throws Exception {
        picture("i/s1_x.png", 8, 8);
        picture("i/s1_y.png", 8, 8);
        final PictureFiles files = in("i", null, "");
        final CutTiles.Request request = new CutTiles.Request(
                files,
                GRID,
                0,
                Grouping.byPattern("^(s\\d)_"),
                false,
                CutTiles.OnFailure.FAIL,
                DecodeLimits.standard());
        CutTiles.run(request, RunControl.silent()).tiles().forEach(tile -> assertEquals("s1", tile.group()));
        picture("i/odd.png", 8, 8);
        final RunFailed failed = assertThrows(RunFailed.class, () -> CutTiles.run(request, RunControl.silent()));
        assertTrue(failed.where().endsWith("odd.png"));
        assertEquals(
                "group pattern",
                assertThrows(RunFailed.class, () -> Grouping.byPattern("(")).where());
    }

    @Test
    void tilesWithoutTissueAreDroppedAndCounted() throws Exception {
        final byte[] rgb = new byte[3 * 16 * 8];
        Arrays.fill(rgb, (byte) 240);
        for (int i = 0; i < 128; i++) {
            if (i % 16 >= 8 && i / 16 >= 4) {
                rgb[3 * i + 1] = 90; // the lower half of the right tile is magenta; the median rounds its corner
            }
        }
        TestFiles.write(PngEncoder.picture(new Picture(16, 8, rgb)), folder.resolve("i/a.png"));
        for (final double[] expected : new double[][] {{0.4, 1, 1}, {0.51, 0, 2}, {0, 2, 0}}) {
            final CutTiles.Request request = new CutTiles.Request(
                    in("i", null, ""),
                    GRID,
                    expected[0],
                    Grouping.byPicture(),
                    false,
                    CutTiles.OnFailure.FAIL,
                    DecodeLimits.standard());
            final CutTiles.PictureReport report =
                    CutTiles.run(request, RunControl.silent()).report().get(0);
            assertEquals(expected[1], report.kept());
            assertEquals(expected[2], report.dropped());
            assertEquals(expected[2] == 0, report.note().isEmpty());
        }
    }

    @Test
    void anEmptyFolderIsNamed() throws Exception {
        Files.createDirectories(folder.resolve("i/within"));
        final RunFailed failed = failure(in("i", null, ""));
        assertEquals("The folder holds no pictures", failed.what());
        assertEquals(folder.resolve("i").toString(), failed.where());
        assertTrue(failed.remedy().contains("PNG, JPEG, BMP, GIF and TIFF"));
        assertEquals(
                "The folder of pictures does not exist",
                failure(in("none", null, "")).what());
        assertTrue(assertThrows(RunFailed.class, () -> new PictureFiles.Listed(List.of()).list())
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
        assertTrue(failure(in("i", "i", "")).what().contains("share a folder"));
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
        final CutTiles.Request padded = new CutTiles.Request(
                in("i", "m", ""),
                new TileGrid(8, 8, TileGrid.Border.PAD),
                0,
                Grouping.byPicture(),
                true,
                CutTiles.OnFailure.FAIL,
                DecodeLimits.standard());
        assertEquals(1, CutTiles.run(padded, RunControl.silent()).tiles().size());
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
        final CutTiles.Result result =
                CutTiles.run(request(in("i", "m", ""), CutTiles.OnFailure.SKIP_AND_REPORT), RunControl.silent());
        assertEquals(1, result.tiles().size());
        assertTrue(result.report().get(1).failed());
        assertTrue(result.report().get(1).note().contains("cut off"));
        Files.delete(folder.resolve("i/a.png"));
        final RunFailed all = assertThrows(
                RunFailed.class,
                () -> CutTiles.run(request(in("i", "m", ""), CutTiles.OnFailure.SKIP_AND_REPORT), RunControl.silent()));
        assertTrue(all.what().startsWith("None of the 1 pictures could be used"));
    }

    @Test
    void cancellingInTheMiddleEndsIt() throws Exception {
        for (int k = 0; k < 5; k++) {
            picture("i/" + k + ".png", 8, 8);
            mask("m/" + k + ".png", 8, 8);
        }
        final CancelAfter control = new CancelAfter(2);
        assertThrows(
                RunCancelled.class, () -> CutTiles.run(request(in("i", "m", ""), CutTiles.OnFailure.FAIL), control));
        assertEquals(2, control.reports());
    }

    @Test
    void theRealSetIsCutAsAnnounced() throws Exception {
        final Path real =
                Path.of("../../shared/data/nuclei-he").toAbsolutePath().normalize();
        if (!Files.isDirectory(real)) {
            System.out.println("skipped: real pictures are not at " + real);
            return;
        }
        final PictureFiles files =
                new PictureFiles.Folder(real.resolve("images"), false, Optional.of(real.resolve("labels")), "");
        final CutTiles.Request request = new CutTiles.Request(
                files,
                new TileGrid(128, 128, TileGrid.Border.SHIFT),
                0,
                Grouping.byPicture(),
                true,
                CutTiles.OnFailure.FAIL,
                DecodeLimits.standard());
        final CutTiles.Result result = CutTiles.run(request, RunControl.silent());
        assertEquals(81, result.report().size());
        assertEquals(81 * 6, result.tiles().size(), "320 x 256: three columns, two rows");
        final LabelMap labels = org.selfdiff.imaging.MaskCoding.labels()
                .read(real.resolve("labels/00ae65c1c6631ae6.png"), DecodeLimits.standard());
        assertEquals(
                70, Arrays.stream(labels.labels()).filter(v -> v > 0).distinct().count(), "nuclei as in the index");
    }
}
