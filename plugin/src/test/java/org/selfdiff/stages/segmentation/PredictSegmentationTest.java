package org.selfdiff.stages.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.UNet;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.DiscTiles;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.stages.diffusion.PretrainDiffusionTest;
import org.selfdiff.stages.slides.CutTiles;
import org.selfdiff.train.Precision;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

@NeedsTorch.Engine
class PredictSegmentationTest {
    private static final UNetSpec NETWORK = PretrainDiffusionTest.SMALL.withOutputChannels(3);

    private static final List<String> CLASSES = List.of("background", "a", "b");

    @TempDir
    private Path folder;

    /** A model whose network answers the same at every place: its last layer is a bias alone. */
    private Path constant(final UNetSpec network, final float... logits) throws Exception {
        final Map<String, Weight> weights =
                new LinkedHashMap<>(InitialWeights.draw(new UNet(network), 1).weights());
        final Weight last = weights.get("final.conv.weight");
        weights.put("final.conv.weight", new Weight(last.shape(), new float[last.values().length]));
        weights.put("final.conv.bias", new Weight(new long[] {logits.length}, logits));
        return save(weights);
    }

    private Path save(final Map<String, Weight> weights) throws Exception {
        final ModelCard planned = FineTuneSegmenter.planned(NETWORK, CLASSES, MaskCoding.labels());
        final ModelCard card = new ModelCard(
                planned.task(),
                planned.architecture(),
                TileInput.of(DiscTiles.write(folder, 1, 16), 3),
                planned.training(),
                planned.provenance());
        final Path model = folder.resolve("model.safetensors");
        ModelFile.write(model, card, new NamedWeights(weights));
        return model;
    }

