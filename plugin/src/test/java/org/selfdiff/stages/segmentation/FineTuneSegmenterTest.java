package org.selfdiff.stages.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.Ddim;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.UNet;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.DiscTiles;
import org.selfdiff.stages.diffusion.DenoiserSpec;
import org.selfdiff.stages.diffusion.PretrainDiffusion;
import org.selfdiff.stages.diffusion.PretrainDiffusionTest;
import org.selfdiff.stages.segmentation.FineTuneSegmenter.Start;
import org.selfdiff.stages.slides.CutTiles;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.train.loss.LossSum;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

@NeedsTorch.Engine
class FineTuneSegmenterTest {
    private static final List<String> CLASSES = List.of("background", "disc");

    @TempDir
    private Path folder;

    private FineTuneSegmenter.Request request(
            final List<Tile> tiles, final Start start, final int steps, final double rate, final double share) {
        return new FineTuneSegmenter.Request(
                tiles,
                start,
                CLASSES,
                MaskCoding.foreground(),
                LossSum.paper(),
                TrainingPlan.ofSteps(steps, 4, rate).with(Precision.FP32),
                share,
                false,
                3,
                DeviceChoice.CPU,
                Optional.empty(),
                folder.resolve("segmenter.safetensors"));
    }

    private Path pretrained(final List<Tile> tiles) throws Exception {
        final Path model = folder.resolve("diffusion.safetensors");
        PretrainDiffusion.run(
                new PretrainDiffusion.Request(
                        tiles,
                        new DenoiserSpec.Plain(PretrainDiffusionTest.SMALL),
                        Optional.empty(),
                        Optional.empty(),
                        PretrainDiffusionTest.PROCESS,
                        TrainingPlan.ofSteps(3, 4, 1e-3).with(Precision.FP32),
                        false,
                        1,
                        DeviceChoice.CPU,
                        Optional.empty(),
                        0,
                        new Ddim(1, 0),
                        model),
                RunControl.silent());
        return model;
    }

