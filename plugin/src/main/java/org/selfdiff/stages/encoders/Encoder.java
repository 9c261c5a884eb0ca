package org.selfdiff.stages.encoders;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.model.Model;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.Resize;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.nn.vit.VitEmbedding;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.NamedWeights;

/**
 * A network that turns a picture into a vector, of whatever architecture. Pictures are brought to its side as Pillow
 * and torchvision do it, linear with averaging, but without rounding to bytes in between.
 *
 * @param encodedBy name, fingerprint and width of its embeddings
 * @param input what pictures it takes
 * @param network its function {@link VitEmbedding#EMBED} takes pictures and gives vectors
 * @param resize how pictures are brought to its side
 * @param weights parameters of the network, in its order
 */
public record Encoder(
        EncodedBy encodedBy, ModelInput.Pixels input, Network network, Resize resize, NamedWeights weights) {
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
        final Network network = vit(card, input, pooling, task.width(), file.toString());
        return new Encoder(
                new EncodedBy(task.name(), fingerprint(model, pooling), pooling.width(task.width())),
                input,
                network,
                new Resize(Resize.Kind.BILINEAR, true, 0),
                model.weights(network));
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

    private static Network vit(
            final ModelCard card,
            final ModelInput.Pixels input,
            final Pooling pooling,
            final int width,
            final String where)
            throws RunFailed {
        final JsonObject architecture = card.architecture();
        final JsonElement type = architecture.get("type");
        if (type == null || !type.isJsonPrimitive() || !type.getAsString().equals("vit")) {
            throw new RunFailed(
                    "The encoder's network is of a kind that is not known: " + type,
                    where,
                    "Update SelfDiff, or use the model of a " + MAKERS + ".");
        }
        final VitSpec spec = VitSpec.fromJson(architecture, where);
        if (spec.channels() != input.channels() || spec.width() != width || input.side() % spec.patch() != 0) {
            throw new RunFailed(
                    "The encoder's card says " + input.describe() + " and " + width + " numbers, its network takes "
                            + spec.channels() + " channels in patches of " + spec.patch() + " pixels and gives "
                            + spec.width() + " numbers",
                    where,
                    "Use the model of a " + MAKERS + ".");
        }
        return new VitEmbedding(new Vit(spec, input.side(), input.side()), pooling.global(), pooling.patches());
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
