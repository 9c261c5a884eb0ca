package org.selfdiff.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.selfdiff.run.RunFailed;

/**
 * What holds for any bytes: a result or a {@link RunFailed} that says what, where and what to do, within a memory that
 * the declared limits explain. Anything else that is thrown goes on to the caller and is a finding.
 */
public final class Property {
    /** Most bytes that one input of a few KB may have allocated, with limits of {@link Scratch#LIMITS}. */
    static final long MOST_ALLOCATED = 64L << 20;

    /** Most time of the processor that one input may take, in seconds; other work on the machine does not count. */
    private static final long MOST_SECONDS = 10;

    /** Longest message; names from a file must not be repeated without end. */
    private static final int LONGEST_MESSAGE = 16_384;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Property() {}

    /**
     * Gives an input to a target.
     *
     * @throws AssertionError when the property does not hold
     */
    static void check(final Target target, final byte[] input) {
        if (allocated(target, input) <= MOST_ALLOCATED) {
            return;
        }
        final long again = allocated(target, input); // the first time may have loaded and instrumented classes
        if (again > MOST_ALLOCATED) {
            throw new AssertionError(input.length + " bytes made it allocate " + again);
        }
    }

    private static long allocated(final Target target, final byte[] input) {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        final long began = THREADS.getCurrentThreadCpuTime();
        read(target, input);
        final long seconds = (THREADS.getCurrentThreadCpuTime() - began) / 1_000_000_000L;
        if (seconds >= MOST_SECONDS) {
            throw new AssertionError(input.length + " bytes took " + seconds + " seconds of the processor");
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void read(final Target target, final byte[] input) {
        try {
            target.reader().read(input);
        } catch (final RunFailed refused) {
            check(refused);
        } catch (final IOException refused) {
            if (!target.inside()) {
                throw new AssertionError("refused by an exception that is not RunFailed", refused);
            }
            checkCauses(refused);
        }
    }

    /**
     * Checks a refusal.
     *
     * @throws AssertionError when it says too little or too much, or hides an error
     */
    public static void check(final RunFailed refused) {
        if (refused.what().isBlank()
                || refused.where().isBlank()
                || refused.remedy().isBlank()) {
            throw new AssertionError("a refusal that does not say what, where and what to do", refused);
        }
        if (refused.getMessage().length() > LONGEST_MESSAGE) {
            throw new AssertionError("a message of " + refused.getMessage().length() + " characters", refused);
        }
        checkCauses(refused);
    }

    /** Readers turn a lack of memory into a message; here it is what we look for. */
    private static void checkCauses(final Throwable refused) {
        Throwable cause = refused;
        for (int depth = 0; cause != null && depth < 64; depth++, cause = cause.getCause()) {
            if (cause instanceof Error) {
                throw new AssertionError("refused because of " + cause, refused);
            }
        }
    }
}
