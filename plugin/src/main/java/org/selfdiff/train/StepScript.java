package org.selfdiff.train;

import java.util.List;
import java.util.Locale;
import org.selfdiff.tensors.ScriptMethod;

/**
 * Writes the script of a training step around a loss. The whole step is one call: loss, gradients, their global norm,
 * clipping, AdamW and the moving average of the weights. A step whose loss or gradient is not finite changes nothing.
 *
 * <p>The module must define, earlier in its list, {@code loss(x: List[Tensor], p: List[Tensor]) -> Tensor}: the losses
 * of the batch {@code x}, whose mean is trained, at the parameters {@code p}.
 */
public final class StepScript {
    /** Method of the step. */
    public static final String STEP = "train_step";

    /** Method of the loss. */
    public static final String LOSS = "loss";

    /** Method that copies one list of tensors into another. */
    static final String COPY = "copy_all";

    private static final String COPY_SOURCE =
            """
            def copy_all(self: __torch__.Net,
                a: List[Tensor],
                b: List[Tensor]) -> Tensor:
              torch._foreach_copy_(a, b)
              return torch.tensor(0.)
            """;

    private StepScript() {}

    /** The methods to put after that of the loss. */
    public static List<ScriptMethod> methods(final TrainingPlan plan) {
        return List.of(new ScriptMethod(STEP, step(plan)), new ScriptMethod(COPY, COPY_SOURCE));
    }

    /**
     * {@code p} parameters, {@code m} and {@code v} moments, {@code e} averages, {@code n} number of steps made,
     * {@code h} learning rate and share of the new weights in the average. Returns loss and norm of the gradient.
     */
    private static String step(final TrainingPlan plan) {
        final TrainingPlan.AdamW adamW = plan.optimiser();
        return String.format(
                Locale.ROOT,
                """
                def train_step(self: __torch__.Net,
                    x: List[Tensor],
                    p: List[Tensor],
                    m: List[Tensor],
                    v: List[Tensor],
                    e: List[Tensor],
                    n: Tensor,
                    h: Tensor) -> Tensor:
                  loss = torch.mean(self.loss(x, p))
                  found = torch.grad([loss], p)
                  g = annotate(List[Tensor], [])
                  w = annotate(List[Tensor], [])
                  counts = annotate(List[Tensor], [])
                  for i in range(torch.len(p)):
                    torch.append(g, torch.contiguous(unchecked_cast(Tensor, found[i])))
                    torch.append(w, torch.detach(p[i]))
                    torch.append(counts, n)
                  norm = torch.norm(torch.stack(torch._foreach_norm(g)))
                  done = torch.stack([torch.detach(loss), norm])
                  if bool(torch.all(torch.isfinite(done))):
                %s    torch.add_(n, 1)
                    torch._fused_adamw_(w, g, m, v, annotate(List[Tensor], []), counts, lr=torch.select(h, 0, 0), \
                beta1=%s, beta2=%s, weight_decay=%s, eps=%s, amsgrad=False, maximize=False)
                    torch._foreach_lerp_(e, w, float(torch.select(h, 0, 1)))
                  else:
                    pass
                  return done
                """,
                clip(plan.clipNorm()),
                number(adamW.beta1()),
                number(adamW.beta2()),
                number(adamW.weightDecay()),
                number(adamW.epsilon()));
    }

    private static String clip(final double norm) {
        return norm <= 0
                ? ""
                : String.format(
                                Locale.ROOT,
                                """
                if bool(torch.gt(norm, %1$s)):
                  torch._foreach_mul_(g, torch.mul(torch.reciprocal(norm), %1$s))
                else:
                  pass
                """,
                                number(norm))
                        .indent(4);
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.17e", value);
    }
}
