package org.selfdiff.stages.bags;

import java.util.List;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * A risk: Cox's partial likelihood among the bags of a step, see {@link CoxLoss}.
 *
 * @param ties how events at one time are counted
 */
record SurvivalObjective(BagTargets targets, CoxLoss.Ties ties) implements BagObjective {

    private CoxLoss among(final int[] bags) {
        final double[] time = new double[bags.length];
        final boolean[] event = new boolean[bags.length];
        for (int i = 0; i < bags.length; i++) {
            time[i] = targets.values()[bags[i]][0];
            event[i] = targets.values()[bags[i]][1] == 1;
        }
        return CoxLoss.of(time, event, ties);
    }

    @Override
    public String losses() {
        return CoxLoss.SCRIPT;
    }

    @Override
    public List<Tensor> targets(final int[] bags, final TensorScope scope) {
        final CoxLoss cox = among(bags);
        return List.of(
                scope.floats(cox.logWeights(), bags.length, bags.length), scope.floats(cox.shares(), bags.length));
    }

    @Override
    public double loss(final int[] bags, final double[][] answers) {
        final double[] risks = new double[bags.length];
        for (int i = 0; i < risks.length; i++) {
            risks[i] = answers[i][0];
        }
        return among(bags).of(risks);
    }

    @Override
    public AnswerScale scale(final List<double[]> heldOut) {
        return new AnswerScale(
                -heldOut.stream().mapToDouble(answer -> answer[0]).average().orElse(0), 1);
    }
}
