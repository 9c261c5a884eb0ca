package org.selfdiff.stages.segmentation;

import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.train.loss.LossSum;

/**
 * A U-Net as a segmenter, as script, around a network {@code predict(x, t, p)} that the module defines earlier:
 * time-step 0, a class per output channel.
 */
final class SegmentationScript {
    /** Method that gives class probabilities. */
    static final String PROBABILITIES = "probabilities";

    /** Method that gives class probabilities averaged over the four flips. */
    static final String FLIPPED = "probabilities_flipped";

    private SegmentationScript() {}

    /** The loss of a batch; {@code x} holds pictures and labels. */
    static ScriptMethod loss(final String name, final LossSum losses) {
        return new ScriptMethod(
                name,
                "def " + name
                        + """
                (self: __torch__.Net,
                    x: List[Tensor],
                    p: List[Tensor],
                    e: List[Tensor]) -> Tensor:
                    t = torch.zeros([torch.size(x[0], 0)], dtype=6, device=x[0].device)
                    out = self.predict(x[0], t, p)
                    labels = x[1]
                """
                        + losses.script("total") + "    return total\n");
    }

    /** Probabilities (batch, classes, height, width) of pictures. */
    static ScriptMethod probabilities() {
        return new ScriptMethod(
                PROBABILITIES,
                """
                def probabilities(self: __torch__.Net,
                    x: Tensor,
                    p: List[Tensor]) -> Tensor:
                  t = torch.zeros([torch.size(x, 0)], dtype=6, device=x.device)
                  return torch.softmax(self.predict(x, t, p), 1)
                """);
    }

    /** Probabilities of pictures, averaged over the picture and its flips. */
    static ScriptMethod flipped() {
        return new ScriptMethod(
                FLIPPED,
                """
                def probabilities_flipped(self: __torch__.Net,
                    x: Tensor,
                    p: List[Tensor]) -> Tensor:
                  a = self.probabilities(x, p)
                  b = torch.flip(self.probabilities(torch.flip(x, [2]), p), [2])
                  c = torch.flip(self.probabilities(torch.flip(x, [3]), p), [3])
                  d = torch.flip(self.probabilities(torch.flip(x, [2, 3]), p), [2, 3])
                  return torch.mul(torch.add(torch.add(a, b), torch.add(c, d)), 0.25)
                """);
    }
}
