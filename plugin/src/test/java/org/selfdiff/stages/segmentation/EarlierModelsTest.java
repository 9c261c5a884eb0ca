package org.selfdiff.stages.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.run.RunControl;
import org.selfdiff.stages.compute.DiscTiles;
import org.selfdiff.stages.slides.CutTiles;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;
import org.selfdiff.train.loss.LossSum;

/**
 * Model files of an earlier version, which trained both for a minute on discs (8 tiles of 32 pixels, 60 and 120 steps,
 * fp32 on the CPU) and predicted the picture beside them.
 */
@NeedsTorch.Engine
class EarlierModelsTest {
    private static final Path EARLIER = Path.of("src/test/resources/models/format-1");

    @TempDir
    private Path folder;

    private static PredictSegmentation.Prediction predict(final Path model) throws Exception {
        final List<PredictSegmentation.Prediction> predictions = new ArrayList<>();
        PredictSegmentation.run(
                new PredictSegmentation.Request(
                        model,
                        List.of(Tile.of(EARLIER.resolve("picture.png"), Optional.empty(), 0, 0, 1, 1, Double.NaN, "")),
                        true,
                        0.5,
                        false,
                        2,
                        Precision.FP32,
                        CutTiles.OnFailure.FAIL,
                        DeviceChoice.CPU),
                (prediction, c) -> predictions.add(prediction),
                RunControl.silent());
        return predictions.get(0);
    }

    /** The value of a pixel of a grey picture. */
    private static int grey(final Picture picture, final int pixel) {
        return picture.rgb()[3 * pixel] & 0xFF;
    }

    @Test
    void aSegmenterPredictsWhatItPredictedThen() throws Exception {
        final PredictSegmentation.Prediction now = predict(EARLIER.resolve("segmenter.safetensors"));
        final Picture then = Pictures.read(EARLIER.resolve("probability.png"), DecodeLimits.standard());
        assertEquals(48 * 48, now.probability().length);
        int discs = 0;
        for (int i = 0; i < now.probability().length; i++) {
            assertEquals(grey(then, i), now.probability()[i] & 0xFF, 1, "probability of pixel " + i);
            discs += now.labels().labels()[i];
        }
        // A disc of radius 12 has 452 pixels; what was learnt in two minutes is not far from it.
        assertTrue(discs > 350 && discs < 550, discs + " pixels of the disc");
    }

    @Test
    void aDiffusionModelIsFineTuned() throws Exception {
        final Path made = folder.resolve("segmenter.safetensors");
        FineTuneSegmenter.run(
                new FineTuneSegmenter.Request(
                        DiscTiles.write(folder, 2, 32),
                        new FineTuneSegmenter.Start.Pretrained(EARLIER.resolve("diffusion.safetensors")),
                        List.of("background", "disc"),
                        MaskCoding.foreground(),
                        LossSum.paper(),
                        TrainingPlan.ofSteps(1, 2, 1e-3).with(Precision.FP32),
                        0,
                        false,
                        3,
                        DeviceChoice.CPU,
                        Optional.empty(),
                        made),
                RunControl.silent());
        assertTrue(Files.exists(made));
        assertEquals(48 * 48, predict(made).probability().length);
    }
}
