package org.selfdiff.stages.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunFailed;

/** What is held out and what is added. */
class TrainingRowsTest {
    private static Labels labels(final int... classes) {
        final List<boolean[]> rows = new ArrayList<>();
        for (final int k : classes) {
            final boolean[] row = new boolean[3];
            row[k] = true;
            rows.add(row);
        }
        return new Labels(List.of("a", "b", "c"), false, rows);
    }

    @Test
    void groupsStayTogetherAndClassesGiveTheirShare() throws RunFailed {
        final int[] classes = new int[60];
        final List<String> groups = new ArrayList<>();
        for (int i = 0; i < classes.length; i++) {
            classes[i] = i < 30 ? 0 : i < 54 ? 1 : 2;
            groups.add("patient " + i / 2);
        }
        final TrainingRows rows = TrainingRows.choose(labels(classes), groups, HeldOut.ofGroups(0.25), 100, 0.5, 3);
        final Set<String> held = new HashSet<>();
        rows.validation().forEach(i -> held.add(groups.get(i)));
        rows.training().forEach(i -> assertTrue(!held.contains(groups.get(i))));
        assertEquals(60, rows.training().size() + rows.validation().size());
        // 15, 12 and 3 patients: 4, 3 and 1 are held out
        assertEquals(
                List.of(8L, 6L, 2L),
                List.of(0, 1, 2).stream()
                        .map(k -> rows.validation().stream()
                                .filter(i -> classes[i] == k)
                                .count())
                        .toList());
        assertEquals(22, rows.synthetic().size());
        assertEquals(22, new HashSet<>(rows.synthetic()).size());
        assertEquals(rows, TrainingRows.choose(labels(classes), groups, HeldOut.ofGroups(0.25), 100, 0.5, 3));
    }

    @Test
    void twoGroupsOfAClassAreKeptAndAColumnDecides() throws RunFailed {
        final Labels labels = labels(0, 0, 1, 1, 2, 2);
        final List<String> groups = List.of("1", "2", "3", "4", "5", "6");
        assertEquals(
                List.of(),
                TrainingRows.choose(labels, groups, HeldOut.ofGroups(0.9), 0, 0, 1)
                        .validation());
        final HeldOut column = new HeldOut(0, Optional.of(List.of(true, false, false, true, false, false)));
        final TrainingRows rows = TrainingRows.choose(labels, groups, column, 4, 0, 1);
        assertEquals(List.of(0, 3), rows.validation());
        assertEquals(List.of(0, 1, 2, 3), rows.synthetic());
    }

    @Test
    void tooFewSyntheticPicturesAreNamed() {
        final RunFailed failed = assertThrows(
                RunFailed.class,
                () -> TrainingRows.choose(
                        labels(0, 0, 1, 1), List.of("1", "2", "3", "4"), HeldOut.ofGroups(0), 7, 2, 1));
        assertEquals("There are 7 synthetic pictures, and 8 are asked for", failed.what());
    }

    @Test
    void classesWithOnePictureAreNamed() {
        final RunFailed one =
                assertThrows(RunFailed.class, () -> labels(0, 0, 1, 2, 2).requireLearnable("table of tiles"));
        assertEquals("There is one picture of the class \"b\"", one.what());
        assertEquals("table of tiles, row 3", one.where());
        final RunFailed none =
                assertThrows(RunFailed.class, () -> labels(0, 0, 1, 1).requireLearnable("table of tiles"));
        assertEquals("There is no picture of the class \"c\"", none.what());
        final Labels everywhere = new Labels(List.of("x"), true, List.of(new boolean[] {true}, new boolean[] {true}));
        assertEquals(
                "There is no picture without the class \"x\"",
                assertThrows(RunFailed.class, () -> everywhere.requireLearnable("t"))
                        .what());
    }

    /** n / (classes * n of the class), as scikit-learn balances. */
    @Test
    void balancedWeightsAreThoseOfScikitLearn() {
        final Labels.ClassWeights weights = labels(0, 0, 0, 1, 2, 2).weights(true);
        assertEquals(2.0 / 3, weights.present()[0], 1e-12);
        assertEquals(2, weights.present()[1], 1e-12);
        assertEquals(1, weights.present()[2], 1e-12);
        assertEquals(1, labels(0, 1, 1).weights(false).present()[1]);
    }
}
