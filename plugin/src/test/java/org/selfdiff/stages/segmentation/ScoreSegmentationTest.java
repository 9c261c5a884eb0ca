package org.selfdiff.stages.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.ClassLabels;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.metrics.Confusion;
import org.selfdiff.metrics.EmptyClassPolicy;
import org.selfdiff.metrics.Scoring;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAfter;

class ScoreSegmentationTest {
    @TempDir
    Path folder;

    private final List<ScoreSegmentation.Pair> pairs = new ArrayList<>();

    private Path map(final String name, final int width, final int... labels) throws Exception {
        return TestFiles.write(
                PngEncoder.labels(new LabelMap(width, labels.length / width, labels)), folder.resolve(name + ".png"));
    }

    private void pair(final int[] truth, final int[] prediction) throws Exception {
        final String name = "p" + pairs.size();
        final LabelMap predicted = new LabelMap(prediction.length, 1, prediction);
        final Path file = map(name + "t", truth.length, truth);
        pairs.add(pair(name, new Tile.Area(0, 0, prediction.length, 1, 1, 0.5), predicted, Optional.of(truth(file))));
    }

    private static ScoreSegmentation.Pair pair(
            final String name,
            final Tile.Area area,
            final LabelMap predicted,
            final Optional<ScoreSegmentation.Truth> truth) {
        return new ScoreSegmentation.Pair(Path.of(name), area, () -> predicted, truth);
    }

    private static ScoreSegmentation.Truth truth(final Path file) {
        return new ScoreSegmentation.Truth(
                file, (classes, c) -> Masks.read(file, classes.coding(), DecodeLimits.standard()), c ->
                        new long[] {1000, 1});
    }

    private ScoreSegmentation.Result score(
            final MaskCoding coding, final EmptyClassPolicy policy, final boolean background) throws Exception {
        return ScoreSegmentation.run(
                new ScoreSegmentation.Request(
                        pairs,
                        new ClassLabels(coding, List.of("background", "nucleus")),
                        new Scoring(policy, background)),
                RunControl.silent());
    }

    @Test
    void byHand() throws Exception {
        pair(new int[] {0, 300, 255, 0}, new int[] {0, 1, 1, 1}); // instances: two found, one too many
        pair(new int[] {0, 0, 0, 0}, new int[] {0, 0, 0, 0});
        final ScoreSegmentation.Result r = score(MaskCoding.foreground(), EmptyClassPolicy.COUNT_AS_ONE, false);
        assertEquals(
                new Scoring.Scores(0.8, 2.0 / 3, 2.0 / 3, 1),
                r.pictures().get(0).classes().get(1));
        assertEquals(r.pictures().get(0).classes().get(1), r.pictures().get(0).mean());
        assertEquals(0.9, r.classes().get(1).dice().mean(), 1e-15);
        assertEquals(2, r.classes().get(1).dice().count());
        assertEquals(0.8, r.classes().get(1).pooled().dice(), 1e-15);
        assertEquals(10.0 / 11, r.classes().get(0).pooled().dice(), 1e-15);
        assertTrue(!r.classes().get(0).counted() && r.classes().get(1).counted());
        assertEquals(0.8, r.pooled().dice(), 1e-15);
        assertEquals(0.9, r.perPicture().get(0).mean(), 1e-15);

        final ScoreSegmentation.Result skip = score(MaskCoding.foreground(), EmptyClassPolicy.SKIP, false);
        assertEquals(0.8, skip.perPicture().get(0).mean(), 1e-15);
        assertEquals(1, skip.perPicture().get(0).count());
        final ScoreSegmentation.Result all = score(MaskCoding.foreground(), EmptyClassPolicy.SKIP, true);
        assertEquals((0.8 + 2.0 / 3) / 2, all.pictures().get(0).mean().dice(), 1e-15);
        assertEquals(1, all.pictures().get(1).mean().dice(), "background alone");
    }

    private RunFailed failure(final MaskCoding coding) {
        return assertThrows(RunFailed.class, () -> score(coding, EmptyClassPolicy.SKIP, false));
    }

    @Test
    void badInputIsNamed() throws Exception {
        assertTrue(failure(MaskCoding.labels()).what().contains("no predictions"));
        pair(new int[] {0, 255}, new int[] {0, 1});
        final RunFailed range = failure(MaskCoding.labels());
        assertEquals("The map holds the label 255, but there are 2 classes (0 to 1)", range.what());
        assertTrue(range.where().startsWith("row 1, ") && range.where().endsWith("p0t.png"));
        pairs.clear();
        pair(new int[] {0, 1}, new int[] {2, 1});
        assertTrue(failure(MaskCoding.labels()).where().endsWith("prediction of p0"));
        pairs.clear();
        pair(new int[] {0, 1, 1}, new int[] {0, 1});
        assertEquals(
                "The mask has 3 x 1 pixels, its picture 2 x 1",
                failure(MaskCoding.labels()).what());
        final Tile.Area area = new Tile.Area(0, 0, 2, 1, 1, 0.5);
        final LabelMap two = new LabelMap(2, 1, new int[2]);
        pairs.set(0, pair("lonely", area, two, Optional.empty()));
        assertEquals(
                "table of predictions, such as lonely",
                failure(MaskCoding.labels()).where());
        final Path gone = folder.resolve("gone.png");
        pairs.set(0, pair("gone", area, two, Optional.of(truth(gone))));
        assertEquals(gone.toString(), failure(MaskCoding.labels()).where());
    }

