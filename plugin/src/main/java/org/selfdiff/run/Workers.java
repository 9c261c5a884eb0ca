package org.selfdiff.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A number of threads for one run. Results come in the order of the tasks, whatever the threads do, and no more than a
 * few wait to be taken, so that memory does not grow with the number of tasks. A task may hand parts of itself to the
 * same threads.
 */
public final class Workers implements AutoCloseable {
    private final ForkJoinPool pool;

    private final int threads;

    private volatile boolean stopping;

    /** What is done for one item. */
    @FunctionalInterface
    public interface Task<T> {
        /**
         * Does it.
         *
         * @param index of the item
         * @param control cancelled also when the run ends for another reason
         */
        T run(int index, RunControl control) throws RunFailed, RunCancelled;
    }

    /** Takes results one by one. */
    @FunctionalInterface
    public interface Receiver<T> {
        /** Takes the result of the item with this index. */
        void accept(int index, T result) throws RunFailed, RunCancelled;
    }

    /** Starts threads, at least one. */
    public Workers(final int threads) {
        this.threads = Math.max(1, threads);
        pool = new ForkJoinPool(this.threads);
    }

    /** As many threads as the machine has processors. */
    public static Workers all() {
        return new Workers(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Does a task for each item, and hands the results over in order, on the caller's thread. Not to be called by a
     * task.
     *
     * @throws RunFailed the first failure in the order of the items; later items are not begun any more
     * @throws RunCancelled when the control says so
     */
    public <T> void inOrder(final int count, final Task<T> task, final Receiver<T> receiver, final RunControl control)
            throws RunFailed, RunCancelled {
        final Deque<ForkJoinTask<T>> waiting = new ArrayDeque<>();
        int begun = 0;
        for (int next = 0; next < count; next++) {
            while (begun < count && begun < next + 2 * threads) {
                waiting.add(submit(begun++, task, control));
            }
            receiver.accept(next, await(waiting.remove(), control));
        }
    }

    /**
     * Does a task for each part of a larger one and waits for all. May be called by a task.
     *
     * @return the results in order
     */
    public <T> List<T> parts(final int count, final Task<T> task, final RunControl control)
            throws RunFailed, RunCancelled {
        final List<ForkJoinTask<T>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final int index = i;
            final ForkJoinTask<T> part = ForkJoinTask.adapt(() -> begin(index, task, control));
            tasks.add(ForkJoinTask.inForkJoinPool() ? part.fork() : pool.submit(part));
        }
        final List<T> results = new ArrayList<>();
        for (final ForkJoinTask<T> part : tasks) {
            results.add(await(part, control));
        }
        return results;
    }

    /**
     * Does the parts of a larger task, on the threads of the workers that the task was given to; elsewhere one after the
     * other. What comes of it is the same.
     *
     * @return the results in order
     */
    public static <T> List<T> shared(final int count, final Task<T> task, final RunControl control)
            throws RunFailed, RunCancelled {
        final List<ForkJoinTask<T>> tasks = new ArrayList<>();
        final List<T> results = new ArrayList<>();
        final boolean beside = ForkJoinTask.inForkJoinPool();
        for (int i = 0; i < count; i++) {
            final int index = i;
            if (beside) {
                tasks.add(ForkJoinTask.adapt(() -> {
                            control.checkCancelled();
                            return task.run(index, control);
                        })
                        .fork());
            } else {
                control.checkCancelled();
                results.add(task.run(index, control));
            }
        }
        for (final ForkJoinTask<T> part : tasks) {
            results.add(await(part, control));
        }
        return results;
    }

    /**
     * Starts a task; what comes of it is asked for later.
     *
     * @param index what the task is told
     */
    public <T> Started<T> start(final int index, final Task<T> task, final RunControl control) {
        return new Started<>(submit(index, task, control));
    }

    /** A task that was started. */
    public static final class Started<T> {
        private final ForkJoinTask<T> task;

        private Started(final ForkJoinTask<T> task) {
            this.task = task;
        }

        /**
         * Waits for it.
         *
         * @return whether it has come to an end, good or bad
         */
        public boolean ends(final long withinMillis) throws RunCancelled {
            try {
                task.get(withinMillis, TimeUnit.MILLISECONDS);
                return true;
            } catch (final TimeoutException e) {
                return false;
            } catch (final ExecutionException e) {
                return true;
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunCancelled();
            }
        }

        /** What came of it, or what went wrong. Waits if need be. */
        public T result(final RunControl control) throws RunFailed, RunCancelled {
            return await(task, control);
        }
    }

    private <T> ForkJoinTask<T> submit(final int index, final Task<T> task, final RunControl control) {
        return pool.submit(() -> begin(index, task, control));
    }

    /** A task that still waits when the run is cancelled, or has ended for another reason, is not begun. */
    private <T> T begin(final int index, final Task<T> task, final RunControl control) throws RunFailed, RunCancelled {
        final RunControl guarded = guarded(control);
        guarded.checkCancelled();
        return task.run(index, guarded);
    }

    /** Also cancelled when these workers stop. */
    private RunControl guarded(final RunControl control) {
        return new RunControl() {
            @Override
            public boolean isCancelled() {
                return stopping || control.isCancelled();
            }

            @Override
            public void progress(final double fraction, final String message) {
                control.progress(fraction, message);
            }

            @Override
            public void warn(final String message) {
                control.warn(message);
            }
        };
    }

    private static <T> T await(final ForkJoinTask<T> task, final RunControl control) throws RunFailed, RunCancelled {
        try {
            if (ForkJoinTask.inForkJoinPool()) {
                return task.get(); // also works on other parts meanwhile
            }
            while (true) {
                control.checkCancelled();
                try {
                    return task.get(100, TimeUnit.MILLISECONDS);
                } catch (final TimeoutException e) {
                    continue; // look whether the run is cancelled
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunCancelled();
        } catch (final ExecutionException e) {
            throw cause(e);
        }
    }

    /** The task's own exception; the pool wraps it, on some paths more than once. */
    private static RunCancelled cause(final ExecutionException e) throws RunFailed {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof RunFailed failed) {
                throw failed;
            } else if (t instanceof RunCancelled cancelled) {
                return cancelled;
            } else if (t instanceof Error error) {
                throw error;
            }
        }
        Throwable deepest = e; // the pool makes a copy of the exception for the thread that asks
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        throw deepest instanceof RuntimeException own ? own : new IllegalStateException(e);
    }

    /** Waits until no thread works any more, so that what they use can be closed. Tasks that run are cancelled. */
    @Override
    public void close() {
        stopping = true;
        pool.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (pool.awaitTermination(1, TimeUnit.SECONDS)) {
                    break;
                }
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
