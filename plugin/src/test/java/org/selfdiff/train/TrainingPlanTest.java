package org.selfdiff.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfdiff.run.RunFailed;

class TrainingPlanTest {
    private static TrainingPlan plan(
            final TrainingPlan.Length length, final int batch, final double rate, final double ema) {
        return new TrainingPlan(
                length, batch, TrainingPlan.AdamW.adam(rate), 5, 0.1, ema, 1, Precision.FP32, 10, Duration.ZERO);
    }

    @Test
    void countsSteps() {
        assertEquals(40, TrainingPlan.ofSteps(40, 8, 1e-3).totalSteps(1000));
        final TrainingPlan.Length epochs = new TrainingPlan.Length(0, 2, Optional.empty(), 0);
        // 21 tiles make 3 batches of 8
        assertEquals(6, plan(epochs, 8, 1e-3, 0).totalSteps(21));
        final TrainingPlan.Length both = new TrainingPlan.Length(5, 2, Optional.empty(), 0);
        assertEquals(5, plan(both, 8, 1e-3, 0).totalSteps(21));
    }

    static Stream<Arguments> wrong() {
        final TrainingPlan.Length good = TrainingPlan.Length.ofSteps(10);
        return Stream.of(
                Arguments.of(plan(TrainingPlan.Length.ofSteps(0), 8, 1e-3, 0), "steps"),
                Arguments.of(plan(new TrainingPlan.Length(9, 0, Optional.of(Duration.ZERO), 0), 8, 1e-3, 0), "budget"),
                Arguments.of(plan(new TrainingPlan.Length(9, 0, Optional.empty(), -1), 8, 1e-3, 0), "patience"),
                Arguments.of(plan(good, 0, 1e-3, 0), "batch size"),
                Arguments.of(plan(good, 8, 0, 0), "learning rate"),
                Arguments.of(plan(good, 8, Double.NaN, 0), "learning rate"),
                Arguments.of(plan(good, 8, 1e-3, 1), "EMA"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesTheSettingThatIsWrong(final TrainingPlan plan, final String setting) {
        final RunFailed failure = assertThrows(RunFailed.class, plan::checked);
        assertTrue(failure.where().contains(setting), failure.getMessage());
    }

    @Test
    void acceptsItsOwnDefaults() throws RunFailed {
        final TrainingPlan plan = TrainingPlan.ofSteps(1, 1, 1e-3);
        assertEquals(plan, plan.checked());
    }
}
