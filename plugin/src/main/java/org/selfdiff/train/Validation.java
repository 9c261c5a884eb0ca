package org.selfdiff.train;

import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** Held-out data, in batches whose inputs are those of the loss. Never augmented. */
public interface Validation {

    /** Number of batches, at least 1. */
    int batches();

    /** Share of the held-out data that a batch holds; all shares sum to 1. */
    double share(int batch);

    /**
     * The inputs of a batch.
     *
     * @param batch from 0
     * @param scope owns the tensors
     * @param control of the reading
     */
    List<Tensor> inputs(int batch, TensorScope scope, RunControl control) throws RunFailed, RunCancelled;
}
