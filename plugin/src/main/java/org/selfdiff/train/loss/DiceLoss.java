package org.selfdiff.train.loss;

/**
 * Soft Dice loss (Milletari et al., arXiv 1606.04797 with sums instead of squares): one minus the mean over classes of
 * {@code (2 sum y p + 1) / (sum y + sum p + 1)}, with the sums over the whole batch, so that a class that a tile lacks
 * does no harm.
 */
public record DiceLoss() implements SegmentationLoss {

    @Override
    public String name() {
        return "dice";
    }

    @Override
    public String script(final String prefix, final String result) {
        return SegmentationLoss.fill(
                """
                #p = torch.exp(logp)
                #n = torch.add(torch.mul(torch.sum(torch.mul(y, #p), [0, 2, 3]), 2.), 1.)
                #d = torch.add(torch.add(torch.sum(y, [0, 2, 3]), torch.sum(#p, [0, 2, 3])), 1.)
                @ = torch.rsub(torch.mean(torch.div(#n, #d)), 1.)
                """,
                prefix,
                result);
    }
}
