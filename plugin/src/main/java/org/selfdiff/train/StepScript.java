package org.selfdiff.train;

import java.util.List;
import java.util.Locale;
import org.selfdiff.tensors.ScriptMethod;

/**
 * Writes the script of a training step around a loss. The whole step is one call: loss, gradients, their norm, clipping,
 * AdamW and the moving average of the weights. A step whose loss or gradient is not finite changes nothing.
 *
 * <p>The module must define, earlier in its list, {@code loss(x: List[Tensor], p: List[Tensor], e: List[Tensor]) ->
 * Tensor}: the losses of the batch {@code x}, whose mean is trained, at the parameters {@code p}. {@code e} holds their
 * moving averages, which is a teacher to whom wants one. Behind the trained parameters both lists hold what is not
 * trained: buffers, which the loss may change in place, and constants.
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

    /** AdamW of all parameters. */
    private static final String FUSED =
            """
            count%1$d = torch.select(n, 0, %1$d)
            torch.add_(count%1$d, 1)
            counts%1$d = annotate(List[Tensor], [])
            for i%1$d in range(%2$d):
              torch.append(counts%1$d, count%1$d)
            torch._fused_adamw_(w, g, m, v, annotate(List[Tensor], []), counts%1$d, \
            lr=torch.select(h, 0, %4$d), beta1=%5$s, beta2=%6$s, weight_decay=%7$s, eps=%8$s, amsgrad=False, \
            maximize=False)
            """;

    /**
     * AdamW of some parameters, one by one: the fused operator on a part of a list is taken for something without effect
     * and left out.
     */
    private static final String BY_PLACE =
            """
            count%1$d = torch.select(n, 0, %1$d)
            torch.add_(count%1$d, 1)
            rate%1$d = torch.select(h, 0, %4$d)
            keep%1$d = torch.add(torch.neg(torch.mul(rate%1$d, %7$s)), 1.)
            size%1$d = torch.div(rate%1$d, torch.add(torch.neg(torch.pow(%5$s, count%1$d)), 1.))
            root%1$d = torch.sqrt(torch.add(torch.neg(torch.pow(%6$s, count%1$d)), 1.))
            for i%1$d in range(%2$d):
              k%1$d = torch.add(i%1$d, %3$d)
              torch.mul_(w[k%1$d], keep%1$d)
              torch.lerp_(m[k%1$d], g[k%1$d], %9$s)
              torch.mul_(v[k%1$d], %6$s)
              torch.addcmul_(v[k%1$d], g[k%1$d], g[k%1$d], value=%10$s)
              deviation%1$d = torch.add(torch.div(torch.sqrt(v[k%1$d]), root%1$d), %8$s)
              torch.sub_(w[k%1$d], torch.mul(torch.div(m[k%1$d], deviation%1$d), size%1$d))
            """;

    private StepScript() {}

    /**
     * The methods to put after that of the loss.
     *
     * @param plan numbers of the optimiser, clipping
     * @param rule the parts of the list {@code p} and how each is changed
     */
    public static List<ScriptMethod> methods(final TrainingPlan plan, final UpdateRule rule) {
        return List.of(new ScriptMethod(STEP, step(plan, rule)), new ScriptMethod(COPY, COPY_SOURCE));
    }

    /**
     * {@code p} parameters, {@code m} and {@code v} moments, {@code e} averages, {@code f} what is not trained,
     * {@code n} steps made by each group, {@code h} numbers of the step: share of the new weights in the average, then
     * learning rate and weight decay of each group. Returns loss and norm of the gradient.
     */
    private static String step(final TrainingPlan plan, final UpdateRule rule) {
        final List<ParameterGroup> groups = rule.groups();
        final StringBuilder updates = new StringBuilder();
        int first = 0;
        for (int i = 0; i < groups.size(); i++) {
            final int end = first + groups.get(i).names().size();
            updates.append(update(plan, groups, i, first, end));
            first = end;
        }
        return String.format(
                Locale.ROOT,
                """
                def train_step(self: __torch__.Net,
                    x: List[Tensor],
                    p: List[Tensor],
                    m: List[Tensor],
                    v: List[Tensor],
                    e: List[Tensor],
                    f: List[Tensor],
                    n: Tensor,
                    h: Tensor) -> Tensor:
                  loss = torch.mean(self.loss(x, torch.add(p, f), torch.add(e, f)))
                  found = torch.grad([loss], p)
                  g = annotate(List[Tensor], [])
                  w = annotate(List[Tensor], [])
                  for i in range(torch.len(p)):
                    torch.append(g, torch.contiguous(unchecked_cast(Tensor, found[i])))
                    torch.append(w, torch.detach(p[i]))
                  norm = torch.norm(torch.stack(torch._foreach_norm(g)))
                  done = torch.stack([torch.detach(loss), norm])
                  if bool(torch.all(torch.isfinite(done))):
                %s%s    torch._foreach_lerp_(e, w, float(torch.select(h, 0, 0)))
                  else:
                    pass
                  return done
                """,
                clip(plan, rule.clipEach()),
                updates);
    }

    private static String update(
            final TrainingPlan plan, final List<ParameterGroup> groups, final int i, final int first, final int end) {
        final TrainingPlan.AdamW adamW = plan.optimiser();
        final boolean all = groups.size() == 1;
        final String decay = groups.get(i).weightDecay() instanceof Schedule.Constant constant
                ? number(constant.value())
                : "float(torch.select(h, 0, " + (2 * i + 2) + "))";
        final String lines = String.format(
                Locale.ROOT,
                all ? FUSED : BY_PLACE,
                i,
                end - first,
                first,
                2 * i + 1,
                number(adamW.beta1()),
                number(adamW.beta2()),
                decay,
                number(adamW.epsilon()),
                number(1 - adamW.beta1()),
                number(1 - adamW.beta2()));
        if (all) {
            return lines.indent(4);
        }
        return ("if bool(torch.gt(torch.select(h, 0, " + (2 * i + 1) + "), 0)):\n" + lines.indent(2)
                        + "else:\n  pass\n")
                .indent(4);
    }

    private static String clip(final TrainingPlan plan, final boolean each) {
        if (plan.clipNorm() <= 0) {
            return "";
        }
        final String lines = each
                ? """
                for k in range(torch.len(g)):
                  own = torch.add(torch.norm(g[k]), 1.0e-06)
                  torch.mul_(g[k], torch.clamp_max(torch.mul(torch.reciprocal(own), %1$s), 1.))
                """
                : """
                if bool(torch.gt(norm, %1$s)):
                  torch._foreach_mul_(g, torch.mul(torch.reciprocal(norm), %1$s))
                else:
                  pass
                """;
        return String.format(Locale.ROOT, lines, number(plan.clipNorm())).indent(4);
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.17e", value);
    }
}
