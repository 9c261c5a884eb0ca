package org.selfdiff.model.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.vae.Autoencoder;
import org.selfdiff.nn.vae.AutoencoderSpec;
import org.selfdiff.run.RunFailed;

/** Recognises the KL autoencoder of Stable Diffusion with the names of diffusers, old and new. */
final class Autoencoders {
    private static final String ANCHOR = "encoder.conv_in.weight";

    private static final Pattern LEVEL = Pattern.compile("encoder\\.down_blocks\\.(\\d{1,4})\\.");

    private static final Pattern BLOCK = Pattern.compile("encoder\\.down_blocks\\.0\\.resnets\\.(\\d{1,4})\\.");

    private static final int USUAL_GROUPS = 32;

    private static final int USUAL_SIDE = 256;

    private Autoencoders() {}

    static Optional<Recognised> find(final String where, final Map<String, long[]> all, final Hints hints)
            throws RunFailed {
        final Optional<ForeignTensors> found = ForeignTensors.with(where, all, ANCHOR);
        if (found.isEmpty() || found.get().count(LEVEL) == 0) {
            return Optional.empty();
        }
        final ForeignTensors tensors = found.get();
        final AutoencoderSpec spec = spec(tensors, hints).checked();
        final boolean old = tensors.has("encoder.mid_block.attentions.0.query.weight");
        final Autoencoder network = new Autoencoder(spec);
        final String name = "KL autoencoder, f" + spec.factor() + ", " + spec.latentChannels() + " channels";
        final Function<String, List<String>> names = parameter -> List.of(old ? oldName(parameter) : parameter);
        final int side = hints.side() > 0 ? hints.side() : USUAL_SIDE;
        return Optional.of(new Recognised(
                name,
                old ? "diffusers (old)" : "diffusers",
                new ModelTask.Autoencoder(latents(spec, hints)),
                spec.toJson(),
                network,
                spec.channels(),
                side,
                Normalisation.HALF,
                Recognised.sources("a " + name, tensors, network, names, parameter -> false),
                tensors.others()));
    }

    /** Attention was called otherwise before diffusers 0.17. */
    private static String oldName(final String parameter) {
        return parameter
                .replace(".to_q.", ".query.")
                .replace(".to_k.", ".key.")
                .replace(".to_v.", ".value.")
                .replace(".to_out.0.", ".proj_attn.");
    }

    private static AutoencoderSpec spec(final ForeignTensors tensors, final Hints hints) throws RunFailed {
        final List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < tensors.count(LEVEL); i++) {
            widths.add(tensors.size("encoder.down_blocks." + i + ".resnets.0.conv1.weight", 4, 0));
        }
        return new AutoencoderSpec(
                tensors.size(ANCHOR, 4, 1),
                tensors.size("decoder.conv_in.weight", 4, 1),
                widths,
                tensors.count(BLOCK),
                hints.groups() > 0 ? hints.groups() : USUAL_GROUPS,
                tensors.has("quant_conv.weight"));
    }

    /** Scales of Stable Diffusion 1 and 2, and 3; shapes of others are the same, so that they have to be told. */
    private static ModelTask.Latents latents(final AutoencoderSpec spec, final Hints hints) {
        final int channels = spec.latentChannels();
        if (hints.latentScale() > 0) {
            return new ModelTask.Latents(spec.factor(), channels, hints.latentScale(), 0);
        }
        if (channels == 16 && !spec.quantised()) {
            return new ModelTask.Latents(spec.factor(), channels, 1.5305, 0.0609);
        }
        return new ModelTask.Latents(spec.factor(), channels, channels == 4 ? 0.18215 : 1, 0);
    }
}
