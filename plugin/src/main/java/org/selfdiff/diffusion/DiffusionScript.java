package org.selfdiff.diffusion;

import org.selfdiff.tensors.ScriptMethod;

/**
 * The diffusion process as script, around a network {@code predict(x: Tensor, t: Tensor, p: List[Tensor]) -> Tensor}
 * that the module defines earlier in its list.
 */
public final class DiffusionScript {
    /** Name under which the network is called. */
    public static final String PREDICT = "predict";

    private DiffusionScript() {}

    /**
     * The loss of each picture of a batch, weighted: {@code x} holds the clean pictures, noise of their shape, and the
     * table of a {@link NoisyBatch}, then the network's further inputs. The noisy pictures and their targets are made
     * inside.
     *
     * @param name of the method {@code (x: List[Tensor], p: List[Tensor], e: List[Tensor]) -> Tensor}
     * @param inputs number of the network's inputs beside picture and time-step, such as the tokens of a condition
     */
    public static ScriptMethod loss(final String name, final int inputs) {
        final StringBuilder further = new StringBuilder();
        for (int i = 0; i < inputs; i++) {
            further.append("x[").append(3 + i).append("], ");
        }
        return new ScriptMethod(
                name,
                "def " + name
                        + """
                (self: __torch__.Net,
                    x: List[Tensor],
                    p: List[Tensor],
                    e: List[Tensor]) -> Tensor:
                  c = torch.reshape(x[2], [6, -1, 1, 1, 1])
                  noisy = torch.add(torch.mul(x[0], torch.select(c, 0, 1)), torch.mul(x[1], torch.select(c, 0, 2)))
                  target = torch.add(torch.mul(x[0], torch.select(c, 0, 3)), torch.mul(x[1], torch.select(c, 0, 4)))
                  out = self.predict(noisy, torch.select(x[2], 0, 0), FURTHER p)
                  error = torch.sub(out, target)
                  return torch.mul(torch.mean(torch.mul(error, error), [1, 2, 3]), torch.select(x[2], 0, 5))
                """
                                .replace("FURTHER ", further));
    }
}
