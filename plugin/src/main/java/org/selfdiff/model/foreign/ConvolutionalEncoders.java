package org.selfdiff.model.foreign;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.PictureEmbedding;
import org.selfdiff.nn.cnn.DenseNet;
import org.selfdiff.nn.cnn.Inception;
import org.selfdiff.nn.cnn.ResNet;
import org.selfdiff.run.RunFailed;

/** Recognises ResNets of torchvision, pytorch-fid's Inception and DenseNets of TorchXRayVision and torchvision. */
final class ConvolutionalEncoders {
    private static final int SIDE = 224;

    private static final int MOST_CHANNELS = 64;

    private static final int MOST_PARTS = 64;

    private static final Predicate<String> HEADS = Pattern.compile(
                    "(fc|classifier|AuxLogits)\\..*|op_threshs|.*num_batches_tracked")
            .asMatchPredicate();

    private ConvolutionalEncoders() {}

    static Optional<Recognised> find(final String where, final Map<String, long[]> all, final Hints hints)
            throws RunFailed {
        final Optional<ForeignTensors> inception = ForeignTensors.with(where, all, "Mixed_7c.branch_pool.conv.weight");
        if (inception.isPresent()) {
            final Inception network = new Inception();
            return Optional.of(recognised(
                    inception.get(),
                    "Inception (pytorch-fid)",
                    "pytorch-fid",
                    network,
                    network.toJson(),
                    new Pictures(3, Inception.SIDE, Normalisation.HALF)));
        }
        final int side = hints.side() > 0 ? hints.side() : SIDE;
        final Optional<ForeignTensors> dense =
                ForeignTensors.with(where, all, "features.denseblock1.denselayer1.conv1.weight");
        if (dense.isPresent()) {
            return Optional.of(denseNet(dense.get(), side));
        }
        final Optional<ForeignTensors> residual = ForeignTensors.with(where, all, "layer1.0.conv1.weight");
        return residual.isPresent() ? Optional.of(resNet(residual.get(), side)) : Optional.empty();
    }

    /** What a network is fed with. */
    private record Pictures(int channels, int side, Normalisation normalisation) {}

    private static Recognised denseNet(final ForeignTensors tensors, final int side) throws RunFailed {
        final int channels = tensors.size("features.conv0.weight", 4, 1);
        final List<Integer> layers = new ArrayList<>();
        for (int block = 1; block <= 4; block++) {
            final Pattern layer = Pattern.compile("features\\.denseblock" + block + "\\.denselayer(\\d{1,4})\\.");
            layers.add(Math.max(0, tensors.count(layer) - 1)); // counted from 1
        }
        require(tensors, "DenseNet", layers, channels);
        final DenseNet network = new DenseNet(channels, layers);
        final boolean grey = channels == 1;
        return recognised(
                tensors,
                network.title() + (grey ? " (TorchXRayVision)" : ""),
                grey ? "TorchXRayVision" : "torchvision",
                network,
                network.toJson(),
                new Pictures(channels, side, grey ? Normalisation.XRV : Normalisation.IMAGENET));
    }

    private static Recognised resNet(final ForeignTensors tensors, final int side) throws RunFailed {
        final int channels = tensors.size("conv1.weight", 4, 1);
        final List<Integer> blocks = new ArrayList<>();
        for (int stage = 1; stage <= 4; stage++) {
            blocks.add(tensors.count(Pattern.compile("layer" + stage + "\\.(\\d{1,4})\\.")));
        }
        require(tensors, "ResNet", blocks, channels);
        final ResNet network = new ResNet(channels, tensors.has("layer1.0.conv3.weight"), blocks);
        return recognised(
                tensors,
                network.title(),
                "torchvision",
                network,
                network.toJson(),
                new Pictures(channels, side, Normalisation.IMAGENET.of(channels)));
    }

    /** Refuses numbers that no network has; a stage without blocks is one that was cut off. */
    private static void require(
            final ForeignTensors tensors, final String what, final List<Integer> parts, final int channels)
            throws RunFailed {
        if (channels > MOST_CHANNELS || parts.stream().anyMatch(number -> number < 1 || number > MOST_PARTS)) {
            throw new RunFailed(
                    "The file looks like a " + what + ", but one of " + channels + " channels with stages of " + parts
                            + " blocks",
                    tensors.where(),
                    "Use the file of a whole network.");
        }
    }

    private static Recognised recognised(
            final ForeignTensors tensors,
            final String name,
            final String naming,
            final PictureEmbedding network,
            final JsonObject architecture,
            final Pictures pictures)
            throws RunFailed {
        final Map<String, List<String>> sources = Recognised.sources("a " + name, tensors, network, List::of, HEADS);
        final List<String> leftOut = new ArrayList<>(tensors.others());
        tensors.shapes().keySet().stream().filter(HEADS).map(tensors::full).forEach(leftOut::add);
        return new Recognised(
                name,
                naming,
                new ModelTask.Encoder(name, network.size()),
                architecture,
                network,
                pictures.channels(),
                pictures.side(),
                pictures.normalisation(),
                sources,
                leftOut);
    }
}
