package org.selfdiff.nn.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.Parameter;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** The U-Net of Stable Diffusion against diffusers' own code. */
@NeedsTorch.Engine
class ContextUNetTest {
    private static final List<Integer> WIDTHS = List.of(8, 16);

    private static ContextUNetSpec spec(final String name) {
        if (name.startsWith("unet2d")) {
            return new ContextUNetSpec(3, 3, WIDTHS, List.of(false, true), List.of(1, 2), 1, 0, false, 4);
        }
        final boolean second = name.startsWith("unet_sd21");
        return new ContextUNetSpec(
                4,
                4,
                WIDTHS,
                List.of(true, false),
                second ? List.of(2, 4) : List.of(2, 2),
                1,
                second ? 12 : 24,
                second,
                4);
    }

    @ParameterizedTest
    @CsvSource({
        "unet_sd15_like",
        "unet_sd15_like_eps_probe",
        "unet_sd15_odd_size",
        "unet_sd21_like",
        "unet2d_unconditional",
        "unet2d_unconditional_eps_probe"
    })
    void equalsDiffusers(final String name) throws Exception {
        final Fixture fixture = Fixture.of("diffusers/" + name);
        final ContextUNet network = new ContextUNet(spec(name));
        final List<Weight> inputs = name.startsWith("unet2d")
                ? List.of(fixture.input("x"), fixture.input("t"))
                : List.of(fixture.input("x"), fixture.input("t"), fixture.input("context"));
        final Weight sample = fixture.run(network, ContextUNet.PREDICT, UnaryOperator.identity(), inputs)
                .get(0);
        fixture.check("sample", sample.values());
    }

    /** Two self-attentions at 8 x 12 on the way up, one on the way down, one in the middle at 4 x 6; rows sum to 1. */
    @Test
    void givesItsSelfAttention() throws Exception {
        final Fixture fixture = Fixture.of("diffusers/unet_sd15_like");
        final List<Weight> maps = fixture.run(
                new ContextUNet(spec("unet_sd15_like")),
                ContextUNet.SELF_ATTENTION,
                UnaryOperator.identity(),
                List.of(fixture.input("x"), fixture.input("t"), fixture.input("context")));
        assertEquals(
                List.of(96L, 24L, 96L, 96L),
                maps.stream().map(map -> map.shape()[3]).toList());
        for (final Weight map : maps) {
            final int places = (int) map.shape()[3];
            assertEquals(map.shape()[0] * places * places, map.values().length);
            for (int row = 0; row < map.values().length / places; row++) {
                double sum = 0;
                for (int i = 0; i < places; i++) {
                    sum += map.values()[row * places + i];
                }
                assertEquals(1, sum, 1e-5);
            }
        }
    }

    /** Names and shapes of the paper's network, with a context of 768 numbers. */
    @Test
    void stableDiffusionsHasItsNamesAndShapes() throws Exception {
        final ContextUNetSpec spec = ContextUNetSpec.stable15(768);
        final Map<String, List<Long>> ours = new TreeMap<>();
        long count = 0;
        for (final Parameter parameter : new ContextUNet(spec).parameters()) {
            ours.put(parameter.name(), parameter.shape());
            count += parameter.count();
        }
        assertEquals(859_520_964, count);
        final Path list = Path.of("../../shared/fixtures/names/sd15_unet.json.gz");
        Assumptions.assumeTrue(Files.exists(list), "skipped: there is no " + list);
        final Map<String, List<Long>> theirs = new TreeMap<>();
        try (var in = new InputStreamReader(new GZIPInputStream(Files.newInputStream(list)), StandardCharsets.UTF_8)) {
            for (final JsonElement e :
                    JsonParser.parseReader(in).getAsJsonObject().getAsJsonArray("parameters")) {
                theirs.put(
                        e.getAsJsonArray().get(0).getAsString(),
                        e.getAsJsonArray().get(1).getAsJsonArray().asList().stream()
                                .map(JsonElement::getAsLong)
                                .toList());
            }
        }
        assertEquals(theirs, ours);
    }

    @Test
    void cardsAreReadAsTheyWereWritten() throws RunFailed {
        final ContextUNetSpec spec = ContextUNetSpec.stable15(384);
        assertEquals(spec, ContextUNetSpec.fromJson(spec.toJson(), "card"));
    }
}
