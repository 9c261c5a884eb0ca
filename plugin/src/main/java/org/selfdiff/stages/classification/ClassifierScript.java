package org.selfdiff.stages.classification;

import java.util.List;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.nn.cnn.ResidualClassifier;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.train.StepScript;

/** Scripts of the network that classifies pictures, and what its numbers mean. */
final class ClassifierScript {
    /**
     * {@code x} holds pictures, and for each picture and class whether it is of the class (1, 0) and how much that counts.
     * Cross-entropy of a softmax, or the mean over classes of that of a sigmoid each.
     */
    private static final String HEAD =
            """
            def loss(self: __torch__.Net,
                x: List[Tensor],
                p: List[Tensor],
                e: List[Tensor]) -> Tensor:
              out = self.classify(x[0], p)
            """;

    private static final String ONE_CLASS =
            """
              each = torch.mul(torch.neg(torch.log_softmax(out, 1)), x[1])
              return torch.sum(torch.mul(each, x[2]), [1])
            """;

    private static final String SEVERAL =
            """
              each = torch.binary_cross_entropy_with_logits(out, x[1], None, None, 0)
              return torch.mean(torch.mul(each, x[2]), [1])
            """;

    private ClassifierScript() {}

    static List<ScriptMethod> methods(
            final ResidualClassifier network, final boolean multiLabel, final ComputeType type) {
        return List.of(
                classify(network, type), new ScriptMethod(StepScript.LOSS, HEAD + (multiLabel ? SEVERAL : ONE_CLASS)));
    }

    static ScriptMethod classify(final ResidualClassifier network, final ComputeType type) {
        return ScriptOps.method(network, ResidualClassifier.CLASSIFY, type);
    }

    /** Probabilities from a network's numbers: a softmax, or a sigmoid of each. */
    static double[] probabilities(final double[] logits, final boolean multiLabel) {
        final double[] p = new double[logits.length];
        if (multiLabel) {
            for (int k = 0; k < p.length; k++) {
                p[k] = 1 / (1 + Math.exp(-logits[k]));
            }
            return p;
        }
        double most = Double.NEGATIVE_INFINITY;
        for (final double logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.exp(logits[k] - most);
            sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
        return p;
    }
}
