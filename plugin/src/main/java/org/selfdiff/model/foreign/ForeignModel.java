package org.selfdiff.model.foreign;

import com.google.gson.JsonObject;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.Parameter;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.SafeTensorsWriter;
import org.selfdiff.weights.StateDict;
import org.selfdiff.weights.StateDicts;
import org.selfdiff.weights.StoredTensor;
import org.selfdiff.weights.StoredType;

/**
 * A file of weights that others made, recognised.
 *
 * @param file the file
 * @param recognised which network it is
 * @param card what its model of ours will say
 */
public record ForeignModel(Path file, Recognised recognised, ModelCard card) {

    /**
     * Looks at names and shapes alone, which is quick for a file of any size.
     *
     * @param name of an encoder; blank takes what was found
     * @param normalisation of pixels; empty takes what is usual
     * @throws RunFailed when the file is no file of weights, or of a network that is not known
     */
    public static ForeignModel open(
            final Path file, final Hints hints, final String name, final Optional<Normalisation> normalisation)
            throws RunFailed {
        final Recognised recognised;
        try (StateDict dict = StateDicts.open(file)) {
            recognised = recognise(file, dict, hints);
        }
        final Normalisation used = normalisation.orElse(recognised.normalisation());
        final ModelTask task = recognised.task() instanceof ModelTask.Encoder encoder && !name.isBlank()
                ? new ModelTask.Encoder(name.trim(), encoder.width())
                : recognised.task();
        final JsonObject training = new JsonObject();
        training.addProperty("recognised", recognised.words());
        final Provenance provenance =
                new Provenance("ReadModel", file.getFileName().toString(), Map.of(), "", Map.of(), List.of());
        return new ForeignModel(
                file,
                recognised,
                new ModelCard(task, recognised.architecture(), input(recognised, used), training, provenance));
    }

    private static ModelInput input(final Recognised recognised, final Normalisation normalisation) throws RunFailed {
        final int channels = recognised.channels();
        if (normalisation.mean().size() != 1 && normalisation.mean().size() != channels
                || normalisation.deviation().size() != 1
                        && normalisation.deviation().size() != channels) {
            throw new RunFailed(
                    "There are " + normalisation.mean().size() + " means and "
                            + normalisation.deviation().size() + " deviations, but the network takes " + channels
                            + " channels",
                    "setting \"Normalisation\"",
                    "Give one number, or one for each channel.");
        }
        return new ModelInput.Pixels(
                channels, recognised.side(), normalisation.mean(), normalisation.deviation(), Double.NaN);
    }

    private static Recognised recognise(final Path file, final StateDict dict, final Hints hints) throws RunFailed {
        final Map<String, long[]> shapes = new LinkedHashMap<>();
        dict.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return recognise(file.toString(), shapes, hints);
    }

    /**
     * Which network tensors are of.
     *
     * @param where the file, for messages
     * @param shapes of the tensors by name
     * @throws RunFailed when it is none that is known, or tensors are missing, superfluous or of the wrong shape
     */
    public static Recognised recognise(final String where, final Map<String, long[]> shapes, final Hints hints)
            throws RunFailed {
        for (final Recogniser recogniser : RECOGNISERS) {
            final Optional<Recognised> found = recogniser.find(where, shapes, hints);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new RunFailed(
                shapes.isEmpty()
                        ? "The file holds no tensors"
                        : "The " + shapes.size() + " tensors are of no network that is known here: "
                                + Recognised.some(List.copyOf(shapes.keySet())),
                where,
                "Choose weights of DINO, DINOv2, of an encoder of pathology like UNI, Virchow2 or H-optimus, of a"
                        + " ResNet, of FID's Inception, of TorchXRayVision's DenseNet or of Stable Diffusion's autoencoder, in the naming of their authors, of timm or of Hugging Face.");
    }

    /** One for each family of networks. */
    @FunctionalInterface
    private interface Recogniser {
        Optional<Recognised> find(String where, Map<String, long[]> shapes, Hints hints) throws RunFailed;
    }

    private static final List<Recogniser> RECOGNISERS =
            List.of(VisionTransformers::find, ConvolutionalEncoders::find, Autoencoders::find);

    /**
     * Writes it as a model of ours, one tensor after the other.
     *
     * @return its fingerprint
     * @throws RunFailed when a tensor cannot be read, holds no numbers, or the model cannot be written; nothing is left
     *     then
     */
    public String write(final Path model, final RunControl control) throws RunFailed, RunCancelled {
        final List<Parameter> parameters = recognised.network().parameters();
        final List<SafeTensorsWriter.Slot> slots = new ArrayList<>();
        parameters.forEach(p -> slots.add(new SafeTensorsWriter.Slot(p.name(), StoredType.F32, p.dimensions())));
        try (StateDict dict = StateDicts.open(file)) {
            final int[] done = new int[1];
            return ModelFile.write(model, card, slots, i -> {
                try {
                    control.checkCancelled();
                    control.progress((double) done[0] / slots.size(), "tensor " + ++done[0] + " of " + slots.size());
                    return values(dict, parameters.get(i));
                } catch (RunFailed | RunCancelled e) {
                    throw new Stopped(e);
                }
            });
        } catch (final Stopped stopped) {
            if (stopped.getCause() instanceof RunCancelled cancelled) {
                throw cancelled;
            }
            throw (RunFailed) stopped.getCause();
        }
    }

    private float[] values(final StateDict dict, final Parameter parameter) throws RunFailed {
        final float[] values = new float[Math.toIntExact(parameter.count())];
        final FloatBuffer into = FloatBuffer.wrap(values);
        for (final String name : recognised.sources().get(parameter.name())) {
            final StoredTensor tensor = dict.require(name);
            if (!tensor.type().floating()) {
                throw new RunFailed(
                        "The tensor " + name + " is of type " + tensor.type() + ", not a floating-point type",
                        file.toString(),
                        "Use the file before its weights were quantised.");
            }
            dict.read(name, into);
        }
        for (final float value : values) {
            if (!Float.isFinite(value)) {
                throw new RunFailed(
                        "The tensor " + String.join(", ", recognised.sources().get(parameter.name()))
                                + " holds the value " + value,
                        file.toString(),
                        "The file is damaged, or its training diverged: get it anew.");
            }
        }
        return values;
    }

    /** Carries a failure through the writer. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Stopped(final Exception cause) {
            super(cause);
        }
    }
}
