package org.selfdiff.stages.diffusion;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.model.Model;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.vae.Autoencoder;
import org.selfdiff.nn.vae.AutoencoderSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/**
 * An autoencoder as the way into latents and back. A latent is the mean that the encoder gives, never a sample, brought
 * to unit variance by {@code (mean - shift) scale}.
 *
 * @param spec its sizes
 * @param weights its parameters
 * @param latents factor, channels, scale and shift
 * @param fingerprint of the autoencoder's model; empty where it came as a part of another
 */
public record LatentCoder(AutoencoderSpec spec, NamedWeights weights, ModelTask.Latents latents, String fingerprint) {
    /** What stands before the autoencoder's parameters in a diffusion model that works in latents. */
    public static final String PREFIX = "autoencoder.";

    /** Opens the model of an autoencoder. */
    public static LatentCoder open(final Path file) throws RunFailed {
        final Model model = Model.open(file, ModelTask.Autoencoder.class, "Autoencoder Learner");
        final AutoencoderSpec spec = AutoencoderSpec.fromJson(model.card().architecture(), file.toString());
        return new LatentCoder(
                spec,
                model.weights(new Autoencoder(spec)),
                ((ModelTask.Autoencoder) model.card().task()).latents(),
                model.fingerprint());
    }

    /** The parameters as they stand in a diffusion model. */
    Map<String, Weight> prefixed() {
        final Map<String, Weight> prefixed = new LinkedHashMap<>();
        weights.weights().forEach((name, weight) -> prefixed.put(PREFIX + name, weight));
        return prefixed;
    }

    /** The script's methods {@link Autoencoder#ENCODE} and {@link Autoencoder#DECODE}. */
    public List<ScriptMethod> methods(final ComputeType type) {
        return methods(spec, type);
    }

    /** The same for an autoencoder that is not trained yet. */
    static List<ScriptMethod> methods(final AutoencoderSpec spec, final ComputeType type) {
        final Autoencoder network = new Autoencoder(spec);
        return List.of(
                ScriptOps.method(network, Autoencoder.ENCODE, type),
                ScriptOps.method(network, Autoencoder.DECODE, type));
    }

    /**
     * Latents of pictures.
     *
     * @param pixels (batch, channels, height, width)
     * @param parameters the autoencoder's on the device
     */
    public float[] encode(
            final ScriptModule module, final TensorScope scope, final Tensor pixels, final List<Tensor> parameters) {
        final float[] values = module.call(scope, false, Autoencoder.ENCODE, pixels, parameters)
                .get(0)
                .toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((values[i] - latents.shift()) * latents.scale());
        }
        return values;
    }

    /**
     * The pictures of latents.
     *
     * @param values one latent
     * @param height of the latent
     * @param width of the latent
     * @return planes of the picture
     */
    float[] decode(
            final ScriptModule module,
            final TensorScope scope,
            final float[] values,
            final int height,
            final int width,
            final List<Tensor> parameters) {
        final float[] raw = new float[values.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) (values[i] / latents.scale() + latents.shift());
        }
        try (TensorScope own = scope.child()) {
            final Tensor z = own.floats(raw, 1, latents.channels(), height, width);
            return module.call(own, false, Autoencoder.DECODE, z, parameters)
                    .get(0)
                    .toFloats();
        }
    }
}
