package org.selfdiff.stages.encoders;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.model.Model;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.PictureEmbedding;
import org.selfdiff.nn.Resize;
import org.selfdiff.nn.cnn.DenseNet;
import org.selfdiff.nn.cnn.Inception;
import org.selfdiff.nn.cnn.ResNet;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.nn.vit.VitEmbedding;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.RunFailed;

/**
 * A network that turns a picture into a vector, of whatever architecture. Pictures are brought to its side as Pillow
 * and torchvision do it, linear with averaging, but without rounding to bytes in between; for FID's Inception as
 * pytorch-fid does it, linear without averaging.
 *
 * @param encodedBy name, fingerprint and width of its embeddings
 * @param input what pictures it takes
 * @param network its function {@link PictureEmbedding#EMBED} takes pictures and gives vectors
 * @param resize how pictures are brought to its side
 * @param model where the parameters are
 */
public record Encoder(
        EncodedBy encodedBy, ModelInput.Pixels input, PictureEmbedding network, Resize resize, Model model) {
    /** Who makes such models, for messages. */
    public static final String MAKERS = "DINO Learner or a Model Reader";

    /**
     * Opens an encoder.
     *
     * @throws RunFailed when the file is no encoder, of an architecture that is not known, or damaged
     */
    public static Encoder open(final Path file, final Pooling pooling) throws RunFailed {
        final Model model = Model.open(file, ModelTask.Encoder.class, MAKERS);
        final ModelCard card = model.card();
        final ModelInput.Pixels input = card.pixels(file.toString());
        final ModelTask.Encoder task = (ModelTask.Encoder) card.task();
        requireChannels(input, file.toString());
        final PictureEmbedding network = network(card, input, pooling, file.toString());
        requireFit(network, input, pooling.width(task.width()), file.toString());
        return new Encoder(
                new EncodedBy(task.name(), fingerprint(model, pooling), pooling.width(task.width())),
                input,
                network,
                network instanceof Inception ? Resize.bilinear() : new Resize(Resize.Kind.BILINEAR, true, 0),
                model);
    }

    /** The transformer, if it is one. */
    Optional<Vit> transformer() {
        return network instanceof VitEmbedding embedding ? Optional.of(embedding.vit()) : Optional.empty();
    }

    /**
     * Refuses an encoder that has no attention to draw.
     *
     * @param card of the encoder
     */
    public static void requireAttention(final ModelCard card) throws RunFailed {
        if (!"vit".equals(type(card))) {
            throw new RunFailed(
                    "The encoder is no transformer, so that there is no attention to draw",
                    "setting \"Attention maps\"",
                    "Choose none, or use a vision transformer.");
        }
    }

    private static String type(final ModelCard card) {
        return card.architecture().get("type") instanceof JsonPrimitive p ? p.getAsString() : "";
    }

    /**
     * Refuses an encoder that takes neither grey nor colour pictures.
     *
     * @param where the file or port, for the message
     */
    public static void requireChannels(final ModelInput.Pixels input, final String where) throws RunFailed {
        if (input.channels() != 1 && input.channels() != BatchSettings.COLOUR) {
            throw new RunFailed(
                    "The encoder takes pictures of " + input.channels() + " channels, tiles have 1 or 3",
                    where,
                    "Use an encoder for grey or colour pictures.");
        }
    }

    private static PictureEmbedding network(
            final ModelCard card, final ModelInput.Pixels input, final Pooling pooling, final String where)
            throws RunFailed {
        final JsonObject architecture = card.architecture();
        final String type = type(card);
        if (!type.equals("vit") && pooling == Pooling.BOTH) {
            throw new RunFailed(
                    "The encoder has no global token beside the mean of its places",
                    "setting \"Embedding\"",
                    "Choose the global token.");
        }
        return switch (type) {
            case "vit" -> vit(VitSpec.fromJson(architecture, where), input, pooling, where);
            case "resnet" -> ResNet.fromJson(architecture, where);
            case "densenet" -> DenseNet.fromJson(architecture, where);
            case "inception-fid" -> new Inception();
            default -> throw new RunFailed(
                    "The encoder's network is of a kind that is not known: \"" + type + "\"",
                    where,
                    "Update SelfDiff, or use the model of a " + MAKERS + ".");
        };
    }

    private static VitEmbedding vit(
            final VitSpec spec, final ModelInput.Pixels input, final Pooling pooling, final String where)
            throws RunFailed {
        if (input.side() % spec.patch() != 0) {
            throw new RunFailed(
                    "The encoder's card says " + input.describe() + ", which patches of " + spec.patch()
                            + " pixels do not divide",
                    where,
                    "Use the model of a " + MAKERS + ".");
        }
        return new VitEmbedding(new Vit(spec, input.side(), input.side()), pooling.global(), pooling.patches());
    }

    private static void requireFit(
            final PictureEmbedding network, final ModelInput.Pixels input, final int width, final String where)
            throws RunFailed {
        final long channels = network.inputs().get(0).example().get(1);
        if (channels != input.channels() || network.size() != width) {
            throw new RunFailed(
                    "The encoder's card says " + input.channels() + " channels and " + width
                            + " numbers, its network takes " + channels + " channels and gives " + network.size()
                            + " numbers",
                    where,
                    "Use the model of a " + MAKERS + ".");
        }
    }

    /** SHA-256 of everything that decides what comes out. */
    private static String fingerprint(final Model model, final Pooling pooling) throws RunFailed {
        final String all = String.join(
                "\n",
                model.fingerprint(),
                model.card().architecture().toString(),
                model.card().input().toJson().toString(),
                pooling.name());
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
