package org.selfdiff.stages.diffusion;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.ShapeOps;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.ContextUNet;
import org.selfdiff.nn.unet.ContextUNetSpec;
import org.selfdiff.nn.unet.UNet;
import org.selfdiff.nn.vae.AutoencoderSpec;
import org.selfdiff.run.RunFailed;

/** The network of a diffusion model: that of GenSelfDiff-HIS, or that of Stable Diffusion, which can be told what to make. */
public sealed interface DenoiserSpec {

    /** Name of the network's function that gives what places look at; see {@link #selfAttention}. */
    String SELF_ATTENTION = UNet.SELF_ATTENTION;

    /** The network; its function is {@code predict}. */
    Network network();

    /** Whether the network has the function {@link #SELF_ATTENTION}: attention of all places to all places somewhere. */
    default boolean selfAttention() {
        return network().functions().stream()
                .anyMatch(function -> function.name().equals(SELF_ATTENTION));
    }

    /**
     * The sides, in places, of what {@link #SELF_ATTENTION} gives.
     *
     * @param side of what the network takes the noise away from
     */
    default List<Integer> attentionSides(final int side) {
        final List<Integer> sides = new ArrayList<>();
        ShapeOps.trace(ops -> network()
                .function(SELF_ATTENTION)
                .apply(
                        ops,
                        contextWidth() == 0
                                ? List.of(new long[] {1, channels(), side, side}, new long[] {1})
                                : List.of(new long[] {1, channels(), side, side}, new long[] {1}, new long[] {
                                    1, 1, contextWidth()
                                }))
                .forEach(map -> sides.add((int) Math.round(Math.sqrt(map[map.length - 1])))));
        return sides;
    }

    /** Channels of what it takes the noise away from. */
    int channels();

    /** Sides of that must be multiples of this. */
    int sideMultiple();

    /** Numbers of a context token, 0 for a network that is told nothing. */
    int contextWidth();

    /** As the {@code architecture} of a card. */
    JsonObject toJson();

    /**
     * Checks every number.
     *
     * @throws RunFailed naming the setting
     */
    DenoiserSpec checked() throws RunFailed;

    /**
     * That of GenSelfDiff-HIS.
     *
     * @param spec its sizes
     */
    record Plain(UNetSpec spec) implements DenoiserSpec {
        @Override
        public Network network() {
            return new UNet(spec);
        }

        @Override
        public int channels() {
            return spec.inputChannels();
        }

        @Override
        public int sideMultiple() {
            return spec.sideMultiple();
        }

        @Override
        public int contextWidth() {
            return 0;
        }

        @Override
        public JsonObject toJson() {
            return spec.toJson();
        }

        @Override
        public DenoiserSpec checked() throws RunFailed {
            spec.checked();
            return this;
        }
    }

    /**
     * That of Stable Diffusion.
     *
     * @param spec its sizes
     */
    record Context(ContextUNetSpec spec) implements DenoiserSpec {
        @Override
        public Network network() {
            return new ContextUNet(spec);
        }

        @Override
        public int channels() {
            return spec.inputChannels();
        }

        @Override
        public int sideMultiple() {
            return spec.sideMultiple();
        }

        @Override
        public int contextWidth() {
            return spec.contextWidth();
        }

        @Override
        public JsonObject toJson() {
            return spec.toJson();
        }

        @Override
        public DenoiserSpec checked() throws RunFailed {
            spec.checked();
            return this;
        }
    }

    /** Key of the autoencoder in a card's architecture, beside the network's own entries. */
    String AUTOENCODER = "autoencoder";

    /** The architecture of a model that may work in latents. */
    default JsonObject toJson(final Optional<AutoencoderSpec> autoencoder) {
        final JsonObject json = toJson();
        autoencoder.ifPresent(spec -> json.add(AUTOENCODER, spec.toJson()));
        return json;
    }

    /** Reads the network of an architecture. */
    static DenoiserSpec fromJson(final JsonObject json, final String where) throws RunFailed {
        final JsonObject own = json.deepCopy();
        own.remove(AUTOENCODER);
        final boolean context =
                json.has("type") && "context-unet".equals(json.get("type").getAsString());
        return context ? new Context(ContextUNetSpec.fromJson(own, where)) : new Plain(UNetSpec.fromJson(own, where));
    }

    /** Reads the autoencoder of an architecture; empty for a model of pixels. */
    static Optional<AutoencoderSpec> autoencoder(final JsonObject json, final String where) throws RunFailed {
        return json.get(AUTOENCODER) instanceof JsonObject own
                ? Optional.of(AutoencoderSpec.fromJson(own, where))
                : Optional.empty();
    }
}
