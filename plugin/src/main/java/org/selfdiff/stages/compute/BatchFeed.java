package org.selfdiff.stages.compute;

import java.util.List;
import org.selfdiff.data.Prefetch;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.Feed;

/**
 * Prepares inputs some steps ahead on all processors, so that reading and drawing noise cost no time; what comes of it does
 * not depend on how many there are.
 *
 * @param loader inputs of a step on the Java side; a function of the step alone
 * @param upload makes tensors of them
 * @param ahead how many steps are prepared or wait, at least 1
 * @param <T> the inputs
 */
public record BatchFeed<T>(Prefetch.Loader<T> loader, Upload<T> upload, int ahead) implements Feed {
    private static final int AHEAD = 3;

    /** A feed that prepares as far ahead as helps where a step is small beside the memory. */
    public BatchFeed(final Prefetch.Loader<T> loader, final Upload<T> upload) {
        this(loader, upload, AHEAD);
    }

    /** Makes tensors. */
    @FunctionalInterface
    public interface Upload<T> {
        /** The list {@code x} of the loss. */
        List<Tensor> tensors(T inputs, TensorScope scope) throws RunFailed;
    }

    @Override
    public Source open(final long first, final long end) {
        final Prefetch<T> prefetch =
                new Prefetch<>(loader, first, end, ahead, Runtime.getRuntime().availableProcessors());
        return new Source() {
            @Override
            public List<Tensor> next(final TensorScope scope, final RunControl control) throws RunFailed, RunCancelled {
                return upload.tensors(prefetch.next(control), scope);
            }

            @Override
            public void close() {
                prefetch.close();
            }
        };
    }
}
