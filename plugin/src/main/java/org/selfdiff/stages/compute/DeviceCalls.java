package org.selfdiff.stages.compute;

import java.util.List;
import java.util.concurrent.Callable;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorFailure;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.weights.NamedWeights;

/** Work on a device outside of training. */
public final class DeviceCalls {
    private DeviceCalls() {}

    /**
     * Runs work on the device; returns within a second when the run is cancelled.
     *
     * @param what what is done, for messages
     */
    public static <T> T call(
            final ComputeSession session, final String what, final RunControl control, final Callable<T> work)
            throws RunFailed, RunCancelled {
        try {
            return session.lease().call(control, work, () -> {});
        } catch (TensorFailure failure) {
            throw failure.asRunFailed(what + " on " + session.device());
        } catch (RunCancelled | RunFailed | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Weights as tensors, in their order. */
    public static List<Tensor> upload(final NamedWeights weights, final TensorScope scope) {
        return weights.weights().values().stream()
                .map(weight -> scope.floats(weight.values(), weight.shape()))
                .toList();
    }
}
