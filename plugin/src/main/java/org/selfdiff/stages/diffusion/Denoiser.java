package org.selfdiff.stages.diffusion;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.model.Model;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.vae.Autoencoder;
import org.selfdiff.nn.vae.AutoencoderSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.NamedWeights;

/**
 * A trained diffusion model with all that drawing pictures from it needs.
 *
 * @param card its card
 * @param spec its network
 * @param weights the network's parameters
 * @param process schedule, objective and weighting
 * @param coder the way back from latents; empty for a model of pixels
 * @param fingerprint of the model
 */
public record Denoiser(
        ModelCard card,
        DenoiserSpec spec,
        NamedWeights weights,
        DiffusionProcess process,
        Optional<LatentCoder> coder,
        String fingerprint) {

    /** Opens a model. */
    public static Denoiser open(final Path file) throws RunFailed {
        final Model model = Model.open(file, ModelTask.Diffusion.class, "Diffusion Pretrainer");
        final String where = file.toString();
        final JsonObject architecture = model.card().architecture();
        final DenoiserSpec spec = DenoiserSpec.fromJson(architecture, where);
        final ModelTask.Diffusion task = (ModelTask.Diffusion) model.card().task();
        final Optional<AutoencoderSpec> autoencoder = DenoiserSpec.autoencoder(architecture, where);
        if (autoencoder.isPresent() != task.latents().isPresent()) {
            throw new RunFailed(
                    "The model's card says " + (autoencoder.isPresent() ? "nothing of latents" : "latents")
                            + " and its architecture the contrary",
                    where,
                    "Use the model of a Diffusion Pretrainer.");
        }
        final Optional<LatentCoder> coder = autoencoder.isPresent()
                ? Optional.of(new LatentCoder(
                        autoencoder.get(),
                        model.weights(new Autoencoder(autoencoder.get()), LatentCoder.PREFIX),
                        task.latents().orElseThrow(),
                        ""))
                : Optional.empty();
        return new Denoiser(
                model.card(),
                spec,
                coder.isPresent() ? model.weights(spec.network(), "") : model.weights(spec.network()),
                DiffusionProcess.fromJson(task.process(), where),
                coder,
                model.fingerprint());
    }

    /** What the model is told; empty for a model that is told nothing. */
    public Optional<ModelTask.Condition> condition() {
        return ((ModelTask.Diffusion) card.task()).condition();
    }

    /** What its pictures are like. */
    public ModelInput.Pixels pixels() throws RunFailed {
        return card.pixels("diffusion model");
    }
}
