package org.selfdiff.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Runs native work, which cannot be interrupted, on a thread of its own, so that the caller can leave within a second
 * when the run is cancelled. The abandoned step finishes in the background; then what it holds is freed.
 *
 * <p>Threads are kept and used again, the last one first: LibTorch's workers and caches belong to the thread that
 * calls, and making them anew for every step costs more than the step may take.
 */
public final class Interruptible {
    private static final long POLL_MILLIS = 100;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), Interruptible::thread);

    private enum State {
        RUNNING,
        DONE,
        ABANDONED
    }

    private Interruptible() {}

    /**
     * Runs a step.
     *
     * @param control asked about ten times a second whether to go on
     * @param step the work; its result is dropped when the step was abandoned
     * @param cleanupIfAbandoned run on the step's thread when an abandoned step has ended, well or not; never run when
     *     the caller gets the result or the step's exception
     * @throws RunCancelled when the run was cancelled or the calling thread interrupted while the step ran
     * @throws Exception what the step threw
     */
    public static <T> T call(final RunControl control, final Callable<T> step, final Runnable cleanupIfAbandoned)
            throws RunCancelled, Exception {
        control.checkCancelled();
        return run(control, step, cleanupIfAbandoned, () -> {});
    }

    /**
     * As {@link #call}, without asking before the start.
     *
     * @param ended run last on the step's thread, whatever happened
     */
    static <T> T run(
            final RunControl control, final Callable<T> step, final Runnable cleanupIfAbandoned, final Runnable ended)
            throws RunCancelled, Exception {
        final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
        final FutureTask<T> task = new FutureTask<>(() -> {
            try {
                return step.call();
            } finally {
                try {
                    if (!state.compareAndSet(State.RUNNING, State.DONE)) {
                        cleanupIfAbandoned.run();
                    }
                } finally {
                    ended.run();
                }
            }
        });
        THREADS.execute(task);
        while (true) {
            try {
                return task.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (control.isCancelled() && state.compareAndSet(State.RUNNING, State.ABANDONED)) {
                    throw new RunCancelled();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                if (state.compareAndSet(State.RUNNING, State.ABANDONED)) {
                    throw new RunCancelled();
                }
                return done(task);
            } catch (ExecutionException e) {
                throw causeOf(e);
            }
        }
    }

    /** The outcome of a task that is past its last line of work, although this thread is interrupted. */
    private static <T> T done(final FutureTask<T> task) throws Exception {
        while (!task.isDone()) {
            Thread.onSpinWait();
        }
        final boolean interrupted = Thread.interrupted();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw causeOf(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The step's own exception. */
    private static Exception causeOf(final ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return (Exception) e.getCause();
    }

    private static Thread thread(final Runnable work) {
        final Thread thread = new Thread(work, "selfdiff-native-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(Interruptible.class.getClassLoader());
        return thread;
    }
}
