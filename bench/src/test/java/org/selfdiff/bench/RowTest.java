package org.selfdiff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static Measurement side(final List<Double> first, final double... walls) {
        final List<StepTime> steps = java.util.Arrays.stream(walls)
                .mapToObj(w -> new StepTime(w, 2 * w, 0))
                .toList();
        return new Measurement(first, steps, 100, "test");
    }

    private static Row row(final Measurement ours, final Measurement peer) {
        return new Row(Workload.QUICK, StepKind.TRAIN_FP32, 1, ours, peer);
    }

    @Test
    void ratioIsOfMedians() {
        final Measurement ours = side(List.of(1.0), 30, 10, 100);
        final Measurement peer = side(List.of(1.0), 10, 50, 20, 40);
        assertEquals(30, ours.median(StepTime::wall));
        assertEquals(30, peer.median(StepTime::wall));
        assertEquals(60, peer.median(StepTime::cpu));
        assertEquals(10, ours.least(StepTime::wall));
        assertEquals(1.0, row(ours, peer).ratio(StepTime::wall));
    }

    @Test
    void equalWorkIsJudgedByTheWorstOfTheFirstValues() {
        final Measurement peer = side(List.of(1.0, 2.0), 1);
        assertTrue(row(side(List.of(1.0, 2.0001), 1), peer).equalWork());
        assertFalse(row(side(List.of(1.0, 2.001), 1), peer).equalWork());
        assertEquals(0.5, row(side(List.of(1.0, 1.0), 1), peer).difference());
    }

    @Test
    void lossesThatAreNoNumbersAreNotEqualWork() {
        final Measurement bad = side(List.of(Double.NaN), 1);
        assertFalse(row(bad, side(List.of(1.0), 1)).equalWork());
        assertFalse(row(bad, bad).equalWork());
    }

    @Test
    void reportNamesSlowRowsAndUnequalWork() {
        final Measurement fast = side(List.of(1.0), 100);
        final Measurement slow = side(List.of(1.0), 106);
        assertTrue(Report.verdicts(List.of(row(slow, fast))).get(0).startsWith("Slower than 1.05"));
        assertTrue(Report.verdicts(List.of(row(fast, slow))).get(0).startsWith("Equal work"));
        final Measurement other = side(List.of(2.0), 100);
        assertTrue(Report.verdicts(List.of(row(other, fast))).get(0).startsWith("NOT EQUAL WORK"));
    }
}
