package org.selfdiff.diffusion;

import java.util.List;
import java.util.Optional;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** What pictures are drawn from: one row for each. */
public interface SampleRows {

    /** Number of pictures. */
    int count();

    /**
     * The network's further inputs for some rows, in {@code scope}; with guidance, those of the rows followed by as many
     * without a condition.
     *
     * @param first number of the first row
     * @param n how many rows
     */
    default List<Tensor> inputs(final TensorScope scope, final int first, final int n) throws RunFailed, RunCancelled {
        return List.of();
    }

    /**
     * The picture that a row starts from, planes one after the other in the value range of the training; empty to start
     * from noise alone. All rows alike.
     */
    default Optional<float[]> picture(final int row) throws RunFailed, RunCancelled {
        return Optional.empty();
    }

    /** Pictures out of nothing. */
    static SampleRows nothing(final int count) {
        return () -> count;
    }
}