    /** Tiles of 8 with a shifted border over 20 x 9, as the Tiler lays them, and one that reaches past the picture. */
    @Test
    void aPixelCountsOnceHoweverManyTilesShowIt() throws Exception {
        final LabelMap truth = TestFiles.labels(1, 20, 9, 2);
        final LabelMap predicted = TestFiles.labels(2, 20, 9, 2);
        final Path file = TestFiles.write(PngEncoder.labels(truth), folder.resolve("t.png"));
        for (final int[] place : new int[][] {{0, 0}, {8, 0}, {12, 0}, {0, 1}, {8, 1}, {12, 1}, {16, 4}}) {
            final LabelMap t = truth.region(place[0], place[1], 8, 8);
            pairs.add(pair(
                    "slide",
                    new Tile.Area(place[0], place[1], 8, 8, 1, 0.5),
                    predicted.region(place[0], place[1], 8, 8),
                    Optional.of(new ScoreSegmentation.Truth(file, (c, r) -> t, c -> new long[] {20, 9}))));
        }
        final ScoreSegmentation.Result tiles = score(MaskCoding.labels(), EmptyClassPolicy.SKIP, true);
        assertEquals(1, tiles.pictures().size(), "tiles are no pictures");
        assertEquals("slide", tiles.pictures().get(0).name());
        assertEquals(
                Confusion.of(2, truth.labels(), predicted.labels()),
                tiles.pictures().get(0).counts());
    }

    @Test
    void tilesOfACoarserResolutionCountOnceToo() throws Exception {
        final LabelMap ones = new LabelMap(4, 4, new int[16]);
        for (final int x : new int[] {0, 16, 24}) { // 1:4, the last one half over the one before
            pairs.add(pair(
                    "slide",
                    new Tile.Area(x, 0, 4, 4, 4, 2),
                    ones,
                    Optional.of(new ScoreSegmentation.Truth(folder, (c, r) -> ones, c -> new long[] {40, 14}))));
        }
        assertEquals(
                10 * 3, // the centre of the fourth row lies at 14, outside
                score(MaskCoding.labels(), EmptyClassPolicy.SKIP, true)
                        .pictures()
                        .get(0)
                        .counts()
                        .total());
    }

    @Test
    void picturesOfOneNameAreToldApart() throws Exception {
        final LabelMap map = new LabelMap(1, 1, new int[1]);
        for (final String name : List.of("a/p1/image.png", "a/p2/image.png", "a/p2/other.png")) {
            pairs.add(pair(
                    name,
                    new Tile.Area(0, 0, 1, 1, 1, 1),
                    map,
                    Optional.of(new ScoreSegmentation.Truth(folder, (c, r) -> map, c -> new long[] {1, 1}))));
        }
        assertEquals(
                List.of(
                        Path.of("p1/image.png").toString(),
                        Path.of("p2/image.png").toString(),
                        "other.png"),
                score(MaskCoding.labels(), EmptyClassPolicy.SKIP, true).pictures().stream()
                        .map(ScoreSegmentation.PictureScores::name)
                        .toList());
    }

    @Test
    void aCodingThatContradictsTheClassesIsRefused() throws Exception {
        pair(new int[] {0, 1}, new int[] {0, 1});
        final ScoreSegmentation.Request request = new ScoreSegmentation.Request(
                pairs,
                new ClassLabels(MaskCoding.foreground(), List.of("background", "Stroma", "Tumor")),
                new Scoring(EmptyClassPolicy.SKIP, false));
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> ScoreSegmentation.run(request, RunControl.silent()));
        assertTrue(failed.what().startsWith("There are 3 classes"), failed.what());
    }

    @Test
    void cancellingInTheMiddleEndsIt() throws Exception {
        pair(new int[] {0, 1}, new int[] {0, 1});
        pair(new int[] {0, 1}, new int[] {0, 1});
        final ScoreSegmentation.Request request = new ScoreSegmentation.Request(
                pairs,
                new ClassLabels(MaskCoding.labels(), List.of("background", "nucleus")),
                new Scoring(EmptyClassPolicy.SKIP, false));
        assertThrows(RunCancelled.class, () -> ScoreSegmentation.run(request, new CancelAfter(1)));
    }

    /** Pictures of which nobody drew a mask change no score, and are named; which they are decides no order. */
    @Test
    void picturesWithoutAMaskAreLeftOutByName() throws Exception {
        pair(new int[] {0, 1, 1, 1}, new int[] {0, 1, 1, 0});
        final ScoreSegmentation.Result before = score(MaskCoding.labels(), EmptyClassPolicy.SKIP, false);
        assertEquals(Optional.empty(), before.warning());
        final LabelMap two = new LabelMap(2, 1, new int[] {1, 0});
        pairs.add(0, pair("y", new Tile.Area(0, 0, 2, 1, 1, 0.5), two, Optional.empty()));
        pairs.add(pair("x", new Tile.Area(0, 0, 2, 1, 1, 0.5), two, Optional.empty()));
        pairs.add(pair("x", new Tile.Area(2, 0, 2, 1, 1, 0.5), two, Optional.empty()));
        final ScoreSegmentation.Result result = score(MaskCoding.labels(), EmptyClassPolicy.SKIP, false);
        assertEquals(before.pictures(), result.pictures());
        assertEquals(before.pooled(), result.pooled());
        assertEquals(
                "2 pictures have no true mask and are not scored: x, y.",
                result.warning().orElseThrow());
    }
}
