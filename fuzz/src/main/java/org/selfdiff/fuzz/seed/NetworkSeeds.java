package org.selfdiff.fuzz.seed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.cnn.DenseNet;
import org.selfdiff.nn.cnn.ResNet;
import org.selfdiff.nn.vae.Autoencoder;
import org.selfdiff.nn.vae.AutoencoderSpec;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.nn.vit.VitSpec;

/** Names and shapes of small networks, one tensor a line. */
public final class NetworkSeeds {
    private NetworkSeeds() {}

    /** One of each family. */
    public static Map<String, byte[]> lists() {
        final VitSpec vit = new VitSpec(3, 8, 4, 1, 1, 8, true, true, 2, VitSpec.Positions.timm(2, false, false), 1e-6);
        final String named = text(new Vit(vit, 16, 16));
        return Map.of(
                "vit",
                bytes(named),
                "hugging-face",
                bytes(named.replace("blocks.0.", "encoder.layer.0.")
                        .replace("patch_embed.proj", "embeddings.patch_embeddings.projection")
                        .replace("ls1.gamma", "layer_scale1.lambda1")
                        .replace("pos_embed", "embeddings.position_embeddings")
                        .replace("cls_token", "embeddings.cls_token")),
                "autoencoder",
                bytes(text(new Autoencoder(new AutoencoderSpec(1, 4, List.of(32, 32), 1, 32, true)))),
                "resnet",
                bytes(text(new ResNet(3, false, List.of(1, 1, 1, 1)))),
                "densenet",
                bytes(text(new DenseNet(1, List.of(1, 1, 1, 1)))));
    }

    private static String text(final Network network) {
        return network.parameters().stream()
                .map(p ->
                        p.name() + " " + p.shape().stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n"));
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
