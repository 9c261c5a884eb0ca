package org.selfdiff.stages.encoders;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.selfdiff.model.ModelInput;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.PictureEmbedding;
import org.selfdiff.nn.Resize;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.vit.Vit;
import org.selfdiff.tensors.ScriptMethod;

/** From the bytes of tiles to embeddings, as script. */
final class EncoderScript {
    /**
     * Method {@code (b: Tensor, m: Tensor, d: Tensor) -> Tensor}: bytes of one tile of any size to what the network
     * takes; {@code m} and {@code d} are means and deviations (1, channels, 1, 1).
     */
    static final String PREPARED = "prepared";

    /** Method {@code (x: List[Tensor]) -> Tensor}: pictures as one batch. */
    static final String JOINED = "joined";

    /**
     * Method {@code (x: Tensor, p: List[Tensor]) -> Tensor} of transformers: pictures to what the class token attends to in
     * the last block, (batch, heads, patches).
     */
    static final String ATTENDED = "attended";

    private EncoderScript() {}

    static List<ScriptMethod> methods(final Encoder encoder, final ComputeType type) {
        final List<ScriptMethod> methods = new ArrayList<>(
                List.of(
                        ScriptOps.method(encoder.network(), PictureEmbedding.EMBED, type),
                        prepared(encoder.input(), encoder.resize()),
                        new ScriptMethod(
                                JOINED,
                                """
                        def joined(self: __torch__.Net,
                            x: List[Tensor]) -> Tensor:
                          return torch.cat(x, 0)
                        """)));
        encoder.transformer().ifPresent(vit -> {
            methods.add(ScriptOps.method(
                    Vit.ATTENTION,
                    vit.function(Vit.ATTENTION),
                    encoder.network().parameters(),
                    type));
            methods.add(attended(vit.spec().extraTokens(), vit.tokens()));
        });
        return methods;
    }

    private static ScriptMethod attended(final int extra, final int tokens) {
        return new ScriptMethod(
                ATTENDED,
                String.format(
                        Locale.ROOT,
                        """
                        def %s(self: __torch__.Net,
                            x: Tensor,
                            p: List[Tensor]) -> Tensor:
                          weights = self.%s(x, p)[1]
                          return torch.contiguous(torch.slice(torch.select(weights, 2, 0), 2, %d, %d))
                        """,
                        ATTENDED,
                        Vit.ATTENTION,
                        extra,
                        tokens));
    }

    private static ScriptMethod prepared(final ModelInput.Pixels input, final Resize how) {
        return new ScriptMethod(
                PREPARED,
                String.format(
                        Locale.ROOT,
                        """
                        def prepared(self: __torch__.Net,
                            b: Tensor,
                            m: Tensor,
                            d: Tensor) -> Tensor:
                          v = torch.div(torch.to(b, 6), 255.)
                          r = torch.%s(v, [%d, %d], False, None, None)
                          return torch.div(torch.sub(r, m), d)
                        """,
                        how.antialias() ? "_upsample_bilinear2d_aa" : "upsample_bilinear2d",
                        input.side(),
                        input.side()));
    }
}
