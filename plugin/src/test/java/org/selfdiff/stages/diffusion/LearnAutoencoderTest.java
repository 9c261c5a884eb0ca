package org.selfdiff.stages.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.vae.AutoencoderSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAtCheckpoint;
import org.selfdiff.stages.compute.DiscTiles;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

@NeedsTorch.Engine
class LearnAutoencoderTest {
    @TempDir
    Path folder;

    /** Copies become better, and the scale that is kept makes latents of unit variance. */
    @Test
    void learnsToCopyAndMeasuresItsLatents() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 8, 16);
        final LearnAutoencoder.Result early = learn(tiles, 1);
        final LearnAutoencoder.Result late = learn(tiles, 120);
        assertTrue(late.error() < 0.5 * early.error(), early.error() + " before, " + late.error() + " after");
        final ModelTask.Latents latents = ((ModelTask.Autoencoder) late.card().task()).latents();
        assertEquals(2, latents.factor());
        assertTrue(latents.scale() > 0 && Double.isFinite(latents.shift()));
        final LatentCoder coder = LatentCoder.open(folder.resolve("model120.safetensors"));
        assertEquals(latents, coder.latents());
        assertEquals(
                learn(tiles, 1).log().entries().get(0).loss(),
                early.log().entries().get(0).loss());
    }

    @Test
    void aStoppedTrainingEndsWithTheSameBytes() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 5, 16);
        final LearnAutoencoder.Request whole = request(tiles, 12, Optional.empty(), "whole");
        LearnAutoencoder.run(whole, RunControl.silent());
        final Path states = folder.resolve("states");
        final LearnAutoencoder.Request stopped = request(tiles, 12, Optional.of(states), "stopped");
        final CancelAtCheckpoint control = new CancelAtCheckpoint(states, 5);
        assertThrows(RunCancelled.class, () -> LearnAutoencoder.run(stopped, control));
        assertTrue(control.reached() >= 5 && control.reached() < 12, control.reached() + " steps");
        assertFalse(Files.exists(stopped.modelFile()));
        LearnAutoencoder.run(stopped, RunControl.silent());
        assertArrayEquals(Files.readAllBytes(whole.modelFile()), Files.readAllBytes(stopped.modelFile()));
    }

    private LearnAutoencoder.Result learn(final List<Tile> tiles, final int steps) throws Exception {
        return LearnAutoencoder.run(
                request(tiles, steps, Optional.empty(), "model" + steps + ".safetensors"), RunControl.silent());
    }

    private LearnAutoencoder.Request request(
            final List<Tile> tiles, final int steps, final Optional<Path> states, final String name) throws RunFailed {
        final TrainingPlan plan = TrainingPlan.ofSteps(steps, 4, 3e-3).with(Precision.FP32);
        return new LearnAutoencoder.Request(
                tiles,
                new AutoencoderSpec(3, 4, List.of(8, 16), 1, 4, true),
                1e-6,
                new TrainingPlan(
                        plan.length(),
                        plan.batchSize(),
                        plan.optimiser(),
                        plan.warmupSteps(),
                        plan.finalRate(),
                        plan.emaDecay(),
                        plan.clipNorm(),
                        plan.precision(),
                        plan.validateEvery(),
                        Duration.ofNanos(1)),
                false,
                2,
                DeviceChoice.parse("cpu"),
                states,
                folder.resolve(name));
    }
}
