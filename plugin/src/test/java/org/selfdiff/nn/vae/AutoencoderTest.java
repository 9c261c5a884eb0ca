package org.selfdiff.nn.vae;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.Fixture;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** The autoencoder against diffusers' own code. */
@NeedsTorch.Engine
class AutoencoderTest {
    static final AutoencoderSpec FULL = new AutoencoderSpec(3, 4, List.of(128, 256, 512, 512), 2, 32, true);

    private static AutoencoderSpec spec(final String name) {
        return switch (name) {
            case "vae_sd3_like" -> new AutoencoderSpec(3, 6, List.of(8, 12), 2, 4, false);
            case "sd_vae_full" -> FULL;
            default -> new AutoencoderSpec(3, 4, List.of(8, 16), 1, 4, true);
        };
    }

    @ParameterizedTest
    @CsvSource({"vae_tiny", "vae_tiny_eps_probe", "vae_sd3_like", "sd_vae_full"})
    void equalsDiffusers(final String name) throws Exception {
        final Fixture fixture = Fixture.of("diffusers/" + name);
        final Autoencoder network = new Autoencoder(spec(name));
        final List<Weight> moments =
                fixture.run(network, Autoencoder.ENCODE, UnaryOperator.identity(), List.of(fixture.input("x")));
        fixture.check("mean", moments.get(0).values());
        fixture.check("logvar", moments.get(1).values());
        final Weight mean =
                new Weight(moments.get(0).shape(), fixture.output("mean").values());
        fixture.check("decoded_mean", decoded(fixture, network, mean));
        fixture.check("decoded_z", decoded(fixture, network, fixture.input("z")));
    }

    private static float[] decoded(final Fixture fixture, final Autoencoder network, final Weight z) throws RunFailed {
        return fixture.run(network, Autoencoder.DECODE, UnaryOperator.identity(), List.of(z))
                .get(0)
                .values();
    }

    @Test
    void stableDiffusionsHasItsNumberOfParameters() throws RunFailed {
        final long count = new Autoencoder(FULL)
                .parameters().stream().mapToLong(p -> p.count()).sum();
        assertEquals("83,653,863", String.format(Locale.ROOT, "%,d", count));
        assertEquals(FULL, AutoencoderSpec.fromJson(FULL.toJson(), "card"));
    }
}
