package org.selfdiff.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NoiseScheduleTest {
    /** Values computed independently of this code; the tolerance is half of their last digit. */
    @ParameterizedTest
    @CsvSource({
        "QUADRATIC, 0, 0.9999, 1e-12",
        "QUADRATIC, 99, 0.971697, 5e-7",
        "QUADRATIC, 249, 0.821521, 5e-7",
        "QUADRATIC, 499, 0.333188, 5e-7",
        "QUADRATIC, 749, 0.0386055, 5e-8",
        "QUADRATIC, 999, 7.3341e-4, 5e-9",
        "LINEAR, 499, 0.0785872, 5e-8",
        "LINEAR, 999, 4.0358e-5, 5e-10",
        "SCALED_LINEAR, 300, 0.590501, 5e-7",
        "SCALED_LINEAR, 999, 0.00466010, 5e-9",
    })
    void hasThePublishedSignalShares(final BetaCurve curve, final int t, final double share, final double tolerance) {
        assertEquals(share, new NoiseSchedule(curve, 1000).signalShare(t), tolerance);
    }

    @Test
    void hasThePublishedBeta() {
        assertEquals(0.00572215, new NoiseSchedule(BetaCurve.QUADRATIC, 1000).beta(499), 5e-9);
    }

    /** Away from the cut at its end, the cosine's signal share is the closed form. */
    @Test
    void cosineFollowsItsClosedForm() {
        final NoiseSchedule schedule = new NoiseSchedule(BetaCurve.COSINE, 1000);
        final double start = Math.pow(Math.cos(0.008 / 1.008 * Math.PI / 2), 2);
        for (final int t : new int[] {0, 250, 499, 900}) {
            final double at = (t + 1) / 1000.0;
            final double form = Math.pow(Math.cos((at + 0.008) / 1.008 * Math.PI / 2), 2) / start;
            assertEquals(form, schedule.signalShare(t), 1e-12);
        }
        assertEquals(0.999, schedule.beta(999), 0);
    }

    @Test
    void sigmoidIsSymmetric() {
        final NoiseSchedule schedule = new NoiseSchedule(BetaCurve.SIGMOID, 1000);
        for (int t = 0; t < 500; t++) {
            assertEquals(1e-4 + 0.02, schedule.beta(t) + schedule.beta(999 - t), 1e-15);
        }
        assertEquals(1e-4 + 0.0199 / (1 + Math.exp(6)), schedule.beta(0), 1e-15);
    }

    @ParameterizedTest
    @EnumSource(BetaCurve.class)
    void signalOnlyFalls(final BetaCurve curve) {
        for (final int steps : new int[] {100, 1000}) {
            final NoiseSchedule schedule = new NoiseSchedule(curve, steps);
            for (int t = 0; t < steps; t++) {
                assertTrue(schedule.signalShare(t) < schedule.signalShare(t - 1));
                assertTrue(schedule.signalShare(t) > 0);
            }
        }
    }

    /** With fewer steps each adds more noise, so that the end is about as noisy. */
    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "QUADRATIC", "SIGMOID", "SCALED_LINEAR"})
    void endsAsNoisyWithFewerSteps(final BetaCurve curve) {
        final double thousand = Math.log(new NoiseSchedule(curve, 1000).signalShare(999));
        final double hundred = Math.log(new NoiseSchedule(curve, 100).signalShare(99));
        assertEquals(1, hundred / thousand, 0.1);
    }

    @Test
    void refusesNoSteps() {
        assertThrows(IllegalArgumentException.class, () -> new NoiseSchedule(BetaCurve.LINEAR, 0));
    }
}
