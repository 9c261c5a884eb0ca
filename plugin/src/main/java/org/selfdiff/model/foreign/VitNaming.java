package org.selfdiff.model.foreign;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selfdiff.nn.Resize;

/** How tensors of vision transformers are called, and how their table of positions is brought to another size. */
enum VitNaming {
    /** DINO's own code, and timm's for networks without layer scale and registers, which are called alike. */
    DINO("DINO or timm", 1e-6) {
        @Override
        Resize resize(final int registers) {
            return new Resize(Resize.Kind.BICUBIC, false, 0.1);
        }
    },
    /** DINOv2's own code. */
    DINOV2("DINOv2", 1e-6) {
        @Override
        List<String> of(final String parameter, final boolean packed) {
            final String name = parameter.equals("reg_token") ? "register_tokens" : parameter;
            return List.of(packed ? name.replace("mlp.fc1", "mlp.w12").replace("mlp.fc2", "mlp.w3") : name);
        }

        @Override
        Resize resize(final int registers) {
            return registers > 0 ? Resize.bicubic(true) : new Resize(Resize.Kind.BICUBIC, false, 0.1);
        }
    },
    /** timm. */
    TIMM("timm", 1e-6) {
        @Override
        Resize resize(final int registers) {
            return Resize.bicubic(true);
        }
    },
    /** ViTModel of Hugging Face. */
    HF_VIT("Hugging Face ViT", 1e-12) {
        @Override
        List<String> of(final String parameter, final boolean packed) {
            return nested(parameter, part -> part.replace("norm1", "layernorm_before")
                    .replace("norm2", "layernorm_after")
                    .replace("mlp.fc1", "intermediate.dense")
                    .replace("mlp.fc2", "output.dense"));
        }

        @Override
        Resize resize(final int registers) {
            return Resize.bicubic(false);
        }
    },
    /** Dinov2Model and Dinov2WithRegistersModel of Hugging Face. */
    HF_DINOV2("Hugging Face DINOv2", 1e-6) {
        @Override
        List<String> of(final String parameter, final boolean packed) {
            return nested(parameter, part -> {
                final String scaled =
                        part.replace("ls1.gamma", "layer_scale1.lambda1").replace("ls2.gamma", "layer_scale2.lambda1");
                return packed
                        ? scaled.replace("mlp.fc1", "mlp.weights_in").replace("mlp.fc2", "mlp.weights_out")
                        : scaled;
            });
        }

        @Override
        Resize resize(final int registers) {
            return Resize.bicubic(registers > 0);
        }
    };

    private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d{1,4})\\.(.+)");

    private final String words;

    private final double epsilon;

    VitNaming(final String words, final double epsilon) {
        this.words = words;
        this.epsilon = epsilon;
    }

    /** Whose names these are. */
    String words() {
        return words;
    }

    /** Of all normalisations. */
    double epsilon() {
        return epsilon;
    }

    boolean huggingFace() {
        return this == HF_VIT || this == HF_DINOV2;
    }

    /**
     * The tensors of a parameter of ours.
     *
     * @param packed whether the feed-forward part is a SwiGLU
     */
    List<String> of(final String parameter, final boolean packed) {
        return List.of(parameter);
    }

    /** How the table of positions is brought to another size. */
    abstract Resize resize(int registers);

    private static List<String> nested(final String parameter, final java.util.function.UnaryOperator<String> inBlock) {
        final Matcher matcher = BLOCK.matcher(parameter);
        if (!matcher.matches()) {
            return List.of(
                    switch (parameter) {
                        case "cls_token" -> "embeddings.cls_token";
                        case "pos_embed" -> "embeddings.position_embeddings";
                        case "reg_token" -> "embeddings.register_tokens";
                        default -> parameter.startsWith("patch_embed.proj")
                                ? parameter.replace("patch_embed.proj", "embeddings.patch_embeddings.projection")
                                : parameter.replace("norm", "layernorm");
                    });
        }
        final String block = "encoder.layer." + matcher.group(1) + ".";
        final String part = matcher.group(2);
        if (part.startsWith("attn.qkv")) {
            final String end = part.substring("attn.qkv".length());
            return List.of("query", "key", "value").stream()
                    .map(which -> block + "attention.attention." + which + end)
                    .toList();
        }
        return List.of(block + inBlock.apply(part.replace("attn.proj", "attention.output.dense")));
    }
}
