package org.selfdiff.train;

import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** Validation by the loss itself, in batches. */
public interface LossValidation extends Validation {

    /** Number of batches, at least 1. */
    int batches();

    /** Share of the held-out data that a batch holds; all shares sum to 1. */
    double share(int batch);

    /**
     * The inputs of a batch, those of the loss.
     *
     * @param batch from 0
     * @param scope owns the tensors
     * @param control of the reading
     */
    List<Tensor> inputs(int batch, TensorScope scope, RunControl control) throws RunFailed, RunCancelled;

    @Override
    default Score score() {
        return Score.LOSS;
    }

    @Override
    default double value(final Weights weights, final RunControl control) throws RunFailed, RunCancelled {
        double mean = 0;
        for (int batch = 0; batch < batches(); batch++) {
            final int index = batch;
            final float[] losses = weights.call(StepScript.LOSS, scope -> inputs(index, scope, control));
            double sum = 0;
            for (final float loss : losses) {
                sum += loss;
            }
            mean += share(index) * (sum / losses.length);
        }
        return mean;
    }
}
