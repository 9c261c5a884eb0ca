package org.selfdiff.stages.bags;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * A number: squared error in units of the deviation of those that are learnt from.
 *
 * @param own mean and deviation of these
 */
record NumberObjective(BagTargets targets, AnswerScale own) implements BagObjective {

    /** With the mean and deviation of the bags that are learnt from; a deviation of 0 counts as 1. */
    static NumberObjective of(final BagTargets targets, final int[] training) {
        final double mean = Arrays.stream(training)
                .mapToDouble(bag -> targets.values()[bag][0])
                .average()
                .orElse(0);
        final double deviation = Math.sqrt(Arrays.stream(training)
                .mapToDouble(bag -> Math.pow(targets.values()[bag][0] - mean, 2))
                .average()
                .orElse(0));
        return new NumberObjective(targets, new AnswerScale(mean, deviation > 0 ? deviation : 1));
    }

    private double standardised(final int bag) {
        return (targets.values()[bag][0] - own.shift()) / own.factor();
    }

    @Override
    public String losses() {
        return "losses = torch.square(torch.sub(torch.select(answers, 1, 0), x[0]))\n";
    }

    @Override
    public List<Tensor> targets(final int[] bags, final TensorScope scope) {
        final float[] numbers = new float[bags.length];
        for (int i = 0; i < bags.length; i++) {
            numbers[i] = (float) standardised(bags[i]);
        }
        return List.of(scope.floats(numbers, bags.length), scope.zeros(1));
    }

    @Override
    public double loss(final int[] bags, final double[][] answers) {
        double sum = 0;
        for (int i = 0; i < bags.length; i++) {
            sum += Math.pow(answers[i][0] - standardised(bags[i]), 2);
        }
        return sum / bags.length;
    }

    @Override
    public AnswerScale scale(final List<double[]> heldOut) {
        return own;
    }
}
