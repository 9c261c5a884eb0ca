package org.selfdiff.stages.bags;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.Fixtures;
import org.selfdiff.data.features.FeatureFile;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.nn.mil.RegionGrid;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Which bags a network sees, and which of their tiles. */
class MemberTrainingTest {
    private static final int[] FOLDS = {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2};

    private static MemberTraining member(final BagTargets targets, final int batch, final int fold) throws RunFailed {
        return new MemberTraining(
                PlantedBags.request(
                        PlantedBags.regions(4, 12, 1), targets, MilSpec.Method.MEAN, 10, batch, Path.of("model")),
                "data",
                FOLDS,
                fold,
                0);
    }

    /** Of three folds one is learnt from, one is chosen by and one is scored. */
    @Test
    void aNetworkNeverSeesItsFold() throws RunFailed {
        for (int fold = 0; fold < 3; fold++) {
            final MemberTraining member = member(PlantedBags.halves(12), 1, fold);
            final Set<Integer> seen = new HashSet<>();
            for (int step = 0; step < 40; step++) {
                final int[] bags = member.bags(step);
                assertEquals(1, bags.length);
                seen.add(bags[0]);
            }
            final int learnt = (fold + 2) % 3;
            assertEquals(Set.of(learnt, learnt + 3, learnt + 6, learnt + 9), seen);
            assertArrayEquals(new int[] {fold, fold + 3, fold + 6, fold + 9}, member.own());
        }
    }

    /** An epoch sees every bag once, in parts of about the same size. */
    @Test
    void epochsAreDealtInParts() throws RunFailed {
        final MemberTraining member = member(PlantedBags.halves(12), 3, 0);
        for (int epoch = 0; epoch < 3; epoch++) {
            final List<Integer> all = new ArrayList<>();
            for (int part = 0; part < 2; part++) {
                final int[] bags = member.bags(2L * epoch + part);
                assertEquals(2, bags.length);
                Arrays.stream(bags).forEach(all::add);
            }
            assertEquals(4, new HashSet<>(all).size());
        }
    }

    /** Two events among the four bags that are learnt from: one for each of two steps, always. */
    @Test
    void eachStepHasAnEvent() throws RunFailed {
        final double[][] values = new double[12][];
        for (int i = 0; i < 12; i++) {
            values[i] = new double[] {i, i == 2 || i == 5 || i % 3 != 2 ? 1 : 0};
        }
        final BagTargets targets = new BagTargets(Target.SURVIVAL, List.of(), values);
        final MemberTraining member = member(targets, 2, 0);
        for (int step = 0; step < 20; step++) {
            final int[] bags = member.bags(step);
            assertEquals(
                    1, Arrays.stream(bags).filter(bag -> values[bag][1] == 1).count(), "step " + step);
            assertArrayEquals(bags, member(targets, 2, 0).bags(step), "a function of the step");
        }
    }

    @Test
    void tilesAreDrawnByRegion() throws RunFailed {
        final Bag bag = PlantedBags.regions(8, 1, 1).get(0);
        final Bag.Regions drawn = bag.drawn(RegionGrid.of(2), 14, new SeededRandom(4));
        final int[] tiles = Arrays.stream(drawn.tile()).filter(t -> t >= 0).toArray();
        assertEquals(16, tiles.length, "whole regions until there are as many");
        assertEquals(16, Arrays.stream(tiles).distinct().count());
        for (int r = 0; r < drawn.regions(); r++) {
            final int region = r;
            assertEquals(
                    1,
                    IntStream.range(4 * r, 4 * r + 4)
                            .map(i -> drawn.tile()[i])
                            .map(t -> bag.lines()[t] / 2 * 4 + bag.columns()[t] / 2)
                            .distinct()
                            .count(),
                    "region " + region);
        }
        assertEquals(64, bag.drawn(RegionGrid.of(2), 0, new SeededRandom(4)).tile().length);
        assertEquals(10, bag.drawn(RegionGrid.NONE, 10, new SeededRandom(4)).regions());
    }

    @TempDir
    Path folder;

    /** CLAM's files are cut into parts; what is unpacked of them is gone afterwards. */
    @Test
    void packedFilesAreUnpackedOnce() throws Exception {
        final Path path = Files.copy(Fixtures.path("mil/h5/clam_features.h5"), folder.resolve("slide.h5"));
        final int n;
        final int width;
        try (FeatureFile file = FeatureFile.open(path)) {
            n = file.tiles();
            width = file.width();
            assertTrue(file.raw().isEmpty(), "the file is packed");
        }
        final int[] all = IntStream.range(0, n).toArray();
        final Bag bag = new Bag(
                "s", "p", all, new FiledFeatures(width, List.of(path), new int[n], all), all.clone(), new int[n]);
        final int[] wanted = new SeededRandom(1).permutation(n);
        wanted[3] = -1;
        final float[] expected = new float[n * width];
        bag.features().copy(wanted, expected);
        final Set<Path> before = temporary();
        try (UnpackedFeatures unpacked = UnpackedFeatures.of(List.of(bag), RunControl.silent())) {
            final BagFeatures features = unpacked.bags().get(0).features();
            assertFalse(features instanceof FiledFeatures);
            assertEquals(bag.features().fingerprint(), features.fingerprint());
            final float[] found = new float[n * width];
            features.copy(wanted, found);
            assertArrayEquals(expected, found);
            assertFalse(temporary().equals(before));
        }
        assertEquals(before, temporary());
    }

    private static Set<Path> temporary() throws Exception {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new HashSet<>(
                    all.filter(file -> file.getFileName().toString().startsWith("selfdiff-features"))
                            .toList());
        }
    }
}
