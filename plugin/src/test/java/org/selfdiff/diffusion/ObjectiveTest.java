package org.selfdiff.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectiveTest {
    private final NoiseSchedule schedule = new NoiseSchedule(BetaCurve.COSINE, 1000);

    /** From the true target, the clean picture and the noise come back, whatever the objective. */
    @ParameterizedTest
    @EnumSource
    void targetMeansTheCleanPictureAndTheNoise(final Objective objective) {
        for (final int t : new int[] {0, 10, 500, 990}) {
            final double a = Math.sqrt(schedule.signalShare(t));
            final double b = Math.sqrt(1 - schedule.signalShare(t));
            final double clean = 0.37;
            final double noise = -1.21;
            final double x = a * clean + b * noise;
            final double target = objective.cleanShare(a, b) * clean + objective.noiseShare(a, b) * noise;
            final double[] toClean = objective.toClean(a, b);
            final double[] toNoise = objective.toNoise(a, b);
            assertEquals(clean, toClean[0] * x + toClean[1] * target, 1e-9);
            assertEquals(noise, toNoise[0] * x + toNoise[1] * target, 1e-9);
        }
    }

    @Test
    void velocityIsThatOfTheRotation() {
        final double angle = 0.4;
        final double a = Math.cos(angle);
        final double b = Math.sin(angle);
        assertEquals(-b, Objective.V.cleanShare(a, b), 0);
        assertEquals(a, Objective.V.noiseShare(a, b), 0);
        assertArrayEquals(new double[] {a, -b}, Objective.V.toClean(a, b), 1e-15);
        assertArrayEquals(new double[] {b, a}, Objective.V.toNoise(a, b), 1e-15);
    }

    /** P2 with k = gamma = 1 is 1 - abar exactly, the weighting of the paper. */
    @Test
    void p2WithOnesIsTheNoiseShare() {
        for (final BetaCurve curve : BetaCurve.values()) {
            final NoiseSchedule any = new NoiseSchedule(curve, 1000);
            for (int t = 0; t < 1000; t++) {
                final double weight = new LossWeighting.P2(1, 1).weight(any.signalToNoise(t), Objective.EPSILON);
                assertEquals(1, weight / (1 - any.signalShare(t)), 1e-12);
            }
        }
    }

    /** The published table of min-SNR: min(SNR, 5) for x0, divided by SNR for the noise, by SNR + 1 for v. */
    @Test
    void minSnrIsThePublishedTable() {
        final LossWeighting weighting = new LossWeighting.MinSnr(5);
        for (final double snr : new double[] {0.01, 1, 5, 80}) {
            assertEquals(Math.min(snr, 5), weighting.weight(snr, Objective.X0), 1e-12);
            assertEquals(Math.min(snr, 5) / snr, weighting.weight(snr, Objective.EPSILON), 1e-12);
            assertEquals(Math.min(snr, 5) / (snr + 1), weighting.weight(snr, Objective.V), 1e-12);
        }
    }

    /** A weighting other than none counts an error of the same clean picture alike in every objective. */
    @ParameterizedTest
    @EnumSource
    void weightingsDoNotDependOnTheObjective(final Objective objective) {
        final double a = 0.8;
        final double b = 0.6;
        final double snr = a * a / (b * b);
        final double cleanPerOutput = Math.abs(objective.toClean(a, b)[1]);
        for (final LossWeighting weighting : new LossWeighting[] {
            new LossWeighting.P2(1, 1), new LossWeighting.P2(2, 0.5), new LossWeighting.MinSnr(1)
        }) {
            final double perCleanError = weighting.weight(snr, objective) / (cleanPerOutput * cleanPerOutput);
            assertEquals(weighting.weight(snr, Objective.X0), perCleanError, 1e-12);
        }
    }
}
