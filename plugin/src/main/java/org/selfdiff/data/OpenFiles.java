package org.selfdiff.data;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.annotation.Annotations;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunFailed;

/**
 * Slides that are open, and masks and annotations that are decoded. The least recently used are dropped first when there
 * are too many or they take more memory than allowed; what is dropped is closed when nobody reads from it any more. Safe
 * for several threads.
 */
final class OpenFiles implements AutoCloseable {
    private static final int MAX_OPEN = 128;

    private final long maxBytes;

    private final Map<Object, Held> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** What is being opened. */
    private final Set<Object> opened = new HashSet<>();

    private long bytes;

    /** Something held, and how many threads read from it now. Closed when it is dropped and nobody reads. */
    private static final class Held {
        private final Object value;

        private final long bytes;

        private int readers;

        private boolean dropped;

        Held(final Object value, final long bytes) {
            this.value = value;
            this.bytes = bytes;
        }
    }

    /** Opens what is not held. */
    @FunctionalInterface
    interface Opening<T> {
        T open() throws RunFailed, RunCancelled;
    }

    /** Reads from what is held. */
    @FunctionalInterface
    interface Reading<T, R> {
        R read(T value) throws RunFailed, RunCancelled;
    }

    /**
     * Holds nothing.
     *
     * @param maxBytes memory for what is held; what is being read comes on top
     */
    OpenFiles(final long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Memory taken by what is held, in bytes. */
    synchronized long bytes() {
        return bytes;
    }

    /** Closes all that is held. */
    @Override
    public synchronized void close() {
        entries.values().forEach(OpenFiles::drop);
        entries.clear();
        bytes = 0;
    }

    /** Reads from what is held under the key, or opens it first. One thread opens, others that want the same wait. */
    <T, R> R with(final Object key, final Opening<T> opening, final Reading<T, R> reading)
            throws RunFailed, RunCancelled {
        Held held = acquireOrBegin(key);
        if (held == null) {
            try {
                held = keep(key, opening.open());
            } finally {
                ended(key);
            }
        }
        try {
            @SuppressWarnings("unchecked") // a key is used with one type only
            final T value = (T) held.value;
            return reading.read(value);
        } finally {
            release(held);
        }
    }

    /** What is held; {@code null} if the caller has to open it, and says afterwards that this has {@link #ended}. */
    private synchronized Held acquireOrBegin(final Object key) throws RunCancelled {
        while (opened.contains(key)) {
            try {
                wait();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunCancelled();
            }
        }
        final Held held = acquire(key);
        if (held == null) {
            opened.add(key);
        }
        return held;
    }

    private synchronized void ended(final Object key) {
        opened.remove(key);
        notifyAll();
    }

    private Held acquire(final Object key) {
        final Held held = entries.get(key);
        if (held != null) {
            held.readers++;
        }
        return held;
    }

    private synchronized Held keep(final Object key, final Object value) {
        final Held held = new Held(value, size(value));
        held.readers++;
        if (held.bytes > maxBytes) {
            held.dropped = true; // too large to be kept: closed after this reading
            return held;
        }
        entries.put(key, held);
        bytes += held.bytes;
        final Iterator<Held> oldest = entries.values().iterator();
        while (bytes > maxBytes || entries.size() > MAX_OPEN) {
            final Held dropped = oldest.next();
            bytes -= dropped.bytes;
            oldest.remove();
            drop(dropped);
        }
        return held;
    }

    private synchronized void release(final Held held) {
        held.readers--;
        if (held.dropped && held.readers == 0) {
            closeQuietly(held.value);
        }
    }

    private static void drop(final Held held) {
        held.dropped = true;
        if (held.readers == 0) {
            closeQuietly(held.value);
        }
    }

    private static void closeQuietly(final Object value) {
        if (value instanceof PictureSource source) {
            source.close();
        } else if (value instanceof MaskReader mask) {
            mask.close();
        }
    }

    private static long size(final Object value) {
        if (value instanceof PictureSource source) {
            return source.bytes();
        }
        return value instanceof Annotations annotations ? 16L * annotations.vertices() : ((MaskReader) value).bytes();
    }
}
