package org.selfdiff.imaging.tiff.write;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Threads that draw and encode blocks. The results come in the order of the tasks, so that their number changes nothing. */
public final class Workers implements AutoCloseable {
    private final ExecutorService pool;

    private final RunControl control;

    /**
     * Starts threads.
     *
     * @param threads at least 1
     * @param control asked for a cancel ten times a second
     */
    public Workers(final int threads, final RunControl control) {
        pool = Executors.newFixedThreadPool(threads);
        this.control = control;
    }

    /**
     * Does tasks and waits for them all, also when one of them fails, so that none writes afterwards.
     *
     * @return their results in their order
     * @throws RunCancelled when cancelled
     */
    public <T> List<T> all(final List<Callable<T>> tasks) throws RunFailed, RunCancelled {
        final List<Future<T>> futures = new ArrayList<>();
        tasks.forEach(task -> futures.add(pool.submit(task)));
        final List<T> results = new ArrayList<>();
        try {
            for (final Future<T> future : futures) {
                results.add(await(future));
            }
            return results;
        } finally {
            if (results.size() < futures.size()) {
                futures.forEach(f -> f.cancel(false));
            }
        }
    }

    private <T> T await(final Future<T> future) throws RunFailed, RunCancelled {
        while (true) {
            control.checkCancelled();
            try {
                return future.get(100, TimeUnit.MILLISECONDS);
            } catch (final TimeoutException e) {
                continue; // look whether the run is cancelled
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunCancelled();
            } catch (final ExecutionException e) {
                throw unwrapped(e.getCause());
            }
        }
    }

    private static RunFailed unwrapped(final Throwable cause) throws RunCancelled {
        if (cause instanceof RunFailed failed) {
            return failed;
        }
        if (cause instanceof RunCancelled cancelled) {
            throw cancelled;
        }
        if (cause instanceof Error error) {
            throw error; // out of memory is said as what it is
        }
        throw new IllegalStateException(cause);
    }

    /** Returns when no task runs any more. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            pool.awaitTermination(1, TimeUnit.MINUTES);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
