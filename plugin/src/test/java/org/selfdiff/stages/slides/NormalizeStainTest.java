package org.selfdiff.stages.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.phantom.Phantom;
import org.selfdiff.imaging.stain.StainFit;
import org.selfdiff.imaging.stain.StainMethod;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAfter;
import org.selfdiff.stages.compute.SlideStain;

class NormalizeStainTest {
    private static final int SIDE = 192;

    @TempDir
    Path folder;

    private final List<Tile> tiles = new ArrayList<>();

    private final List<NormalizeStain.SlideLook> looks = new ArrayList<>();

    /** Three slides of four tiles each, of different stains. */
    @BeforeEach
    void make() throws Exception {
        for (int i = 0; i < 3; i++) {
            final Path file = folder.resolve("s" + i + ".png");
            Files.write(
                    file,
                    PngEncoder.picture(Phantom.draw(SIDE, SIDE, 0.5, 11, i, RunControl.silent())
                            .picture()));
            for (int t = 0; t < 4; t++) {
                tiles.add(Tile.of(file, Optional.empty(), t % 2 * 96, t / 2 * 96, 96, 96, 0.5, "s" + i));
            }
        }
    }

    private NormalizeStain.Result run(final StainMethod method, final NormalizeStain.Target target, final int threads)
            throws Exception {
        return run(method, target, CutTiles.OnFailure.FAIL, threads);
    }

    private NormalizeStain.Result run(
            final StainMethod method,
            final NormalizeStain.Target target,
            final CutTiles.OnFailure onFailure,
            final int threads)
            throws Exception {
        looks.clear();
        return NormalizeStain.run(
                new NormalizeStain.Request(tiles, method, target, onFailure, threads), looks::add, RunControl.silent());
    }

