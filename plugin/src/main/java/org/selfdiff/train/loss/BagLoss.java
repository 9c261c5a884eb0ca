package org.selfdiff.train.loss;

import java.util.Locale;

/** Losses of a bag's logits (1, outputs), one number for each bag. */
public enum BagLoss {
    /** Classes that exclude each other; the target is the class. */
    CROSS_ENTROPY("torch.cross_entropy_loss(%s, %s, None, 0, -100, 0.)"),
    /** Each output yes or no by itself, mean over outputs; the target (1, outputs) is 0 or 1. */
    SIGMOID("torch.mean(torch.binary_cross_entropy_with_logits(%s, %s, None, None, 0), [1])"),
    /**
     * The same with probabilities cut off at 1e-5 and 1 - 1e-5, beyond which nothing is learnt: ABMIL's published loss
     * (Ilse et al., arXiv 1802.04712).
     */
    CLAMPED_SIGMOID(
            "torch.mean(torch.binary_cross_entropy(torch.clamp(torch.sigmoid(%s), 1.0e-05, 0.99999), %s, None, 0),"
                    + " [1])");

    private final String expression;

    BagLoss(final String expression) {
        this.expression = expression;
    }

    /** As a TorchScript expression of two variables. */
    public String of(final String logits, final String target) {
        return String.format(Locale.ROOT, expression, logits, target);
    }
}
