package org.selfdiff.train.loss;

import java.util.List;
import java.util.Locale;
import org.selfdiff.tensors.ScriptMethod;

/**
 * What CLAM's classifiers of tiles learn from (Lu et al., arXiv 2004.09666): the tiles that the true class attends to
 * most are for it, those that it attends to least against it. Which tiles these are is taken as given, so that nothing
 * is learnt from the choice. A bag with fewer tiles gives all it has.
 *
 * @param classes number of classes
 * @param tiles so many of the highest and as many of the lowest attention
 * @param subtyping whether tiles that a wrong class attends to most count against that class; the sum is then divided
 *     by the number of classes
 * @param smoothSvm whether {@link #SMOOTH_SVM} is the loss, else cross-entropy
 */
public record InstanceLoss(int classes, int tiles, boolean subtyping, boolean smoothSvm) {
    /** The name of {@code (attention, each, y) -> loss}. */
    public static final String NAME = "instance_loss";

    /**
     * The smooth top-1 SVM loss (Berrada et al., arXiv 1802.07595) of logits (rows, classes) and classes (rows), mean
     * over rows: {@code tau log sum_j exp((x_j + [j != y] - x_y) / tau)}, and its hard form where the best logit exceeds
     * the second by {@code tau log 1000}.
     */
    public static final String SMOOTH_SVM = "smooth_svm";

    private static final String SVM_SOURCE =
            """
            def smooth_svm(self: __torch__.Net,
                x: Tensor,
                y: Tensor,
                tau: float) -> Tensor:
              own = torch.unsqueeze(y, 1)
              z = torch.sub(torch.add(x, torch.scatter(torch.ones_like(x), 1, own, 0.)), torch.gather(x, 1, own))
              soft = torch.mul(torch.logsumexp(torch.div(z, tau), [1]), tau)
              best, at, = torch.topk(x, 2, 1, True, True)
              ahead = torch.sub(torch.select(best, 1, 0), torch.select(best, 1, 1))
              far = torch.ge(ahead, torch.mul(tau, 6.9077552789821368))
              return torch.mean(torch.where(far, torch.amax(z, [1]), soft))
            """;

    /** Attention (1 or classes, tiles) after the softmax; what classifiers say of tiles (tiles, 2 classes); the class. */
    private static final String HEAD =
            """
            def instance_loss(self: __torch__.Net,
                attention: Tensor,
                each: Tensor,
                y: Tensor) -> Tensor:
              k = torch.size(each, 0)
              if torch.gt(k, %d):
                k = %1$d
              else:
                pass
              against = torch.zeros([k], dtype=4, device=each.device)
              both = torch.cat([torch.add(against, 1), against])
              total = torch.zeros([1], dtype=each.dtype, device=each.device)
            """;

    private static final String CLASS =
            """
            row%1$d = torch.select(torch.detach(attention), 0, torch.mul(%1$d, int(torch.gt(torch.size(attention, 0), 1))))
            most%1$d, high%1$d, = torch.topk(row%1$d, k, -1, True, True)
            least%1$d, low%1$d, = torch.topk(row%1$d, k, -1, False, True)
            own%1$d = torch.slice(each, 1, %2$d, %3$d)
            top%1$d = torch.index_select(own%1$d, 0, high%1$d)
            right%1$d = %4$s
            hit%1$d = torch.to(torch.eq(y, %1$d), each.dtype)
            total = torch.add(total, torch.mul(hit%1$d, right%1$d))
            """;

    private static final String WRONG =
            """
            wrong%1$d = %2$s
            total = torch.add(total, torch.mul(torch.sub(torch.ones_like(hit%1$d), hit%1$d), wrong%1$d))
            """;

    /** The methods to put before the loss that calls {@link #NAME}. */
    public List<ScriptMethod> methods() {
        final StringBuilder text = new StringBuilder();
        for (int c = 0; c < classes; c++) {
            final String all = "torch.cat([top" + c + ", torch.index_select(own" + c + ", 0, low" + c + ")])";
            text.append(String.format(Locale.ROOT, CLASS, c, 2 * c, 2 * c + 2, loss(all, "both")));
            if (subtyping) {
                text.append(String.format(Locale.ROOT, WRONG, c, loss("top" + c, "against")));
            }
        }
        final String end = subtyping ? "return torch.div(total, " + classes + ")\n" : "return total\n";
        final ScriptMethod own = new ScriptMethod(
                NAME, String.format(Locale.ROOT, HEAD, tiles) + text.toString().indent(2) + end.indent(2));
        return List.of(new ScriptMethod(SMOOTH_SVM, SVM_SOURCE), own);
    }

    private String loss(final String logits, final String target) {
        return smoothSvm
                ? "self.smooth_svm(" + logits + ", " + target + ", 1.)"
                : "torch.cross_entropy_loss(" + logits + ", " + target + ", None, 1, -100, 0.)";
    }
}
