package org.selfdiff.train.loss;

/**
 * Focal loss (Lin et al., arXiv 1708.02002) as GenSelfDiff-HIS uses it: {@code -1/(B H W) sum (1 - p)^gamma y log p},
 * without class weights.
 *
 * @param gamma how much less a sure pixel counts; 2 in the paper, 0 is cross-entropy
 */
public record FocalLoss(double gamma) implements SegmentationLoss {

    @Override
    public String name() {
        return "focal";
    }

    @Override
    public String script(final String prefix, final String result) {
        return SegmentationLoss.fill(
                "#u = torch.clamp(torch.rsub(torch.exp(logp), 1.), 1.0e-07)\n"
                        + "#s = torch.mul(torch.mul(torch.pow(#u, " + gamma + "), y), logp)\n"
                        + CrossEntropyLoss.MEAN_OF_CLASS_SUMS,
                prefix,
                result);
    }
}