    private Path picture(final int width, final int height) throws Exception {
        final byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (37 * i);
        }
        return Files.write(
                folder.resolve(width + "x" + height + ".png"), PngEncoder.picture(new Picture(width, height, rgb)));
    }

    private static List<Tile> whole(final List<Path> pictures) {
        return pictures.stream()
                .map(file -> Tile.of(file, Optional.empty(), 0, 0, 1, 1, Double.NaN, ""))
                .toList();
    }

    private static List<PredictSegmentation.Prediction> run(
            final Path model, final List<Path> pictures, final boolean flips, final int batch) throws Exception {
        final List<PredictSegmentation.Prediction> predictions = new ArrayList<>();
        final PredictSegmentation.Result result = PredictSegmentation.run(
                new PredictSegmentation.Request(
                        model,
                        whole(pictures),
                        true,
                        0.5,
                        flips,
                        batch,
                        Precision.FP32,
                        CutTiles.OnFailure.FAIL,
                        DeviceChoice.CPU),
                (prediction, c) -> predictions.add(prediction),
                RunControl.silent());
        assertEquals(pictures.size(), result.pictures());
        return predictions;
    }

    /** Probabilities are 1/6, 2/6, 3/6 everywhere, up to the borders, in pictures smaller and larger than a window. */
    @Test
    void constantNetworkGivesAConstantPicture() throws Exception {
        final Path model = constant(NETWORK, 0, (float) Math.log(2), (float) Math.log(3));
        final List<Path> pictures = List.of(picture(50, 37), picture(5, 9), picture(16, 16));
        for (final boolean flips : new boolean[] {false, true}) {
            final List<PredictSegmentation.Prediction> predictions = run(model, pictures, flips, 3);
            assertEquals(
                    List.of(0, 1, 2), predictions.stream().map(p -> p.index()).toList());
            assertEquals(50, predictions.get(0).labels().width());
            for (final PredictSegmentation.Prediction prediction : predictions) {
                for (int i = 0; i < prediction.probability().length; i++) {
                    assertEquals(2, prediction.labels().labels()[i]);
                    assertEquals(Math.round(255 * 5 / 6.0), prediction.probability()[i] & 0xff, 1);
                }
            }
        }
    }

    /** How many windows are computed at once changes nothing. */
    @Test
    void doesNotDependOnTheBatch() throws Exception {
        final Path model = save(InitialWeights.draw(new UNet(NETWORK), 2).weights());
        final List<Path> pictures = List.of(picture(45, 33));
        final PredictSegmentation.Prediction one =
                run(model, pictures, false, 1).get(0);
        final PredictSegmentation.Prediction many =
                run(model, pictures, false, 50).get(0);
        assertArrayEquals(one.labels().labels(), many.labels().labels());
        for (int i = 0; i < one.probability().length; i++) {
            assertEquals(one.probability()[i] & 0xff, many.probability()[i] & 0xff, 1);
        }
    }

    /** With flips averaged, the prediction of the mirrored picture is the mirrored prediction. */
    @Test
    void flipsMakeItSymmetric() throws Exception {
        final Path model = save(InitialWeights.draw(new UNet(NETWORK), 2).weights());
        final Picture disc = DiscTiles.picture(3, 32);
        final byte[] mirrored = new byte[disc.rgb().length];
        for (int i = 0; i < 32 * 32; i++) {
            System.arraycopy(disc.rgb(), 3 * (i / 32 * 32 + 31 - i % 32), mirrored, 3 * i, 3);
        }
        final Path a = Files.write(folder.resolve("a.png"), PngEncoder.picture(disc));
        final Path b = Files.write(folder.resolve("b.png"), PngEncoder.picture(new Picture(32, 32, mirrored)));
        final List<PredictSegmentation.Prediction> both = run(model, List.of(a, b), true, 8);
        for (int i = 0; i < 32 * 32; i++) {
            assertEquals(
                    both.get(0).probability()[i] & 0xff,
                    both.get(1).probability()[i / 32 * 32 + 31 - i % 32] & 0xff,
                    1);
        }
    }

    @Test
    void refusesParametersThatAreNotTheNetworks() throws Exception {
        final Map<String, Weight> weights =
                new LinkedHashMap<>(InitialWeights.draw(new UNet(NETWORK), 1).weights());
        weights.put("stem.bias", new Weight(new long[] {1}, new float[1]));
        final Path model = save(weights);
        final RunFailed failure = assertThrows(RunFailed.class, () -> run(model, List.of(picture(16, 16)), false, 1));
        assertTrue(failure.what().contains("stem.bias"), failure.what());
        final Map<String, Weight> more =
                new LinkedHashMap<>(InitialWeights.draw(new UNet(NETWORK), 1).weights());
        more.put("superfluous", new Weight(new long[] {1}, new float[1]));
        final Path other = save(more);
        assertThrows(RunFailed.class, () -> run(other, List.of(picture(16, 16)), false, 1));
    }

    @Test
    void whatCannotBeReadIsLeftOutAndNamedIfThatIsChosen() throws Exception {
        final Path model = constant(NETWORK, 0, 0, 0);
        final Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
        final List<Integer> indices = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        final RunControl control = warningsIn(warnings);
        final List<Path> some = List.of(picture(16, 16), broken, picture(20, 16));
        final PredictSegmentation.Result result = PredictSegmentation.run(
                skipping(model, some), (prediction, c) -> indices.add(prediction.index()), control);
        assertEquals(List.of(0, 2), indices);
        assertEquals(2, result.pictures());
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("broken.png"), warnings.get(0));
        final RunFailed none = assertThrows(
                RunFailed.class,
                () -> PredictSegmentation.run(skipping(model, List.of(broken)), (prediction, c) -> {}, control));
        assertTrue(none.getMessage().contains("broken.png"), none.getMessage());
    }

    private static PredictSegmentation.Request skipping(final Path model, final List<Path> pictures) {
        return new PredictSegmentation.Request(
                model,
                whole(pictures),
                true,
                0.5,
                false,
                1,
                Precision.FP32,
                CutTiles.OnFailure.SKIP_AND_REPORT,
                DeviceChoice.CPU);
    }

    private static RunControl warningsIn(final List<String> warnings) {
        return new RunControl() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(final double fraction, final String message) {
                assertTrue(fraction >= 0 && fraction <= 1);
            }

            @Override
            public void warn(final String message) {
                warnings.add(message);
            }
        };
    }

    @Test
    void namesThePictureThatCannotBeRead() throws Exception {
        final Path model = constant(NETWORK, 0, 0, 0);
        final Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
        final List<Path> pictures = List.of(picture(16, 16), broken);
        final RunFailed failure = assertThrows(RunFailed.class, () -> run(model, pictures, false, 1));
        assertTrue(failure.getMessage().contains("broken.png"), failure.getMessage());
        assertThrows(
                RunFailed.class,
                () -> PredictSegmentation.run(
                        new PredictSegmentation.Request(
                                model,
                                whole(pictures),
                                true,
                                0.9,
                                false,
                                1,
                                Precision.FP32,
                                CutTiles.OnFailure.FAIL,
                                DeviceChoice.CPU),
                        (prediction, c) -> {},
                        RunControl.silent()));
    }
}
