package org.selfdiff.bench.slides;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.selfdiff.bench.ProcessMeter;
import org.selfdiff.bench.slides.readers.RegionReader;
import org.selfdiff.bench.slides.readers.SlideReader;

/** The threads that read a slide. Each takes the next rectangle of the list as soon as it is free. */
final class Crew implements AutoCloseable {
    private static final long WARM_UP_SLICE = 250;

    private final ExecutorService threads;

    private final int count;

    private final ThreadLocal<RegionReader> regions;

    private final long width;

    private final long height;

    /**
     * Starts the threads.
     *
     * @param width of the slide's finest level in pixels
     * @param height of the slide's finest level in pixels
     */
    Crew(final SlideReader reader, final int count, final long width, final long height) {
        this.threads = Executors.newFixedThreadPool(count);
        this.count = count;
        this.width = width;
        this.height = height;
        this.regions = ThreadLocal.withInitial(() -> {
            try {
                return reader.forThread();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /**
     * Reads a round from its first rectangle on until the time is over.
     *
     * @param milliseconds after which no thread begins another rectangle; each reads at least one
     */
    Round read(final Task task, final long round, final long milliseconds) throws Exception {
        final AtomicLong next = new AtomicLong();
        final long cpu = ProcessMeter.cpuTime();
        final long start = System.nanoTime();
        final long end = start + milliseconds * 1_000_000;
        final List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(threads.submit(() -> {
                do {
                    read(regions.get(), task, round, next.getAndIncrement());
                } while (System.nanoTime() < end);
                return null;
            }));
        }
        for (final Future<?> thread : running) {
            thread.get();
        }
        final double seconds = (System.nanoTime() - start) / 1e9;
        return new Round(next.get(), seconds, (ProcessMeter.cpuTime() - cpu) / 1e9);
    }

    /** Reads until the process has computed for so long, so that a busy machine does not leave Java's compiler undone. */
    Round warmUp(final Task task, final long round, final long milliseconds) throws Exception {
        final long end = ProcessMeter.cpuTime() + milliseconds * 1_000_000;
        Round last = read(task, round, WARM_UP_SLICE);
        for (long slice = 1; ProcessMeter.cpuTime() < end; slice++) {
            last = read(task, round - slice, WARM_UP_SLICE);
        }
        return last;
    }

    /** Reads one rectangle. */
    void read(final RegionReader region, final Task task, final long round, final long index) throws Exception {
        final Task.Place place = task.place(round, index, width, height);
        region.read(place.x(), place.y(), task.side(), task.side());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
