package org.selfdiff.stages.segmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.UNet;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.UNetTraining;
import org.selfdiff.weights.ModelCard;
import org.selfdiff.weights.ModelFile;
import org.selfdiff.weights.ModelKind;
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
            return new Beginning(network, UNetTraining.fresh(network, seed), List.of());
        }
        final Path model = ((FineTuneSegmenter.Start.Pretrained) start).model();
        final ModelCard card = ModelFile.readCard(model);
        requirePretrained(card, model);
        final UNetSpec network =
                UNetSpec.fromJson(card.architecture(), model.toString()).withOutputChannels(classes);
        final NamedWeights pretrained = ModelFile.readWeights(model);
        final Map<String, Weight> weights =
                new LinkedHashMap<>(UNetTraining.fresh(network, seed).weights());
        for (final Map.Entry<String, Weight> entry : weights.entrySet()) {
            if (!entry.getKey().startsWith(UNet.FINAL)) {
                entry.setValue(
                        pretrained.require(entry.getKey(), entry.getValue().shape(), model.toString()));
            }
        }
        final List<String> parents = new ArrayList<>(card.provenance().parents());
        parents.add(ModelFile.fingerprint(model));
        return new Beginning(network, new NamedWeights(weights), parents);
    }

    private static void requirePretrained(final ModelCard card, final Path model) throws RunFailed {
        if (card.kind() != ModelKind.DIFFUSION_UNET) {
            throw new RunFailed(
                    "The model is a " + card.kind().title() + ", not a " + ModelKind.DIFFUSION_UNET.title(),
                    model.toString(),
                    "Use the model of a Diffusion Pretrainer, or none to start from scratch.");
        }
        if (card.input().lo() != UNetTraining.LOW || card.input().hi() != UNetTraining.HIGH) {
            throw new RunFailed(
                    "The model takes values from " + card.input().lo() + " to "
                            + card.input().hi() + ", not from " + UNetTraining.LOW + " to " + UNetTraining.HIGH,
                    model.toString(),
                    "Use the model of a Diffusion Pretrainer of this version.");
        }
    }
}