    /** The tiles as they come out. */
    private List<Tile> changed(final NormalizeStain.Result result) {
        return tiles.stream()
                .filter(tile -> !result.unreadable().contains(tile.image()))
                .map(tile -> result.change(tile.image()).map(tile::stained).orElseGet(tile::asScanned))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(StainMethod.class)
    void allSlidesComeToOneLook(final StainMethod method) throws Exception {
        final NormalizeStain.Result result = run(method, new NormalizeStain.Target.OfFirst(), 2);
        assertEquals(tiles.size(), changed(result).size());
        assertEquals(3, looks.size());
        assertEquals(looks.get(0).fit().orElseThrow(), result.target());
        final double before = spread(tiles);
        final double after = spread(changed(result));
        assertTrue(after < 0.7 * before, "means of the slides differ by " + before + ", then by " + after);
        assertEquals(changed(result), changed(run(method, new NormalizeStain.Target.OfFirst(), 1)), "threads");
        for (final Tile tile : changed(result)) {
            assertEquals(result.target(), tile.stain().orElseThrow().target());
        }
    }

    /** Largest difference between slides of a channel's mean over what is no glass. */
    private static double spread(final List<Tile> tiles) throws Exception {
        final double[][] means = new double[3][3];
        try (PictureCache cache = PictureCache.standard()) {
            for (int i = 0; i < 3; i++) {
                final double[] sums = new double[3];
                long n = 0;
                for (final Tile tile : tiles.subList(4 * i, 4 * i + 4)) {
                    final Picture p = cache.pixels(tile, RunControl.silent());
                    for (int k = 0; k < 96 * 96; k++) {
                        if (p.sample(k % 96, k / 96, 1) < 190) {
                            n++;
                            for (int c = 0; c < 3; c++) {
                                sums[c] += p.sample(k % 96, k / 96, c);
                            }
                        }
                    }
                }
                for (int c = 0; c < 3; c++) {
                    means[i][c] = sums[c] / n;
                }
            }
        }
        double worst = 0;
        for (int c = 0; c < 3; c++) {
            final int channel = c;
            final double[] v =
                    Arrays.stream(means).mapToDouble(m -> m[channel]).sorted().toArray();
            worst = Math.max(worst, v[2] - v[0]);
        }
        return worst;
    }

    @Test
    void aSlideWithoutTissueIsReportedAndStaysAsItIs() throws Exception {
        final byte[] glass = new byte[3 * SIDE * SIDE];
        Arrays.fill(glass, (byte) 243);
        final Path empty = folder.resolve("empty.png");
        Files.write(empty, PngEncoder.picture(new Picture(SIDE, SIDE, glass)));
        tiles.add(Tile.of(empty, Optional.empty(), 0, 0, 96, 96, 0.5, "e"));
        final NormalizeStain.Result result = run(StainMethod.MACENKO, new NormalizeStain.Target.Standard(), 2);
        assertEquals(StainFit.standard(StainMethod.MACENKO), result.target());
        assertTrue(changed(result).get(12).stain().isEmpty());
        assertTrue(looks.get(3).note().contains("empty.png"), looks.get(3).note());
        assertTrue(looks.get(3).after().isEmpty());
        final RunFailed failed = assertThrows(
                RunFailed.class, () -> run(StainMethod.MACENKO, new NormalizeStain.Target.OfPicture(empty), 1));
        assertTrue(failed.where().contains("empty.png"));
    }

    /** A picture that is damaged is left out with all of its tiles, or ends the run. */
    @Test
    void aSlideThatCannotBeReadIsLeftOutIfThatIsChosen() throws Exception {
        final Path second = tiles.get(4).image();
        final byte[] whole = Files.readAllBytes(second);
        Files.write(second, Arrays.copyOf(whole, whole.length / 2));
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> run(StainMethod.REINHARD, new NormalizeStain.Target.Standard(), 2));
        assertTrue(failed.where().contains("s1.png"), failed.where());
        final NormalizeStain.Result result =
                run(StainMethod.REINHARD, new NormalizeStain.Target.Standard(), CutTiles.OnFailure.SKIP_AND_REPORT, 2);
        assertEquals(8, changed(result).size());
        assertEquals(java.util.Set.of(second), result.unreadable());
        assertTrue(changed(result).stream()
                .allMatch(t -> !t.image().equals(second) && t.stain().isPresent()));
        assertEquals(3, looks.size());
        assertTrue(looks.get(1).before().isEmpty() && looks.get(1).fit().isEmpty());
        assertTrue(looks.get(1).note().contains("s1.png"), looks.get(1).note());
        assertTrue(looks.get(2).before().isPresent());
        tiles.subList(8, 12).clear();
        tiles.subList(0, 4).clear();
        assertThrows(
                RunFailed.class,
                () -> run(
                        StainMethod.REINHARD,
                        new NormalizeStain.Target.Standard(),
                        CutTiles.OnFailure.SKIP_AND_REPORT,
                        2),
                "no slide is left");
    }

    /** Also while slides are shown before and after: no more of them is handed over. */
    @Test
    void cancellingEndsItWhileSlidesAreShown() {
        final CancelAfter control = new CancelAfter(4); // three slides are fitted, one is shown
        assertThrows(
                RunCancelled.class,
                () -> NormalizeStain.run(
                        new NormalizeStain.Request(
                                tiles,
                                StainMethod.REINHARD,
                                new NormalizeStain.Target.Standard(),
                                CutTiles.OnFailure.FAIL,
                                1),
                        looks::add,
                        control));
        assertEquals(1, looks.size());
    }

    @Test
    void modelsRememberACommonLookAndNoOther() throws Exception {
        final NormalizeStain.Result result = run(StainMethod.MACENKO, new NormalizeStain.Target.OfFirst(), 2);
        final JsonObject one = new JsonObject();
        SlideStain.note(changed(result), one);
        assertEquals(result.target(), StainFit.parse(one.getAsJsonObject("stain"), "card"));
        final List<Tile> mixed = new ArrayList<>(changed(result));
        mixed.set(3, mixed.get(3).asScanned());
        final JsonObject none = new JsonObject();
        SlideStain.note(mixed, none);
        assertTrue(none.isEmpty());
    }
}