    /** Learnt from scratch on discs, and then found by the predictor on discs at places not seen in training. */
    @Test
    void learnsToFindDiscs() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 9, 16);
        final FineTuneSegmenter.Result result = FineTuneSegmenter.run(
                request(tiles.subList(0, 8), new Start.Scratch(PretrainDiffusionTest.SMALL), 80, 3e-3, 0.25),
                RunControl.silent());
        assertTrue(result.log().entries().get(79).loss()
                < 0.1 * result.log().entries().get(0).loss());
        assertEquals(2, result.validationGroups().size());
        assertFalse(result.log().checks().isEmpty());
        assertTrue(result.card().task() instanceof ModelTask.Segmentation);
        assertEquals(
                CLASSES, result.card().classes().stream().map(c -> c.name()).toList());
        PredictSegmentation.run(
                new PredictSegmentation.Request(
                        folder.resolve("segmenter.safetensors"),
                        List.of(tiles.get(8)),
                        true,
                        0.5,
                        true,
                        3,
                        Precision.FP32,
                        CutTiles.OnFailure.FAIL,
                        DeviceChoice.CPU),
                (prediction, c) -> {
                    final int[] truth = DiscTiles.mask(8, 16).labels();
                    final int[] found = prediction.labels().labels();
                    int wrong = 0;
                    for (int i = 0; i < truth.length; i++) {
                        wrong += truth[i] == found[i] ? 0 : 1;
                    }
                    assertTrue(wrong <= 8, wrong + " of 256 pixels are wrong");
                },
                RunControl.silent());
    }

    /** With a learning rate of next to nothing, the model is what it began as. */
    @Test
    void startsFromThePretrainedNetworkButItsEnd() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 2, 16);
        final Path model = pretrained(tiles);
        final FineTuneSegmenter.Result result =
                FineTuneSegmenter.run(request(tiles, new Start.Pretrained(model), 1, 1e-12, 0), RunControl.silent());
        final Map<String, Weight> before = ModelFile.readWeights(model).weights();
        final Map<String, Weight> after =
                ModelFile.readWeights(folder.resolve("segmenter.safetensors")).weights();
        assertEquals(before.keySet(), after.keySet());
        final NamedWeights fresh = InitialWeights.draw(new UNet(PretrainDiffusionTest.SMALL.withOutputChannels(2)), 3);
        for (final Map.Entry<String, Weight> entry : after.entrySet()) {
            final String name = entry.getKey();
            final Weight expected = name.startsWith("final.") ? fresh.weights().get(name) : before.get(name);
            assertArrayEquals(expected.values(), entry.getValue().values(), 1e-9f, name);
        }
        assertFalse(Arrays.equals(
                before.get("final.block.conv1.weight").values(),
                after.get("final.block.conv1.weight").values()));
        assertEquals(
                List.of(ModelFile.fingerprint(model)),
                result.card().provenance().parents());
        assertEquals(2, UNetSpec.fromJson(result.card().architecture(), "card").outputChannels());
        assertEquals(
                FineTuneSegmenter.planned(PretrainDiffusionTest.SMALL, CLASSES, MaskCoding.foreground())
                        .architecture(),
                result.card().architecture());
    }

    @Test
    void refusesAModelOfAnotherKind() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 2, 16);
        FineTuneSegmenter.run(
                request(tiles, new Start.Scratch(PretrainDiffusionTest.SMALL), 1, 1e-3, 0), RunControl.silent());
        final Path segmenter = Files.move(folder.resolve("segmenter.safetensors"), folder.resolve("s.safetensors"));
        final RunFailed asStart = assertThrows(
                RunFailed.class,
                () -> FineTuneSegmenter.run(
                        request(tiles, new Start.Pretrained(segmenter), 1, 1e-3, 0), RunControl.silent()));
        assertTrue(asStart.what().contains("segmentation U-Net, not a diffusion U-Net"), asStart.what());
        final Path diffusion = pretrained(tiles);
        final RunFailed asSegmenter = assertThrows(
                RunFailed.class,
                () -> PredictSegmentation.run(
                        new PredictSegmentation.Request(
                                diffusion,
                                List.of(tiles.get(0)),
                                true,
                                0.5,
                                false,
                                1,
                                Precision.FP32,
                                CutTiles.OnFailure.FAIL,
                                DeviceChoice.CPU),
                        (prediction, c) -> {},
                        RunControl.silent()));
        assertTrue(asSegmenter.what().contains("diffusion U-Net, not a segmentation U-Net"), asSegmenter.what());
        assertFalse(Files.exists(folder.resolve("segmenter.safetensors")), "no model is left by what failed");
    }

    @Test
    void refusesLabelsAndClassesThatDoNotFit() throws Exception {
        final List<Tile> tiles = DiscTiles.write(folder, 2, 16);
        final Start scratch = new Start.Scratch(PretrainDiffusionTest.SMALL);
        final FineTuneSegmenter.Request good = request(tiles, scratch, 1, 1e-3, 0);
        final FineTuneSegmenter.Request oneClass = new FineTuneSegmenter.Request(
                tiles,
                scratch,
                List.of("all"),
                good.coding(),
                good.losses(),
                good.plan(),
                0,
                false,
                3,
                DeviceChoice.CPU,
                Optional.empty(),
                good.modelFile());
        assertThrows(RunFailed.class, () -> FineTuneSegmenter.run(oneClass, RunControl.silent()));
        final List<Tile> unlabelled = tiles.stream().map(Tile::unlabelled).toList();
        final RunFailed failure = assertThrows(
                RunFailed.class,
                () -> FineTuneSegmenter.run(request(unlabelled, scratch, 1, 1e-3, 0), RunControl.silent()));
        assertTrue(failure.what().contains("no mask"), failure.what());
    }
}
