package org.selfdiff.stages.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.slide.Slides;
import org.selfdiff.imaging.tissue.TissueSettings;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** The tiler on whole slides, against the truth of the phantom. */
class CutSlidesTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static PhantomSet set;

    @BeforeAll
    static void make() throws Exception {
        set = PhantomSet.make(shared);
    }

    @Test
    void tilesLieWhereTheTissueIs() throws Exception {
        final Cut cut = set.asked().cut();
        assertEquals(2, cut.report().size());
        final SlideReport report = cut.report().get(0);
        final SlideReport.File file = report.slide().orElseThrow();
        assertEquals("Aperio SVS", file.format());
        assertEquals(PhantomSet.WIDTH, file.width());
        assertEquals(0.5, file.mpp(), 1e-12);
        assertEquals(20, file.magnification());
        assertEquals(2, file.downsample(), 1e-12);
        assertEquals(1, file.tileMpp(), 1e-12);
        assertEquals(0, file.level(), "half of 20x is averaged from the finest of the levels 1 and 4");
        final int grid = (PhantomSet.WIDTH / 2 / 64) * (PhantomSet.HEIGHT / 2 / 64);
        assertEquals(grid, report.kept() + report.dropped().all());
        assertTrue(report.overview().orElseThrow().length > 10_000, "an overview picture");
        final LabelMap real = phantomLabels(0);
        int wrong = 0;
        for (int row = 0; row < PhantomSet.HEIGHT / 128; row++) {
            for (int column = 0; column < PhantomSet.WIDTH / 128; column++) {
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
        return PhantomSet.truth(index).labels(0, 0, PhantomSet.WIDTH / 16, PhantomSet.HEIGHT / 16, 16);
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
    void tilesHoldTheMeansOfTheFinestPixels() throws Exception {
        final Cut cut = set.asked().cut();
        try (PictureCache cache = PictureCache.standard();
                PictureSource source = Slides.open(set.first(), DecodeLimits.standard())) {
            final Tile tile = cut.tiles().get(3);
            final Picture fine = source.region(0, tile.x(), tile.y(), 128, 128);
            final Picture read = cache.pixels(tile, RunControl.silent());
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
        final Asked asked = set.asked();
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
    void aGivenMaskReplacesTheSearch() throws Exception {
        final int[] left = new int[30 * 22];
        for (int i = 0; i < left.length; i++) {
            left[i] = i % 30 < 15 ? 1 : 0;
        }
        for (final MakeSlides.Made made : set.slides()) {
            final String name = made.image().getFileName().toString().replace(".svs", ".png");
            Files.write(folder.resolve(name), PngEncoder.labels(new LabelMap(30, 22, left)));
        }
        final Asked asked = set.asked();
        asked.tissue = new CutTiles.TissueRule(
                CutTiles.TissueRule.Where.SLIDES, 0.99, TissueSettings.standard(), Optional.of(folder));
        final Cut cut = asked.cut();
        assertEquals(
                2 * (PhantomSet.WIDTH / 2 / 128) * (PhantomSet.HEIGHT / 128),
                cut.tiles().size());
        assertTrue(cut.tiles().stream().allMatch(t -> t.x() + 128 <= PhantomSet.WIDTH / 2));
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
