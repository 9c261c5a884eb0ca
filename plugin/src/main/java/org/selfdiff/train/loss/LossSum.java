package org.selfdiff.train.loss;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A weighted sum of losses.
 *
 * @param terms at least one
 */
public record LossSum(List<Term> terms) {

    /**
     * One loss and its weight.
     *
     * @param loss the loss
     * @param weight its factor, above 0
     */
    public record Term(SegmentationLoss loss, double weight) {}

    /** Copies the list. */
    public LossSum {
        terms = List.copyOf(terms);
        if (terms.isEmpty() || terms.stream().anyMatch(term -> !(term.weight() > 0))) {
            throw new IllegalArgumentException("a sum of losses needs a term, and weights above 0");
        }
    }

    /** The paper's: structural similarity plus focal with gamma 2, both of weight 1. */
    public static LossSum paper() {
        return new LossSum(List.of(new Term(new StructuralSimilarityLoss(), 1), new Term(new FocalLoss(2), 1)));
    }

    /**
     * The body of a function of the network's output {@code out} (batch, classes, height, width), 32-bit, and the
     * labels {@code labels} (batch, height, width), 64-bit integers.
     *
     * @param result the variable that takes the sum
     */
    public String script(final String result) {
        final StringBuilder lines = new StringBuilder(
                """
                    logp = torch.log_softmax(out, 1)
                    y = torch.to(torch.permute(torch.one_hot(labels, torch.size(out, 1)), [0, 3, 1, 2]), 6)
                """);
        for (int i = 0; i < terms.size(); i++) {
            final Term term = terms.get(i);
            lines.append(term.loss().script("l" + i, "loss" + i));
            final String scaled = "torch.mul(loss" + i + ", " + term.weight() + ")";
            final String sum = i == 0 ? scaled : "torch.add(" + result + ", " + scaled + ")";
            lines.append("    ").append(result).append(" = ").append(sum).append('\n');
        }
        return lines.toString();
    }

    /** Names and weights, for instance {@code 1.0 structural-similarity + 1.0 focal}. */
    @Override
    public String toString() {
        return terms.stream().map(t -> t.weight() + " " + t.loss().name()).collect(Collectors.joining(" + "));
    }
}
