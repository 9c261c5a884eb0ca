package org.selfdiff.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunFailed;

class LossLogTest {
    /** Weights 0.95^2, 0.95, 1 over their sum. */
    @Test
    void smoothsWithoutBias() {
        final LossLog log = new LossLog();
        assertEquals(8, log.add(1, 8, 0.1, 1, 1).smoothed(), 1e-12);
        assertEquals((0.95 * 8 + 2) / 1.95, log.add(2, 2, 0.1, 1, 1).smoothed(), 1e-12);
        final double third = (0.9025 * 8 + 0.95 * 2 + 5) / (0.9025 + 0.95 + 1);
        assertEquals(third, log.add(3, 5, 0.1, 1, 1).smoothed(), 1e-12);
        assertEquals(3, log.entries().size());
        assertThrows(UnsupportedOperationException.class, () -> log.entries().clear());
    }

    private static final StopRules RULES = new StopRules(100, Optional.of(Duration.ofSeconds(90)), 2, Score.LOSS);

    @Test
    void goesOnWhileNothingSpeaksAgainst() {
        final LossLog log = new LossLog();
        log.add(new LossLog.Check(10, 1, true));
        log.add(new LossLog.Check(20, 2, false));
        assertTrue(RULES.reason(99, Duration.ofSeconds(89), log).isEmpty());
    }

    @Test
    void stopsForSaidReasons() {
        final LossLog log = new LossLog();
        assertEquals(
                "All 100 steps are done.", RULES.reason(100, Duration.ZERO, log).orElseThrow());
        assertEquals(
                "The time budget of 1:30 is used up after 7 of 100 steps.",
                RULES.reason(7, Duration.ofSeconds(90), log).orElseThrow());
        log.add(new LossLog.Check(10, 1, true));
        log.add(new LossLog.Check(20, 2, false));
        log.add(new LossLog.Check(30, 1.5f, false));
        assertTrue(RULES.reason(30, Duration.ZERO, log).orElseThrow().contains("last 2 validations"));
    }

    @Test
    void refusesWhatIsNotFinite() throws RunFailed {
        StopRules.requireFinite(1, 0.5, 3);
        final RunFailed nan = assertThrows(RunFailed.class, () -> StopRules.requireFinite(12, Double.NaN, 3));
        assertEquals("step 12", nan.where());
        assertThrows(RunFailed.class, () -> StopRules.requireFinite(12, 1, Double.POSITIVE_INFINITY));
    }
}
