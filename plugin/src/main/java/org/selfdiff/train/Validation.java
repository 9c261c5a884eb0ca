package org.selfdiff.train;

import java.util.List;
import java.util.Optional;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** Judges the averaged weights on held-out data, which is never augmented. */
public interface Validation {

    /** What is measured; decides which weights are the best. */
    Score score();

    /** Whether the weights with the best value are those that training gives; else the last ones are. */
    default boolean selects() {
        return true;
    }

    /**
     * Why it makes no sense to go on after the last measurement, a sentence; empty as a rule.
     *
     * @param done steps made
     */
    default Optional<String> stop(final long done) {
        return Optional.empty();
    }

    /**
     * Measures.
     *
     * @param weights computes with the averaged weights
     */
    double value(Weights weights, RunControl control) throws RunFailed, RunCancelled;

    /** Calls of the script with the averaged weights. */
    interface Weights {

        /**
         * Calls a method {@code (x: List[Tensor], p: List[Tensor], e: List[Tensor]) -> Tensor} of the script; both lists
         * of weights hold the averages.
         *
         * @param inputs makes the tensors of {@code x} in a scope that lives as long as the call
         * @return the numbers of its result
         */
        float[] call(String method, Inputs inputs) throws RunFailed, RunCancelled;
    }

    /** Makes inputs. */
    @FunctionalInterface
    interface Inputs {
        /** The list {@code x}. */
        List<Tensor> in(TensorScope scope) throws RunFailed, RunCancelled;
    }
}
