package org.selfdiff.bench.slides;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.bench.AnsweringProcess;
import org.selfdiff.bench.slides.readers.ReaderKind;

/** A running {@link SlideChild} and its rounds so far. */
final class SlideChildProcess implements AutoCloseable {
    private final ReaderKind reader;

    private final AnsweringProcess process;

    private final List<Round> rounds = new ArrayList<>();

    private String version = "";

    private String problem = "";

    private Difference difference = Difference.NONE;

    /** Starts a reader and waits until it is ready, or knows why it never will be. */
    SlideChildProcess(final ReaderKind reader, final SlideFile slide, final int threads, final Path log)
            throws IOException {
        this.reader = reader;
        final List<String> arguments = List.of(
                "-Xmx512m",
                "-Djava.awt.headless=true",
                SlideChild.class.getName(),
                reader.name(),
                slide.path().toString(),
                Long.toString(slide.width()),
                Long.toString(slide.height()),
                Integer.toString(threads));
        this.process = new AnsweringProcess(reader.text(), arguments, reader.environment(), log);
        try {
            final String answer = process.answer();
            if (answer.startsWith("ready ")) {
                version = answer.substring("ready ".length());
            } else {
                problem = answer.replaceFirst("absent ", "");
            }
        } catch (IOException e) {
            problem = e.getMessage();
        }
    }

    /** Who reads. */
    ReaderKind reader() {
        return reader;
    }

    /** Whether all went well so far. */
    boolean able() {
        return problem.isEmpty();
    }

    /** Reads until so much CPU time is used, so that Java's compiler is done. */
    void warmUp(final Task task, final long milliseconds) {
        ask("warm " + task.name() + " -2 " + milliseconds);
    }

    /** Reads a round. */
    void round(final Task task, final long round, final long milliseconds) {
        final String answer = ask("round " + task.name() + " " + round + " " + milliseconds);
        if (able()) {
            final String[] numbers = answer.split(" ");
            rounds.add(new Round(
                    Long.parseLong(numbers[0]), Long.parseLong(numbers[1]) / 1e9, Long.parseLong(numbers[2]) / 1e9));
        }
    }

    /** Writes the pixels of some rectangles into a file and compares them with a reference, if that is there. */
    void sample(final Task task, final int count, final Path file, final Path reference) throws IOException {
        ask("sample " + task.name() + " -1 " + count + " " + file);
        if (able() && java.nio.file.Files.exists(reference)) {
            difference = Difference.of(file, reference);
        }
    }

    private String ask(final String request) {
        if (!able()) {
            return "";
        }
        try {
            final String answer = process.ask(request);
            if (answer.startsWith("failed: ")) {
                problem = answer;
            }
            return answer;
        } catch (IOException e) {
            problem = "failed: " + e.getMessage();
            return "";
        }
    }

    /** Ends the process. */
    SlideReading finish() throws IOException {
        if (!able()) {
            return SlideReading.failed(reader, problem);
        }
        final double peak = Long.parseLong(process.finish().substring("peak ".length())) / 1024.0;
        return new SlideReading(reader, version, "", List.copyOf(rounds), peak, difference);
    }

    @Override
    public void close() {
        process.close();
    }
}
