package org.selfdiff.model.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.PictureEmbedding;
import org.selfdiff.nn.vae.Autoencoder;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.nn.vit.VitEmbedding;
import org.selfdiff.nn.vit.VitSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** Networks are recognised from names and shapes, and give what the code of their authors gives. */
@NeedsTorch.Engine
class ForeignNetworksTest {
    private static Map<String, long[]> shapes(final Fixture fixture) {
        final Map<String, long[]> shapes = new LinkedHashMap<>();
        fixture.weights().forEach((name, weight) -> shapes.put(name, weight.shape()));
        return shapes;
    }

    /** The weights as the network wants them. */
    private static Map<String, Weight> weights(final Fixture fixture, final Recognised found) {
        final Map<String, Weight> weights = new LinkedHashMap<>();
        for (final Parameter parameter : found.network().parameters()) {
            final float[] values = new float[(int) parameter.count()];
            int at = 0;
            for (final String name : found.sources().get(parameter.name())) {
                final float[] part = fixture.weights().get(name).values();
                System.arraycopy(part, 0, values, at, part.length);
                at += part.length;
            }
            assertEquals(values.length, at, parameter.name());
            weights.put(parameter.name(), new Weight(parameter.dimensions(), values));
        }
        return weights;
    }

    private static Hints hints(final int heads) {
        return new Hints(heads, 0, Optional.empty(), 0, 0);
    }

    /** Tokens {@code from} to before {@code to} of every picture. */
    private static float[] slice(final Weight tokens, final int from, final int to) {
        final int width = (int) tokens.shape()[2];
        final int stride = (int) tokens.shape()[1] * width;
        final int length = (to - from) * width;
        final float[] out = new float[(int) tokens.shape()[0] * length];
        for (int i = 0; i < tokens.shape()[0]; i++) {
            System.arraycopy(tokens.values(), i * stride + from * width, out, i * length, length);
        }
        return out;
    }

    private static void check(final Fixture fixture, final Recognised found, final String input) throws RunFailed {
        final VitSpec spec = VitSpec.fromJson(found.architecture(), "card");
        final Weight x = fixture.input(input);
        final Vit vit = new Vit(spec, (int) x.shape()[2], (int) x.shape()[3]);
        final Map<String, Weight> weights = weights(fixture, found);
        final Weight tokens = Fixture.run(vit, Vit.TOKENS, weights, List.of(x)).get(0);
        final String end = input.equals("x") ? "" : ".x2";
        final JsonObject outputs = fixture.json().getAsJsonObject("outputs");
        final int registers = spec.registers();
        int compared = 0;
        for (final String key : outputs.keySet()) {
            if (key.endsWith(".x2") == end.isEmpty() || key.endsWith(".masked")) {
                continue;
            }
            final int count = (int) tokens.shape()[1];
            switch (key.replace(".x2", "")) {
                case "tokens", "last_hidden_state" -> fixture.check(key, tokens.values());
                case "cls", "x_norm_clstoken", "pooler_output" -> fixture.check(key, slice(tokens, 0, 1));
                case "x_norm_regtokens" -> fixture.check(key, slice(tokens, 1, 1 + registers));
                case "x_norm_patchtokens" -> fixture.check(key, slice(tokens, 1 + registers, count));
                case "cls_and_patch_mean" -> fixture.check(
                        key,
                        Fixture.run(new VitEmbedding(vit, true, true), PictureEmbedding.EMBED, weights, List.of(x))
                                .get(0)
                                .values());
                default -> {
                    continue; // a part of what is compared
                }
            }
            compared++;
        }
        assertTrue(compared > 0, outputs.keySet().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dino/vit_tiny_p8|3|DINO ViT-24x2/8, 17,784 parameters, DINO or timm naming",
                "dino/vit_tiny_p8_eps_probe|3|DINO ViT-24x2/8, 17,784 parameters, DINO or timm naming",
                "dino/vit_tiny_p8_hf|3|ViT-24x2/8, 17,784 parameters, Hugging Face ViT naming",
                "dino/vit_tiny_p8_hf_eps_probe|3|ViT-24x2/8, 17,784 parameters, Hugging Face ViT naming",
                "dino/vit_small_p16_224|0|DINO ViT-S/16, 21.7 M parameters, DINO or timm naming",
                "dino/vit_base_p8_96|0|DINO ViT-B/8, 85.8 M parameters, DINO or timm naming",
                "dinov2/tiny_ls|2|DINOv2 ViT-16x2/14, DINOv2 naming",
                "dinov2/tiny_ls_hf|2|DINOv2 ViT-16x2/14, Hugging Face DINOv2 naming",
                "dinov2/tiny_ls_timm|2|ViT-16x2/14, timm naming",
                "dinov2/tiny_reg4|2|DINOv2 ViT-16x2/14, 4 registers, DINOv2 naming",
                "dinov2/tiny_swiglu|2|DINOv2 ViT-16x2/14, DINOv2 naming",
                "dinov2/tiny_swiglu_reg4|2|DINOv2 ViT-16x2/14, 4 registers, DINOv2 naming",
                "dinov2/tiny_swiglu_reg4_eps_probe|2|DINOv2 ViT-16x2/14, 4 registers, DINOv2 naming",
                "dinov2/tiny_swiglu_reg4_hf|2|DINOv2 ViT-16x2/14, 4 registers, Hugging Face DINOv2 naming",
                "dinov2/tiny_swiglu_reg4_timm|2|ViT-16x2/14, 4 registers, timm naming",
                "dinov2/vit_small_p14_224|0|DINOv2 ViT-S/14, 22.1 M parameters, DINOv2 naming",
                "dinov2/vit_small_p14_98|0|DINOv2 ViT-S/14, 22.1 M parameters, DINOv2 naming",
                "dinov2/vit_small_p14_reg4_98|0|DINOv2 ViT-S/14, 4 registers, 22.1 M parameters, DINOv2 naming",
                "timm/uni_like|2|ViT-16x2/16, timm naming",
                "timm/uni_like_eps_probe|2|ViT-16x2/16, timm naming",
                "timm/uni2h_like|2|ViT-16x2/14, 8 registers, timm naming",
                "timm/virchow2_like|2|ViT-16x2/14, 4 registers, timm naming",
                "timm/hoptimus_like|2|ViT-16x2/14, 4 registers, timm naming",
            })
    void transformersGiveWhatTheirAuthorsCodeGives(final String name, final int heads, final String words)
            throws Exception {
        final Fixture fixture = Fixture.of(name);
        final Recognised found =
                VisionTransformers.find("file", shapes(fixture), hints(heads)).orElseThrow();
        assertEquals(
                words.replaceAll(", [\\d,]+ parameters", ""), found.words().replaceAll(", [\\d,]+ parameters", ""));
        for (final String input : List.of("x", "x2")) {
            if (fixture.json().getAsJsonObject("inputs").has(input)) {
                check(fixture, found, input);
            }
        }
    }

