package org.selfdiff.train;

import java.util.concurrent.Callable;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/** Runs native work so that the caller can leave within a second when the run is cancelled. */
@FunctionalInterface
public interface StepRunner {

    /**
     * Runs a step.
     *
     * @param control asked whether to go on
     * @param step the work
     * @param cleanupIfAbandoned run when an abandoned step has ended; never run otherwise
     * @throws RunCancelled when the run was cancelled while the step ran
     * @throws Exception what the step threw
     */
    <T> T call(RunControl control, Callable<T> step, Runnable cleanupIfAbandoned) throws RunCancelled, Exception;
}
