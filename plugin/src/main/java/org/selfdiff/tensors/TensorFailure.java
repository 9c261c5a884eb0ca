package org.selfdiff.tensors;

import java.util.Locale;
import org.selfdiff.run.RunFailed;

/**
 * LibTorch refused an operation: it ran out of memory, or shapes do not fit. Whether a user can do something about it
 * depends on which; {@link #asRunFailed} turns it into words for him.
 */
public final class TensorFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure with LibTorch's own message. */
    public TensorFailure(final String message, final Throwable cause) {
        super(message, cause);
    }

    /** Whether the device ran out of memory: a smaller batch or tile may pass. */
    public boolean isOutOfMemory() {
        final String text = String.valueOf(getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("out of memory") || text.contains("can't allocate memory");
    }

    /**
     * The failure as a user's failure.
     *
     * @param where the stage and the device, for instance {@code pre-training on cuda:0}
     */
    public RunFailed asRunFailed(final String where) {
        return isOutOfMemory()
                ? new RunFailed(
                        "There is not enough memory",
                        where,
                        "Use smaller batches, smaller tiles or a smaller network, or free memory.",
                        this)
                : new RunFailed(
                        "LibTorch failed: " + getMessage(),
                        where,
                        "This is an error of SelfDiff: please report it with this message.",
                        this);
    }
}
