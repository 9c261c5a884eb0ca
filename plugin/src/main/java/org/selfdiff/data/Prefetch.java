package org.selfdiff.data;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Loads things ahead of their use on one background thread, a bounded number of them, in order. What goes wrong there
 * is thrown where the thing is asked for, and what takes long there is shown where it is waited for.
 *
 * @param <T> what is loaded
 */
public final class Prefetch<T> implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;

    private static final long JOIN_MILLIS = 2000;

    /** Loads one thing. */
    @FunctionalInterface
    public interface Loader<T> {
        /**
         * The thing of a step.
         *
         * @param control cancelled when nobody wants the thing any more
         */
        T load(long step, RunControl control) throws RunFailed, RunCancelled;
    }

    private record Loaded<T>(T value, Throwable failure) {}

    private final BlockingQueue<Loaded<T>> queue;

    private final Thread thread;

    private final Behind behind = new Behind();

    private long left;

    /**
     * Starts loading.
     *
     * @param loader what to load, such as {@code batches::batch}
     * @param first the first step
     * @param end the step after the last
     * @param ahead how many may wait, at least 1
     */
    public Prefetch(final Loader<T> loader, final long first, final long end, final int ahead) {
        queue = new ArrayBlockingQueue<>(ahead);
        left = end - first;
        thread = new Thread(() -> run(loader, first, end), "selfdiff-prefetch");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(final Loader<T> loader, final long first, final long end) {
        try {
            for (long step = first; step < end && !Thread.currentThread().isInterrupted(); step++) {
                Loaded<T> loaded;
                try {
                    loaded = new Loaded<>(loader.load(step, behind), null);
                } catch (final RunFailed | RuntimeException | Error e) {
                    loaded = new Loaded<>(null, e);
                }
                queue.put(loaded);
                if (loaded.failure != null) {
                    return;
                }
            }
        } catch (final InterruptedException | RunCancelled e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /**
     * The next thing; waits for it if need be, and notices within a tenth of a second when the run is cancelled.
     *
     * @param control shows what the loader shows, while it is waited for
     * @throws RunFailed what the loader threw
     */
    public T next(final RunControl control) throws RunFailed, RunCancelled {
        if (left == 0) {
            throw new IllegalStateException("all were taken");
        }
        while (true) {
            control.checkCancelled();
            final Loaded<T> loaded = poll();
            behind.show(control, loaded == null);
            if (loaded != null) {
                left = loaded.failure == null ? left - 1 : 0;
                rethrow(loaded.failure);
                return loaded.value;
            }
        }
    }

    private Loaded<T> poll() throws RunCancelled {
        try {
            return queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunCancelled();
        }
    }

    private static void rethrow(final Throwable failure) throws RunFailed {
        if (failure instanceof RunFailed e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }

    /** Stops loading and forgets what waits. */
    @Override
    public void close() {
        behind.closed = true;
        thread.interrupt();
        queue.clear();
        try {
            thread.join(JOIN_MILLIS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the loader is given: it is heard by whoever waits. */
    private static final class Behind implements RunControl {
        private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

        private final AtomicReference<Shown> shown = new AtomicReference<>();

        private volatile boolean closed;

        private record Shown(double fraction, String message) {}

        @Override
        public boolean isCancelled() {
            return closed;
        }

        @Override
        public void progress(final double fraction, final String message) {
            shown.set(new Shown(fraction, message));
        }

        @Override
        public void warn(final String message) {
            warnings.add(message);
        }

        /** Passes on what was said since; progress only while the thing is not there. */
        void show(final RunControl control, final boolean waiting) {
            final Shown latest = shown.getAndSet(null);
            if (waiting && latest != null) {
                control.progress(latest.fraction, latest.message);
            }
            for (String warning = warnings.poll(); warning != null; warning = warnings.poll()) {
                control.warn(warning);
            }
        }
    }
}
