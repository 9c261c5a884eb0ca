package org.selfdiff.stages.bags;

import java.util.List;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** What a network is trained for: its loss on the device, and the same loss in Java for bags that are held out. */
interface BagObjective {

    /**
     * Lines of a script that make {@code losses}, one for each bag of the step, of {@code answers} (bags, outputs) and the
     * targets {@code x[0]} and {@code x[1]}.
     */
    String losses();

    /** The two tensors of targets of a step's bags. */
    List<Tensor> targets(int[] bags, TensorScope scope);

    /**
     * The mean loss of bags, computed independently of the script.
     *
     * @param answers outputs of the network for each
     */
    double loss(int[] bags, double[][] answers);

    /** How the network's numbers are to be read, given its answers to the bags that are held out. */
    default AnswerScale scale(final List<double[]> heldOut) {
        return AnswerScale.NONE;
    }

    /**
     * The objective of a training.
     *
     * @param training bags that are learnt from; weights and scales are theirs
     * @param balanced whether classes count alike however many bags they have; for labels, those with and without
     * @param ties how events at one time are counted, for survival
     */
    static BagObjective of(
            final BagTargets targets, final int[] training, final boolean balanced, final CoxLoss.Ties ties) {
        return switch (targets.kind()) {
            case CLASS -> new ClassObjective(targets, ClassObjective.weights(targets, training, balanced));
            case LABELS -> new LabelObjective(targets, LabelObjective.weights(targets, training, balanced));
            case REGRESSION -> NumberObjective.of(targets, training);
            case SURVIVAL -> new SurvivalObjective(targets, ties);
        };
    }
}
