package org.selfdiff.bench.slides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.bench.slides.readers.ReaderKind;

/**
 * Measures several readers of one slide: all stand ready and read in turn, so that a busy machine slows all alike.
 *
 * @param slide what is read
 * @param task how it is read
 * @param threads threads of each reader
 * @param readings what came of it, in the order of the readers
 */
record SlideMatch(SlideFile slide, Task task, int threads, List<SlideReading> readings) {
    /** Rectangles whose pixels are compared. */
    private static final int SAMPLES = 16;

    /**
     * How long to measure.
     *
     * @param warmUp CPU time of each reader that does not count, in ms
     * @param rounds rounds that count
     * @param milliseconds time of one reader in one round
     */
    record Pace(long warmUp, int rounds, long milliseconds) {}

    /** Measures. */
    static SlideMatch play(
            final SlideFile slide,
            final Task task,
            final int threads,
            final List<ReaderKind> readers,
            final Pace pace,
            final Path folder)
            throws IOException {
        final List<SlideChildProcess> children = new ArrayList<>();
        try {
            for (final ReaderKind reader : readers) {
                children.add(new SlideChildProcess(reader, slide, threads, folder.resolve("bench-slides.log")));
            }
            compare(children, task, folder);
            for (final SlideChildProcess child : children) {
                child.warmUp(task, pace.warmUp());
            }
            for (int round = 1; round <= pace.rounds(); round++) {
                for (int i = 0; i < children.size(); i++) {
                    // who comes next after whom changes nothing, but who is first does
                    children.get((i + round) % children.size()).round(task, round, pace.milliseconds());
                }
            }
            final List<SlideReading> readings = new ArrayList<>();
            for (final SlideChildProcess child : children) {
                readings.add(child.finish());
            }
            return new SlideMatch(slide, task, threads, readings);
        } finally {
            children.forEach(SlideChildProcess::close);
        }
    }

    private static void compare(final List<SlideChildProcess> children, final Task task, final Path folder)
            throws IOException {
        final Path reference = folder.resolve("sample-reference.rgb");
        final Path file = folder.resolve("sample.rgb");
        Files.deleteIfExists(reference);
        for (final SlideChildProcess child : children) {
            final boolean first = Files.notExists(reference);
            child.sample(task, SAMPLES, first ? reference : file, reference);
        }
        Files.deleteIfExists(reference);
        Files.deleteIfExists(file);
    }
}
