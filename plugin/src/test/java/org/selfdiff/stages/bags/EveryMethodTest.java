package org.selfdiff.stages.bags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.run.RunControl;
import org.selfdiff.weights.SafeTensors;

/** Every network for bags is trained, written, read and asked. */
@NeedsTorch.Engine
@Tag("slow")
class EveryMethodTest {
    private static final int GRID = 4;

    private static final int BAGS = 12;

    @TempDir
    Path folder;

    private Path learn(final MilSpec.Method method) throws Exception {
        final Path model = folder.resolve("model.safetensors");
        final List<Bag> bags = PlantedBags.regions(GRID, BAGS, 1);
        LearnBags.run(PlantedBags.request(bags, PlantedBags.halves(BAGS), method, 8, 1, model), RunControl.silent());
        return model;
    }

    @ParameterizedTest
    @EnumSource(MilSpec.Method.class)
    void isTrainedAndAsked(final MilSpec.Method method) throws Exception {
        final PredictBags.Result result = PredictBags.run(
                new PredictBags.Request(
                        learn(method),
                        PlantedBags.regions(GRID, 3, 2),
                        PredictBags.Passes.WHOLE,
                        false,
                        DeviceChoice.parse("cpu")),
                RunControl.silent());
        for (final double[] p : result.predictions()) {
            assertEquals(1, Arrays.stream(p).sum(), 1e-6);
        }
        for (final PredictBags.Attention attention : result.attention()) {
            assertEquals(GRID * GRID, attention.tiles().length);
            assertEquals(1, Arrays.stream(attention.tiles()).sum(), 1e-6);
            assertTrue(Arrays.stream(attention.tiles()).allMatch(a -> a >= 0));
        }
    }

    /** All bags have the same places, and the slide's token lies at (0, 0): the mean distance is known. */
    @Test
    void stampLearnsTheMeanDistance() throws Exception {
        final int tokens = 1 + GRID * GRID;
        double sum = 0;
        for (int a = 0; a < tokens; a++) {
            for (int b = 0; b < tokens; b++) {
                final int from = Math.max(0, a - 1);
                final int to = Math.max(0, b - 1);
                sum += Math.hypot(from / GRID - to / GRID, from % GRID - to % GRID);
            }
        }
        int found = 0;
        try (SafeTensors in = SafeTensors.open(learn(MilSpec.Method.STAMP))) {
            for (final String name : in.tensors().keySet()) {
                if (name.endsWith("running_mean")) {
                    found++;
                    for (final float mean : in.floats(name)) {
                        assertEquals(sum / (tokens * tokens), mean, 1e-4);
                    }
                } else if (name.endsWith("items_so_far")) {
                    assertEquals(9, in.floats(name)[0], "8 steps from 1");
                }
            }
        }
        assertEquals(3, found, "one layer of three networks");
    }
}
