package org.selfdiff.train.loss;

/** Cross-entropy: {@code -1/(B H W) sum y log p} over classes and pixels. */
public record CrossEntropyLoss() implements SegmentationLoss {
    /** The mean over pixels of a sum over classes, of the product {@code #s}. */
    static final String MEAN_OF_CLASS_SUMS = "@ = torch.neg(torch.mean(torch.sum(#s, [1])))\n";

    @Override
    public String name() {
        return "cross-entropy";
    }

    @Override
    public String script(final String prefix, final String result) {
        return SegmentationLoss.fill("#s = torch.mul(y, logp)\n" + MEAN_OF_CLASS_SUMS, prefix, result);
    }
}
