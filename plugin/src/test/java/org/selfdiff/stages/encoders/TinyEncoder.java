package org.selfdiff.stages.encoders;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.NamedWeights;

/** Small transformers with random weights, as model files. */
public final class TinyEncoder {
    private TinyEncoder() {}

    /** Two blocks of 24 numbers, patches of 8 pixels, two registers without positions. */
    public static VitSpec spec(final int channels) {
        return new VitSpec(channels, 8, 24, 2, 3, 48, false, true, 2, VitSpec.Positions.timm(4, false, false), 1e-6);
    }

    public static NamedWeights weights(final VitSpec spec) {
        return InitialWeights.draw(new Vit(spec, 32, 32), 7);
    }

    /** Of the side 32. */
    public static ModelInput.Pixels input(final int channels) {
        return channels == 1
                ? new ModelInput.Pixels(1, 32, List.of(0.4), List.of(0.3), Double.NaN)
                : new ModelInput.Pixels(3, 32, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), Double.NaN);
    }

    public static Path write(final Path file, final int channels) throws RunFailed {
        return write(file, channels, weights(spec(channels)));
    }

    public static Path write(final Path file, final int channels, final NamedWeights weights) throws RunFailed {
        final ModelCard card = new ModelCard(
                new ModelTask.Encoder("tiny", 24),
                spec(channels).toJson(),
                input(channels),
                new JsonObject(),
                new Provenance("Test", "none", Map.of(), "", Map.of(), List.of()));
        ModelFile.write(file, card, weights);
        return file;
    }
}
