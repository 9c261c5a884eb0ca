package org.selfdiff.stages.bags;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.metrics.classification.Temperature;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.loss.BagLoss;

/**
 * One of several classes: cross entropy times the weight of the class.
 *
 * @param weights of the classes
 */
record ClassObjective(BagTargets targets, double[] weights) implements BagObjective {

    /** Weights with a mean of 1 over the bags. */
    static double[] weights(final BagTargets targets, final int[] training, final boolean balanced) {
        final double[] weights = new double[targets.names().size()];
        if (!balanced) {
            Arrays.fill(weights, 1);
            return weights;
        }
        final int[] count = new int[weights.length];
        for (final int bag : training) {
            count[targets.label(bag)]++;
        }
        for (int c = 0; c < weights.length; c++) {
            weights[c] = count[c] == 0 ? 0 : (double) training.length / (weights.length * count[c]);
        }
        return weights;
    }

    @Override
    public String losses() {
        return "losses = torch.mul(" + BagLoss.CROSS_ENTROPY.of("answers", "x[0]") + ", x[1])\n";
    }

    @Override
    public List<Tensor> targets(final int[] bags, final TensorScope scope) {
        final long[] labels = new long[bags.length];
        final float[] weight = new float[bags.length];
        for (int i = 0; i < bags.length; i++) {
            labels[i] = targets.label(bags[i]);
            weight[i] = (float) weights[targets.label(bags[i])];
        }
        return List.of(scope.longs(labels, bags.length), scope.floats(weight, bags.length));
    }

    @Override
    public double loss(final int[] bags, final double[][] answers) {
        double sum = 0;
        for (int i = 0; i < bags.length; i++) {
            final int label = targets.label(bags[i]);
            sum -= weights[label] * Math.log(Temperature.softmax(answers[i], 1)[label]);
        }
        return sum / bags.length;
    }
}
