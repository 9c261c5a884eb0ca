package org.selfdiff.train;

import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * What steps are fed with. The inputs of a step are a function of the step alone, so that a run goes on where it
 * stopped.
 */
public interface Feed {

    /**
     * Starts preparing, ahead of use.
     *
     * @param first the first step wanted, from 0
     * @param end the step after the last
     */
    Source open(long first, long end) throws RunFailed;

    /** Hands out the inputs of one step after the other. */
    interface Source extends AutoCloseable {

        /**
         * The inputs of the next step, as tensors of a scope: the list {@code x} of the loss.
         *
         * @throws RunFailed when data cannot be read
         */
        List<Tensor> next(TensorScope scope, RunControl control) throws RunFailed, RunCancelled;

        @Override
        void close();
    }
}
