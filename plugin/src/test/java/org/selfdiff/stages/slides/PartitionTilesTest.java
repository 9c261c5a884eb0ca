package org.selfdiff.stages.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.selfdiff.data.Tile;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.slides.PartitionTiles.Part;

class PartitionTilesTest {

    /** Pictures p0, p1 ... in groups g0 ... g(groups - 1), some tiles each. */
    private static List<Tile> tiles(final int pictures, final int groups, final int tilesEach) {
        final List<Tile> tiles = new ArrayList<>();
        for (int p = 0; p < pictures; p++) {
            for (int t = 0; t < tilesEach; t++) {
                tiles.add(Tile.of(
                        Path.of("p" + p + ".png"),
                        Optional.of(Path.of("m" + p + ".png")),
                        8 * t,
                        0,
                        8,
                        8,
                        0.5,
                        "g" + p % groups));
            }
        }
        return tiles;
    }

    private static PartitionTiles.Result split(
            final List<Tile> tiles, final double fraction, final int groups, final int labelled, final long seed)
            throws RunFailed {
        return PartitionTiles.run(
                new PartitionTiles.Request(tiles, new PartitionTiles.HeldOut(fraction, groups), labelled, true, seed));
    }

    private static List<Tile> part(final PartitionTiles.Result result, final Part part, final List<Tile> tiles) {
        return tiles.stream().filter(tile -> result.has(part, tile)).toList();
    }

    private static Set<String> groups(final Collection<Tile> tiles) {
        return tiles.stream().map(Tile::group).collect(Collectors.toSet());
    }

    private static Set<Path> images(final Collection<Tile> tiles) {
        return tiles.stream().map(Tile::image).collect(Collectors.toSet());
    }

    @Test
    void noGroupIsOnBothSides() throws Exception {
        final Random random = new Random(1);
        for (int trial = 0; trial < 200; trial++) {
            final int groups = 2 + random.nextInt(12);
            final int pictures = 2 * groups + random.nextInt(20);
            final List<Tile> tiles = tiles(pictures, groups, 1 + random.nextInt(3));
            Collections.shuffle(tiles, random);
            final PartitionTiles.Result r = split(tiles, 0.4 * random.nextDouble(), 0, 1, trial);
            final List<Tile> unlabelled = part(r, Part.UNLABELLED, tiles);
            final List<Tile> labelled = part(r, Part.LABELLED, tiles);
            final Set<String> held = groups(part(r, Part.HELD_OUT, tiles));
            assertTrue(Collections.disjoint(held, groups(unlabelled)));
            assertTrue(Collections.disjoint(held, groups(labelled)));
            assertEquals(held, r.heldOutGroups());
            assertEquals(groups(unlabelled), r.trainingGroups());
            assertEquals(groups, held.size() + r.trainingGroups().size());
            assertEquals(tiles.size(), part(r, Part.HELD_OUT, tiles).size() + unlabelled.size(), "no tile is lost");
            assertTrue(labelled.stream().allMatch(t -> t.mask().isPresent()));
        }
    }

    @Test
    void countsAreAsAskedFor() throws Exception {
        final List<Tile> tiles = tiles(40, 10, 3);
        final PartitionTiles.Result r = split(tiles, 0.25, 0, 8, 1);
        assertEquals(3, r.heldOutGroups().size(), "2.5 is rounded");
        assertEquals(12 * 3, part(r, Part.HELD_OUT, tiles).size());
        assertEquals(8, r.labelledPictures().size());
        assertEquals(8 * 3, part(r, Part.LABELLED, tiles).size(), "all tiles of a labelled picture");
        assertEquals(r.labelledPictures(), images(part(r, Part.LABELLED, tiles)));
        assertEquals(4, split(tiles, 0.25, 4, 8, 1).heldOutGroups().size(), "a number goes before the share");
        assertEquals(1, split(tiles, 0.001, 0, 8, 1).heldOutGroups().size(), "at least one");
    }

    @Test
    void labelledPicturesMayBeLeftOutOfTheUnlabelled() throws Exception {
        final List<Tile> tiles = tiles(20, 20, 2);
        final PartitionTiles.Result r =
                PartitionTiles.run(new PartitionTiles.Request(tiles, new PartitionTiles.HeldOut(0.2, 0), 5, false, 3));
        final List<Tile> unlabelled = part(r, Part.UNLABELLED, tiles);
        assertTrue(Collections.disjoint(images(unlabelled), r.labelledPictures()));
        assertEquals(11 * 2, unlabelled.size());
    }

    /** Labels of whole pictures take the place of masks, which none of these has. */
    @Test
    void picturesWithOtherLabelsCountAsLabelled() throws Exception {
        final List<Tile> tiles =
                tiles(20, 20, 2).stream().map(PartitionTilesTest::withoutMask).toList();
        final Set<Path> some = new HashSet<>();
        tiles.subList(0, 24).forEach(tile -> some.add(tile.image()));
        final PartitionTiles.Result r = PartitionTiles.run(
                new PartitionTiles.Request(tiles, new PartitionTiles.HeldOut(0.2, 0), 6, true, 3, Optional.of(some)));
        assertEquals(6, r.labelledPictures().size());
        assertTrue(some.containsAll(r.labelledPictures()));
        final Set<Path> unscored = images(part(r, Part.HELD_OUT, tiles));
        unscored.removeAll(some);
        assertEquals(unscored, r.unscored());
        assertEquals(
                "8 labelled pictures are wanted, and 0 of those not held out have a label",
                assertThrows(
                                RunFailed.class,
                                () -> PartitionTiles.run(new PartitionTiles.Request(
                                        tiles, new PartitionTiles.HeldOut(0.2, 0), 8, true, 3, Optional.of(Set.of()))))
                        .what());
    }

