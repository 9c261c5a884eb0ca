package org.selfdiff.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.run.RunFailed;

class DiffusionProcessTest {
    @Test
    void survivesJson() throws RunFailed {
        final LossWeighting[] weightings = {
            new LossWeighting.None(), new LossWeighting.P2(1, 0.5), new LossWeighting.MinSnr(5)
        };
        for (final LossWeighting weighting : weightings) {
            final DiffusionProcess process =
                    new DiffusionProcess(new NoiseSchedule(BetaCurve.COSINE, 400), Objective.V, weighting);
            final DiffusionProcess back = DiffusionProcess.fromJson(process.toJson(), "here");
            assertEquals(weighting, back.weighting());
            assertEquals(Objective.V, back.objective());
            assertEquals(400, back.schedule().steps());
            assertEquals(process.schedule().signalShare(123), back.schedule().signalShare(123), 0);
        }
    }

    @Test
    void zeroTerminalSnrSurvivesJsonAndIsAbsentWithoutIt() throws RunFailed {
        final DiffusionProcess process = new DiffusionProcess(
                new NoiseSchedule(BetaCurve.SCALED_LINEAR, 1000, true), Objective.V, new LossWeighting.None());
        assertEquals(
                0,
                DiffusionProcess.fromJson(process.toJson(), "here").schedule().signalShare(999),
                0);
        assertFalse(DiffusionProcess.paper().toJson().has("zero_terminal_snr"));
    }

    @ParameterizedTest
    @CsvSource({
        "zero_terminal_snr,true",
        "zero_terminal_snr,1",
        "schedule,3",
        "timesteps,0",
        "timesteps,\"x\"",
        "objective,\"NOISE\"",
        "weighting,\"P3\"",
        "k,null"
    })
    void namesWhatIsWrong(final String key, final String value) {
        final JsonObject json = DiffusionProcess.paper().toJson();
        json.add(key, JsonParser.parseString(value));
        final RunFailed failure = assertThrows(RunFailed.class, () -> DiffusionProcess.fromJson(json, "here"));
        assertTrue(failure.getMessage().contains("\"" + key + "\""), failure.getMessage());
    }

    /** The shares of a batch are those of the schedule at its time-steps. */
    @Test
    void batchHoldsTheSchedulesNumbers() {
        final DiffusionProcess process = DiffusionProcess.paper();
        final NoisyBatch batch = NoisyBatch.draw(process, new float[] {0, 0.5f}, 0);
        assertEquals(0, batch.t()[0]);
        assertEquals(750, batch.t()[1]);
        assertEquals(Math.sqrt(0.9999), batch.a()[0], 1e-7);
        assertEquals(0.01, batch.b()[0], 1e-8);
        assertEquals(1e-4, batch.w()[0], 1e-10);
        assertEquals(0, batch.p()[1]);
        assertEquals(1, batch.q()[1]);
        assertEquals(12, batch.table().length);
        assertEquals(750, batch.table()[1]);
        assertEquals(batch.w()[1], batch.table()[11]);
    }

    /** Every picture of a batch sees every part of the schedule equally often. */
    @Test
    void timeStepsAreUniformForEveryPicture() {
        final DiffusionProcess process = DiffusionProcess.paper();
        final SplittableRandom random = new SplittableRandom(5);
        final int[][] counts = new int[4][10];
        for (int i = 0; i < 20_000; i++) {
            final float[] uniforms = new float[4];
            for (int k = 0; k < 4; k++) {
                uniforms[k] = (float) random.nextDouble(0.999999);
            }
            final NoisyBatch batch = NoisyBatch.draw(process, uniforms, random.nextDouble());
            for (int k = 0; k < 4; k++) {
                counts[k][(int) batch.t()[k] / 100]++;
            }
        }
        for (final int[] picture : counts) {
            for (final int count : picture) {
                // 2000 expected with a standard deviation of 42
                assertEquals(2000, count, 200);
            }
        }
    }
}
