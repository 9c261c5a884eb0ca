package org.selfdiff.train.loss;

/**
 * Structural similarity loss of GenSelfDiff-HIS (adapted there from Zhao et al., arXiv 1910.08711). Truth and
 * probability are normalised per picture and class, {@code (v - mean + C) / (deviation + C)} with C = 0.01; where they
 * differ by more than a tenth of their largest difference, the mean difference counts, times the batch's cross-entropy.
 */
public record StructuralSimilarityLoss() implements SegmentationLoss {

    @Override
    public String name() {
        return "structural-similarity";
    }

    @Override
    public String script(final String prefix, final String result) {
        return SegmentationLoss.fill(
                """
                #p = torch.exp(logp)
                #a = torch.div(torch.add(torch.sub(y, torch.mean(y, [2, 3], True)), 0.01), \
                torch.add(torch.std(y, [2, 3], True, True), 0.01))
                #b = torch.div(torch.add(torch.sub(#p, torch.mean(#p, [2, 3], True)), 0.01), \
                torch.add(torch.std(#p, [2, 3], True, True), 0.01))
                #e = torch.abs(torch.sub(#a, #b))
                #f = torch.to(torch.gt(#e, torch.mul(torch.amax(torch.detach(#e), [2, 3], True), 0.1)), 6)
                #c = torch.neg(torch.mean(torch.sum(torch.mul(y, logp), [1])))
                @ = torch.mul(torch.div(torch.sum(torch.mul(#e, #f)), torch.clamp(torch.sum(#f), 1.)), #c)
                """,
                prefix,
                result);
    }
}
