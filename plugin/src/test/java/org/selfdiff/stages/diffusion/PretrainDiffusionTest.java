package org.selfdiff.stages.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.BetaCurve;
import org.selfdiff.diffusion.Ddim;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.diffusion.LossWeighting;
import org.selfdiff.diffusion.NoiseSchedule;
import org.selfdiff.diffusion.Objective;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.Picture;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.AttentionKind;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.DiscTiles;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

@NeedsTorch.Engine
public class PretrainDiffusionTest {
    public static final UNetSpec SMALL = UNetSpec.of(
                    3, 16, List.of(1, 2), 1, List.of(AttentionKind.NONE, AttentionKind.FULL))
            .withFinestSkip();

    public static final DiffusionProcess PROCESS =
            new DiffusionProcess(new NoiseSchedule(BetaCurve.COSINE, 200), Objective.V, new LossWeighting.MinSnr(5));

    @TempDir
    private Path folder;

    private PretrainDiffusion.Request request(
            final List<Tile> tiles, final int steps, final Precision precision, final int samples) {
        return new PretrainDiffusion.Request(
                tiles,
                new DenoiserSpec.Plain(SMALL),
                Optional.empty(),
                Optional.empty(),
                PROCESS,
                TrainingPlan.ofSteps(steps, 4, 3e-3).with(precision),
                false,
                11,
                DeviceChoice.CPU,
                Optional.empty(),
                samples,
                new Ddim(10, 0),
                folder.resolve("model.safetensors"));
    }

    /** One tile is learnt by heart: the loss falls to a part of what it was, and samples look like the tile. */
    @Test
    void learnsOneTileByHeart() throws Exception {
        final List<Tile> tile = DiscTiles.write(folder, 1, 16);
        final PretrainDiffusion.Result result =
                PretrainDiffusion.run(request(tile, 250, Precision.FP32, 4), RunControl.silent());
        final double first = result.log().entries().get(0).loss();
        final double last = result.log().entries().get(249).smoothed();
        assertTrue(last < 0.25 * first, first + " to " + last);
        assertEquals("All 250 steps are done.", result.stopped());
        // the first of 2 x 2 samples, enlarged 8 times, behind the margin of the montage
        assertTrue(likeness(result.samples().orElseThrow(), DiscTiles.picture(0, 16)) < 40);
    }

    /** Root mean square difference of the first sample from a picture, in grey values. */
    private static double likeness(final Picture montage, final Picture picture) {
        final int zoom = 128 / picture.width();
        final int margin = (montage.width() - 2 * 128) / 3;
        double squares = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    final int sample = montage.sample(margin + zoom * x + zoom / 2, margin + zoom * y + zoom / 2, c);
                    squares += Math.pow(sample - picture.sample(x, y, c), 2);
                }
            }
        }
        return Math.sqrt(squares / (3 * picture.width() * picture.height()));
    }

    @Test
    void cardSaysWhatWasMadeAndOfWhat() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 2, 16);
        final PretrainDiffusion.Request request = request(tiles, 2, Precision.FP32, 0);
        final PretrainDiffusion.Result result = PretrainDiffusion.run(request, RunControl.silent());
        final ModelCard card = ModelFile.readCard(request.modelFile());
        assertEquals(ModelCard.fromJson(result.card().toJson(), "result").toJson(), card.toJson());
        assertTrue(card.task() instanceof ModelTask.Diffusion);
        assertEquals(SMALL, UNetSpec.fromJson(card.architecture(), "card"));
        assertEquals(
                200,
                DiffusionProcess.fromJson(((ModelTask.Diffusion) card.task()).process(), "card")
                        .schedule()
                        .steps());
        assertEquals(16, card.pixels("card").side());
        assertEquals(0.5, card.pixels("card").mpp());
        assertEquals("cpu (as chosen), fp32 (as chosen)", card.provenance().device());
        assertEquals("11", card.provenance().settings().get("seed"));
        assertTrue(
                card.provenance().data().startsWith("2 tiles, sha256 "),
                card.provenance().data());
        assertTrue(result.samples().isEmpty());
        final ModelCard planned = PretrainDiffusion.planned(
                new DenoiserSpec.Plain(SMALL), PROCESS, 3, Optional.empty(), Optional.empty());
        assertEquals(planned.architecture(), card.architecture());
        assertEquals(planned.task(), card.task());
    }

    @Test
    void isAFunctionOfTheSeed() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 3, 16);
        final PretrainDiffusion.Request request = request(tiles, 5, Precision.FP32, 0);
        PretrainDiffusion.run(request, RunControl.silent());
        final byte[] once = Files.readAllBytes(request.modelFile());
        PretrainDiffusion.run(request, RunControl.silent());
        assertArrayEquals(once, Files.readAllBytes(request.modelFile()));
        PretrainDiffusion.run(
                new PretrainDiffusion.Request(
                        tiles,
                        new DenoiserSpec.Plain(SMALL),
                        Optional.empty(),
                        Optional.empty(),
                        PROCESS,
                        request.plan(),
                        false,
                        12,
                        DeviceChoice.CPU,
                        Optional.empty(),
                        0,
                        new Ddim(10, 0),
                        request.modelFile()),
                RunControl.silent());
        assertFalse(Arrays.equals(once, Files.readAllBytes(request.modelFile())));
    }

    /** The same losses within the precision of 16 bits, and as good an end. */
    @Test
    void sixteenBitsLearnAlike() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 2, 16);
        final var wide = PretrainDiffusion.run(request(tiles, 60, Precision.FP32, 0), RunControl.silent())
                .log()
                .entries();
        final var narrow = PretrainDiffusion.run(request(tiles, 60, Precision.BF16, 0), RunControl.silent())
                .log()
                .entries();
        assertEquals(1, narrow.get(0).loss() / wide.get(0).loss(), 0.02);
        assertNotEquals(wide.get(0).loss(), narrow.get(0).loss(), 0, "it did compute in 16 bits");
        assertEquals(1, narrow.get(59).smoothed() / wide.get(59).smoothed(), 0.15);
    }

    @Test
    void refusesTilesThatDoNotFit() throws Exception {
        final List<Tile> odd = DiscTiles.write(folder, 1, 17);
        final RunFailed failure = assertThrows(
                RunFailed.class, () -> PretrainDiffusion.run(request(odd, 2, Precision.FP32, 0), RunControl.silent()));
        assertTrue(failure.what().contains("17 x 17"), failure.what());
        assertThrows(
                RunFailed.class,
                () -> PretrainDiffusion.run(request(List.of(), 2, Precision.FP32, 0), RunControl.silent()));
        assertFalse(Files.exists(folder.resolve("model.safetensors")));
    }

    @Test
    void cancelLeavesNoModel() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 2, 16);
        final RunControl control = new RunControl() {
            private volatile boolean trained;

            @Override
            public boolean isCancelled() {
                return trained;
            }

            @Override
            public void progress(final double fraction, final String message) {
                trained |= message.contains("steps/s");
            }

            @Override
            public void warn(final String message) {
                // nobody is listening
            }
        };
        assertThrows(RunCancelled.class, () -> PretrainDiffusion.run(request(tiles, 5000, Precision.FP32, 0), control));
        assertFalse(Files.exists(folder.resolve("model.safetensors")));
    }
}
