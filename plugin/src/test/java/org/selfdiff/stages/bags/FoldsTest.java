package org.selfdiff.stages.bags;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.run.RunFailed;

/** Patients stay together, and what is looked for is spread evenly. */
class FoldsTest {
    /** Two slides of each patient. */
    private static List<Bag> bags(final int count) {
        final List<Bag> bags = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bags.add(new Bag(
                    "s" + i, "p" + i / 2, new int[1], BagFeatures.of(List.of(new float[1])), new int[1], new int[1]));
        }
        return bags;
    }

    private static void requireTogether(final int[] folds) {
        for (int i = 0; i < folds.length; i += 2) {
            assertEquals(folds[i], folds[i + 1], "patient " + i / 2);
        }
    }

    @Test
    void classesEventsAndNumbersAreSpread() throws RunFailed {
        final BagTargets classes = BagTargets.classes(
                List.of("a", "b"),
                IntStream.range(0, 40).map(i -> i < 10 ? 1 : 0).toArray());
        final int[] folds = Folds.of(bags(40), classes, 5, 3);
        requireTogether(folds);
        for (int f = 0; f < 5; f++) {
            final int fold = f;
            assertEquals(2, IntStream.range(0, 10).filter(i -> folds[i] == fold).count());
            assertEquals(
                    6, IntStream.range(10, 40).filter(i -> folds[i] == fold).count());
        }
        final double[][] times = new double[40][];
        final double[][] numbers = new double[40][];
        for (int i = 0; i < 40; i++) {
            times[i] = new double[] {i, i < 10 ? 1 : 0};
            numbers[i] = new double[] {i};
        }
        assertArrayEquals(folds, Folds.of(bags(40), new BagTargets(Target.SURVIVAL, List.of(), times), 5, 3));
        final int[] byNumber = Folds.of(bags(40), new BagTargets(Target.REGRESSION, List.of(), numbers), 5, 3);
        requireTogether(byNumber);
        for (int block = 0; block < 4; block++) {
            assertEquals(
                    5,
                    IntStream.range(10 * block, 10 * block + 10)
                            .map(i -> byNumber[i])
                            .distinct()
                            .count(),
                    "each fold has small and large numbers");
        }
    }

    @Test
    void rareLabelsAreSpread() throws RunFailed {
        final SeededRandom random = new SeededRandom(1);
        final double[][] values = new double[60][];
        for (int i = 0; i < 60; i += 2) {
            values[i] = new double[] {i < 8 ? 1 : 0, random.chance(0.6) ? 1 : 0};
            values[i + 1] = values[i];
        }
        final BagTargets targets = new BagTargets(Target.LABELS, List.of("rare", "often"), values);
        final int[] folds = Folds.of(bags(60), targets, 4, 9);
        requireTogether(folds);
        final long often = IntStream.range(0, 60).filter(i -> values[i][1] == 1).count();
        for (int f = 0; f < 4; f++) {
            final int fold = f;
            assertEquals(
                    2,
                    IntStream.range(0, 60)
                            .filter(i -> folds[i] == fold && values[i][0] == 1)
                            .count());
            final long own = IntStream.range(0, 60)
                    .filter(i -> folds[i] == fold && values[i][1] == 1)
                    .count();
            assertTrue(Math.abs(own - often / 4.0) <= 3, own + " of " + often);
        }
    }

    private static final BagTargets HALVES = BagTargets.classes(List.of("a", "b"), new int[] {0, 0, 1, 1, 0, 0, 1, 1});

    @Test
    void givenFoldsAreTaken() throws RunFailed {
        assertArrayEquals(
                new int[] {0, 0, 0, 0, 1, 1, 1, 1},
                Folds.given(bags(8), HALVES, List.of("2", "2", "2", "2", "10", "10", "10", "10")));
    }

    @Test
    void whatIsWrongWithGivenFoldsIsNamed() {
        final RunFailed two = assertThrows(
                RunFailed.class, () -> Folds.given(bags(8), HALVES, List.of("x", "y", "x", "x", "y", "y", "y", "y")));
        assertEquals("The patient \"p0\" is in two folds, \"x\" and \"y\"", two.what());
        assertEquals("slides s0 and s1", two.where());
        final RunFailed lacks = assertThrows(
                RunFailed.class, () -> Folds.given(bags(8), HALVES, List.of("x", "x", "y", "y", "y", "y", "y", "y")));
        assertEquals("The fold \"x\" has no slide of the class b", lacks.what());
        final RunFailed one = assertThrows(
                RunFailed.class, () -> Folds.given(bags(8), HALVES, List.of("x", "x", "x", "x", "x", "x", "x", "x")));
        assertTrue(one.what().contains("All slides are in one fold"), one.what());
        final RunFailed events = assertThrows(
                RunFailed.class,
                () -> Folds.of(
                        bags(4),
                        new BagTargets(Target.SURVIVAL, List.of(), new double[][] {{1, 1}, {2, 0}, {1, 0}, {2, 0}}),
                        2,
                        1));
        assertTrue(events.what().contains("1 patients with an event for 2 folds"), events.what());
    }
}