    private static Tile withoutMask(final Tile t) {
        return Tile.of(
                t.image(),
                Optional.empty(),
                t.x(),
                t.y(),
                t.width(),
                t.height(),
                t.area().mpp(),
                t.group());
    }

    @Test
    void theChoiceDependsOnSeedAndNamesAlone() throws Exception {
        final List<Tile> tiles = tiles(30, 30, 2);
        final PartitionTiles.Result r = split(tiles, 0.3, 0, 8, 5);
        final List<Tile> shuffled = new ArrayList<>(tiles);
        Collections.shuffle(shuffled, new Random(9));
        final PartitionTiles.Result again = split(shuffled, 0.3, 0, 8, 5);
        assertEquals(r.heldOutGroups(), again.heldOutGroups());
        assertEquals(r.labelledPictures(), again.labelledPictures());
        assertEquals(r.labelledPictures(), split(tiles(30, 30, 7), 0.3, 0, 8, 5).labelledPictures());
        assertNotEquals(r.heldOutGroups(), split(tiles, 0.3, 0, 8, 6).heldOutGroups());
        final Set<String> everHeld = new HashSet<>();
        for (long seed = 0; seed < 40; seed++) {
            everHeld.addAll(split(tiles, 0.3, 0, 8, seed).heldOutGroups());
        }
        assertEquals(30, everHeld.size(), "every group has its turn");
    }

    @Test
    void tooFewIsSaid() {
        assertTrue(failure(tiles(5, 1, 4), 1, 1).what().contains("1 of 1 groups"));
        assertTrue(failure(tiles(5, 5, 1), 5, 1).what().contains("5 of 5 groups"));
        final RunFailed labelled = failure(tiles(5, 5, 1), 2, 8);
        assertEquals("8 labelled pictures are wanted, and 3 of those not held out have a mask", labelled.what());
        assertTrue(labelled.remedy().startsWith("Ask for 0 to 3"));
        assertThrows(
                RunFailed.class,
                () -> PartitionTiles.run(
                        new PartitionTiles.Request(tiles(4, 4, 1), new PartitionTiles.HeldOut(0, 1), 3, false, 1)));
    }

    @Test
    void heldOutPicturesWithoutMasksAreSaidBeforeAnythingIsTrained() throws Exception {
        final List<Tile> tiles = new ArrayList<>(tiles(10, 10, 2));
        assertTrue(split(tiles, 0.3, 0, 2, 1).warning().isEmpty());
        final List<Tile> bare = tiles.stream()
                .map(t -> Tile.of(t.image(), Optional.empty(), t.x(), 0, 8, 8, 0.5, t.group()))
                .toList();
        final PartitionTiles.Result masksDoNotMatter = split(bare, 0.3, 0, 0, 1);
        assertTrue(masksDoNotMatter.warning().isEmpty());
        assertEquals(Set.of(), masksDoNotMatter.labelledPictures());
        assertEquals(split(tiles, 0.3, 0, 2, 1).heldOutGroups(), masksDoNotMatter.heldOutGroups());
        final Set<Path> held = images(part(split(tiles, 0.3, 0, 2, 1), Part.HELD_OUT, tiles));
        final Path first = held.stream().sorted().findFirst().orElseThrow();
        tiles.replaceAll(tile -> tile.image().equals(first)
                ? Tile.of(first, Optional.empty(), tile.x(), 0, 8, 8, 0.5, tile.group())
                : tile);
        final PartitionTiles.Result r = split(tiles, 0.3, 0, 2, 1);
        assertEquals(Set.of(first), r.unscored());
        final String warning = r.warning().orElseThrow();
        assertTrue(warning.startsWith("1 of 3 held-out pictures have no mask"), warning);
        assertTrue(warning.contains(first.toString()), warning);
    }

    @Test
    void nothingIsSplitIntoNothing() throws Exception {
        final PartitionTiles.Result r = split(List.of(), 0.3, 0, 8, 1);
        assertEquals(Set.of(), r.heldOutGroups());
        assertEquals(Set.of(), r.labelledPictures());
        assertTrue(r.warning().isEmpty());
    }

    @Test
    void picturesOfOneNameAreDrawnByTheirGroups() throws Exception {
        final List<Tile> tiles = new ArrayList<>();
        for (int p = 0; p < 10; p++) {
            tiles.add(Tile.of(
                    Path.of("p" + p, "image.png"), Optional.of(Path.of("m" + p)), 0, 0, 8, 8, 0.5, "p" + p + "/image"));
        }
        final Set<Path> everLabelled = new HashSet<>();
        for (long seed = 0; seed < 40; seed++) {
            everLabelled.addAll(split(tiles, 0.3, 0, 1, seed).labelledPictures());
        }
        assertEquals(10, everLabelled.size(), "every picture has its turn");
    }

    @Test
    void remediesAreOnesThatHelp() {
        assertTrue(failure(tiles(5, 1, 4), 1, 1).remedy().contains("or group by picture"));
        assertTrue(failure(tiles(5, 5, 1), 5, 1).remedy().endsWith("or give more pictures."));
        final List<Tile> bare = tiles(5, 5, 1).stream().map(Tile::unlabelled).toList();
        assertTrue(failure(bare, 2, 8).remedy().startsWith("Add masks"));
    }

    private static RunFailed failure(final List<Tile> tiles, final int groups, final int labelled) {
        return assertThrows(RunFailed.class, () -> split(tiles, 0, groups, labelled, 1));
    }
}
