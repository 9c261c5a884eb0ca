package org.selfdiff.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong clock = new AtomicLong();

    @Test
    void rateAndRemainingTimeAreThoseOfThisRunAlone() {
        final Pace pace = new Pace("steps", 100, 400, clock::get);
        clock.set(10_000_000_000L);
        assertEquals(2.0, pace.rate(120), 1e-12, "20 steps in 10 s, the 100 resumed ones do not count");
        assertEquals("120 of 400 steps, 2.0 steps/s, 2:20 left", pace.line(120));
    }

    @Test
    void whatIsTakenOverOnTheWayIsDoneAndSaysNothingOfTheRate() {
        final Pace pace = new Pace("slides", 0, 100, clock::get);
        clock.set(1_000_000_000L);
        pace.takenOver(80);
        assertEquals("80 of 100 slides", pace.line(80));
        clock.set(20_000_000_000L);
        assertEquals("82 of 100 slides, 10.0 s each, 3:00 left", pace.line(82));
    }

    @Test
    void slowWorkIsToldInSecondsEach() {
        final Pace pace = new Pace("tiles", 0, 3, clock::get);
        clock.set(4_000_000_000L);
        assertEquals("1 of 3 tiles, 4.0 s each, 0:08 left", pace.line(1));
    }

    @Test
    void beforeTheFirstUnitThereIsNoGuess() {
        assertEquals("0 of 3 tiles", new Pace("tiles", 0, 3, clock::get).line(0));
    }

    @Test
    void partsOfUnitsCountForRateAndRemainingTime() {
        final Pace pace = new Pace("slides", 0, 2, clock::get);
        assertEquals("0 of 2 slides", pace.line(0, 0));
        clock.set(10_000_000_000L);
        assertEquals("0 of 2 slides, 40.0 s each, 1:10 left", pace.line(0, 0.125), "a quarter of a slide in 10 s");
    }

    @Test
    void durations() {
        assertEquals("0:00", Pace.duration(-1));
        assertEquals("0:59", Pace.duration(59.4));
        assertEquals("59:59", Pace.duration(3599));
        assertEquals("1:00:00", Pace.duration(3600));
    }
}
