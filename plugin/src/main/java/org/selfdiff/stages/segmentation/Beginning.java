package org.selfdiff.stages.segmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.model.Model;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.InitialWeights;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.UNet;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/**
 * What the weights of a segmenter are before training, and where they come from.
 *
 * @param network its sizes
 * @param weights all of them
 * @param parents fingerprints of the models that they were built on, the nearest last
 */
record Beginning(UNetSpec network, NamedWeights weights, List<String> parents) {

    /**
     * Fresh weights, and all of the pre-trained ones but those of the final block.
     *
     * @param start where they come from
     * @param classes number of classes, which are the network's output channels
     * @param seed of the fresh ones
     * @throws RunFailed when the model is none to start from, or the network's sizes do not do
     */
    static Beginning of(final FineTuneSegmenter.Start start, final int classes, final long seed) throws RunFailed {
        if (start instanceof FineTuneSegmenter.Start.Scratch scratch) {
            final UNetSpec network = scratch.network().checked().withOutputChannels(classes);
            return new Beginning(network, InitialWeights.draw(new UNet(network), seed), List.of());
        }
        final Path file = ((FineTuneSegmenter.Start.Pretrained) start).model();
        final Model model = Model.open(file, ModelTask.Diffusion.class, "Diffusion Pretrainer");
        requireRange(model);
        final UNetSpec pretrained = UNetSpec.fromJson(model.card().architecture(), file.toString());
        final UNetSpec network = pretrained.withOutputChannels(classes);
        final NamedWeights known = model.weights(new UNet(pretrained));
        final Map<String, Weight> weights =
                new LinkedHashMap<>(InitialWeights.draw(new UNet(network), seed).weights());
        for (final Map.Entry<String, Weight> entry : weights.entrySet()) {
            if (!entry.getKey().startsWith(UNet.FINAL)) {
                entry.setValue(known.weights().get(entry.getKey()));
            }
        }
        final List<String> parents = new ArrayList<>(model.card().provenance().parents());
        parents.add(model.fingerprint());
        return new Beginning(network, new NamedWeights(weights), parents);
    }

    private static void requireRange(final Model model) throws RunFailed {
        final ModelInput.Pixels input = model.card().pixels(model.file().toString());
        if (input.low(0) != TileInput.LOW || input.high(0) != TileInput.HIGH) {
            throw new RunFailed(
                    "The model takes values from " + input.low(0) + " to " + input.high(0) + ", not from "
                            + TileInput.LOW + " to " + TileInput.HIGH,
                    model.file().toString(),
                    "Use the model of a Diffusion Pretrainer of this version.");
        }
    }
}
