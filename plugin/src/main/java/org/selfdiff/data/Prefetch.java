package org.selfdiff.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Loads things ahead of their use on several threads, a bounded number of them, and hands them out in order. What goes
 * wrong there is thrown where the thing is asked for, and what takes long there is shown where it is waited for.
 *
 * @param <T> what is loaded
 */
public final class Prefetch<T> implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;

    /** Loads one thing. */
    @FunctionalInterface
    public interface Loader<T> {
        /**
         * The thing of a step. Parts of it may be done beside each other with {@link Workers#shared}.
         *
         * @param control cancelled when nobody wants the thing any more
         */
        T load(long step, RunControl control) throws RunFailed, RunCancelled;
    }

    private final Loader<T> loader;

    private final long end;

    private final int ahead;

    private final Workers workers;

    private final Deque<Workers.Started<T>> started = new ArrayDeque<>();

    private final Behind behind = new Behind();

    private long next;

    private boolean failed;

    /**
     * Starts loading.
     *
     * @param loader what to load, such as {@code batches::batch}
     * @param first the first step
     * @param end the step after the last
     * @param ahead how many are loaded or wait, at least 1
     * @param threads how many load, at least 1
     */
    public Prefetch(final Loader<T> loader, final long first, final long end, final int ahead, final int threads) {
        this.loader = loader;
        this.next = first;
        this.end = end;
        this.ahead = ahead;
        this.workers = new Workers(threads);
        startMore();
    }

    private void startMore() {
        while (next < end && started.size() < ahead) {
            final long step = next++;
            started.add(workers.start(0, (index, control) -> loader.load(step, control), behind));
        }
    }

    /**
     * The next thing; waits for it if need be, and notices within a tenth of a second when the run is cancelled.
     *
     * @param control shows what the loader shows, while it is waited for
     * @throws RunFailed what the loader threw
     */
    public T next(final RunControl control) throws RunFailed, RunCancelled {
        if (failed || started.isEmpty()) {
            throw new IllegalStateException("all were taken");
        }
        final Workers.Started<T> first = started.peek();
        boolean there = false;
        while (!there) {
            control.checkCancelled();
            there = first.ends(LOOK_MILLIS);
            behind.show(control, !there);
        }
        failed = true;
        final T value = started.remove().result(control);
        failed = false;
        startMore();
        return value;
    }

    /** Stops loading and forgets what waits. */
    @Override
    public void close() {
        behind.closed = true;
        started.clear();
        workers.close();
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