    private static Map<String, long[]> list(final String name) throws Exception {
        final Path file = Path.of("src/test/resources/fixtures/names").resolve(name + ".json.gz");
        final Map<String, long[]> shapes = new LinkedHashMap<>();
        try (Reader in =
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)) {
            for (final JsonElement e :
                    JsonParser.parseReader(in).getAsJsonObject().getAsJsonArray("parameters")) {
                final JsonArray pair = e.getAsJsonArray();
                final long[] shape = new long[pair.get(1).getAsJsonArray().size()];
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = pair.get(1).getAsJsonArray().get(i).getAsLong();
                }
                shapes.put(pair.get(0).getAsString(), shape);
            }
        }
        return shapes;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hf_dino_vitb8|ViT-B/8, 85.8 M parameters, Hugging Face ViT naming|12",
                "hf_dinov2_small|DINOv2 ViT-S/14, 22.1 M parameters, Hugging Face DINOv2 naming|6",
                "hf_dinov2_with_registers_small|DINOv2 ViT-S/14, 4 registers, 22.1 M parameters, Hugging Face DINOv2 naming|6",
                "timm_vit_small_patch14_dinov2|DINOv2 ViT-S/14, 22.1 M parameters, timm naming|6",
                "timm_vit_small_patch14_reg4_dinov2|DINOv2 ViT-S/14, 4 registers, 22.1 M parameters, timm naming|6",
                "timm_uni|ViT-L/16 (as UNI), 303.4 M parameters, timm naming|16",
                "timm_uni2_h|ViT-g/14 (as UNI2-h), 8 registers, 681.4 M parameters, timm naming|24",
                "timm_virchow2|ViT-H/14 (as Virchow2), 4 registers, 631.2 M parameters, timm naming|16",
                "timm_h_optimus|ViT-g/14 (as H-optimus), 4 registers, 1134.8 M parameters, timm naming|24",
            })
    void fullSizesAreRecognised(final String name, final String words, final int heads) throws Exception {
        final Recognised found =
                VisionTransformers.find("file", list(name), Hints.none()).orElseThrow();
        assertEquals(words, found.words());
        assertEquals(heads, VitSpec.fromJson(found.architecture(), "card").heads());
        assertEquals(224, found.side());
        assertEquals(
                List.of(),
                found.leftOut().stream()
                        .filter(left -> !left.endsWith("mask_token"))
                        .toList());
        assertEquals(
                name.equals("timm_h_optimus") ? Normalisation.HOPTIMUS : Normalisation.IMAGENET, found.normalisation());
    }

    @ParameterizedTest
    @CsvSource({"sd_vae, 4, 0.18215, 0", "sd3_vae, 16, 1.5305, 0.0609"})
    void autoencodersOfStableDiffusionAreRecognised(
            final String name, final int channels, final double scale, final double shift) throws Exception {
        final Map<String, long[]> shapes = list(name);
        final Recognised found = Autoencoders.find("file", shapes, Hints.none()).orElseThrow();
        assertEquals(new ModelTask.Autoencoder(new ModelTask.Latents(8, channels, scale, shift)), found.task());
        final Map<String, long[]> old = new LinkedHashMap<>();
        shapes.forEach((key, shape) -> old.put(oldName(key), shape));
        final Recognised same = Autoencoders.find("file", old, Hints.none()).orElseThrow();
        assertEquals(found.architecture(), same.architecture());
        assertEquals("diffusers (old)", same.naming());
        assertEquals(
                List.of("encoder.mid_block.attentions.0.proj_attn.weight"),
                same.sources().get("encoder.mid_block.attentions.0.to_out.0.weight"));
    }

    private static String oldName(final String key) {
        return key.replace("to_q", "query")
                .replace("to_k", "key")
                .replace("to_v", "value")
                .replace("to_out.0", "proj_attn");
    }

    @ParameterizedTest
    @CsvSource({"vae_tiny", "vae_sd3_like"})
    void autoencodersGiveWhatDiffusersGives(final String name) throws Exception {
        final Fixture fixture = Fixture.of("diffusers/" + name);
        final Recognised found = Autoencoders.find("file", shapes(fixture), new Hints(0, 0, Optional.empty(), 4, 0))
                .orElseThrow();
        final Network network = found.network();
        final List<Weight> moments =
                Fixture.run(network, Autoencoder.ENCODE, weights(fixture, found), List.of(fixture.input("x")));
        fixture.check("mean", moments.get(0).values());
    }

    /** What stands before the names, chunks of blocks, heads, and a student beside its teacher. */
    @Test
    void wrappingsAreTakenOff() throws Exception {
        final Map<String, long[]> plain = shapes(Fixture.of("dinov2/tiny_reg4"));
        final Map<String, long[]> chunked = new LinkedHashMap<>();
        plain.forEach((name, shape) -> {
            chunked.put("student.backbone." + name, shape);
            chunked.put("teacher.backbone." + name.replace("blocks.", "blocks.0."), shape);
        });
        chunked.put("teacher.dino_head.last_layer.weight", new long[] {4, 4});
        final Recognised found =
                VisionTransformers.find("file", chunked, hints(2)).orElseThrow();
        assertEquals(
                List.of("teacher.backbone.blocks.0.1.attn.qkv.weight"),
                found.sources().get("blocks.1.attn.qkv.weight"));
        assertEquals(
                List.of("teacher.backbone.blocks.0.0.ls1.gamma"),
                found.sources().get("blocks.0.ls1.gamma"));
        assertEquals(plain.size() + 2, found.leftOut().size(), found.leftOut().toString());
    }

    @Test
    void whatIsMissingSuperfluousOrOfTheWrongShapeIsNamed() throws Exception {
        final Map<String, long[]> shapes = shapes(Fixture.of("dinov2/tiny_ls_hf"));
        shapes.remove("encoder.layer.1.attention.attention.key.bias");
        shapes.put("encoder.layer.0.extra.weight", new long[] {3});
        shapes.put("layernorm.bias", new long[] {17});
        final RunFailed refused =
                assertThrows(RunFailed.class, () -> VisionTransformers.find("some.pth", shapes, hints(2)));
        for (final String part : List.of(
                "it lacks encoder.layer.1.attention.attention.key.bias",
                "has no encoder.layer.0.extra.weight",
                "layernorm.bias [17] instead of [16]",
                "some.pth")) {
            assertTrue(refused.getMessage().contains(part), refused.getMessage());
        }
    }

    /** Sizes that no network has must not be believed. */
    @Test
    void impossibleSizesAreRefused() throws Exception {
        for (final long[] shape : List.of(
                new long[] {1L << 40, 3, 8, 8}, new long[] {24, 3, 8}, new long[] {0, 3, 8, 8}, new long[] {})) {
            final Map<String, long[]> shapes = shapes(Fixture.of("dino/vit_tiny_p8"));
            shapes.put("patch_embed.proj.weight", shape);
            final RunFailed refused = assertThrows(
                    RunFailed.class,
                    () -> VisionTransformers.find("file", shapes, Hints.none()),
                    Arrays.toString(shape));
            assertTrue(refused.getMessage().contains("patch_embed.proj.weight"), refused.getMessage());
        }
        final Map<String, long[]> odd = shapes(Fixture.of("dino/vit_tiny_p8"));
        odd.put("pos_embed", new long[] {1, 20, 24});
        final RunFailed refused =
                assertThrows(RunFailed.class, () -> VisionTransformers.find("file", odd, Hints.none()));
        assertTrue(refused.getMessage().contains("20 rows"), refused.getMessage());
    }
}
