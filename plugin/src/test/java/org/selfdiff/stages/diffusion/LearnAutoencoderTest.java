package org.selfdiff.stages.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.vae.AutoencoderSpec;
import org.selfdiff.run.RunControl;
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

    private LearnAutoencoder.Result learn(final List<Tile> tiles, final int steps) throws Exception {
        return LearnAutoencoder.run(
                new LearnAutoencoder.Request(
                        tiles,
                        new AutoencoderSpec(3, 4, List.of(8, 16), 1, 4, true),
                        1e-6,
                        TrainingPlan.ofSteps(steps, 4, 3e-3).with(Precision.FP32),
                        false,
                        2,
                        DeviceChoice.parse("cpu"),
                        Optional.empty(),
                        folder.resolve("model" + steps + ".safetensors")),
                RunControl.silent());
    }
}
