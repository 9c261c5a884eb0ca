package org.selfdiff.stages.bags;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * Any number of labels: binary cross entropy of each, mean over the labels.
 *
 * @param weights of bags without and with each label
 */
record LabelObjective(BagTargets targets, double[][] weights) implements BagObjective {

    /** Weights with a mean of 1 over the bags, for each label. */
    static double[][] weights(final BagTargets targets, final int[] training, final boolean balanced) {
        final double[][] weights = new double[targets.names().size()][];
        for (int k = 0; k < weights.length; k++) {
            final int label = k;
            final long with = Arrays.stream(training)
                    .filter(bag -> targets.positive(bag, label))
                    .count();
            weights[k] = balanced && with > 0 && with < training.length
                    ? new double[] {training.length / (2.0 * (training.length - with)), training.length / (2.0 * with)}
                    : new double[] {1, 1};
        }
        return weights;
    }

    @Override
    public String losses() {
        return "losses = torch.mean(torch.binary_cross_entropy_with_logits(answers, x[0], x[1], None, 0), [1])\n";
    }

    @Override
    public List<Tensor> targets(final int[] bags, final TensorScope scope) {
        final int labels = weights.length;
        final float[] truth = new float[bags.length * labels];
        final float[] weight = new float[truth.length];
        for (int i = 0; i < bags.length; i++) {
            for (int k = 0; k < labels; k++) {
                truth[i * labels + k] = (float) targets.values()[bags[i]][k];
                weight[i * labels + k] = (float) weights[k][(int) targets.values()[bags[i]][k]];
            }
        }
        return List.of(scope.floats(truth, bags.length, labels), scope.floats(weight, bags.length, labels));
    }

    @Override
    public double loss(final int[] bags, final double[][] answers) {
        double sum = 0;
        for (int i = 0; i < bags.length; i++) {
            for (int k = 0; k < weights.length; k++) {
                final boolean there = targets.positive(bags[i], k);
                final double z = there ? -answers[i][k] : answers[i][k];
                final double softplus = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
                sum += weights[k][there ? 1 : 0] * softplus / weights.length;
            }
        }
        return sum / bags.length;
    }
}
