package org.selfdiff.bench.slides;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.selfdiff.bench.AnsweringProcess;
import org.selfdiff.bench.ProcessMeter;
import org.selfdiff.bench.slides.readers.NotInstalled;
import org.selfdiff.bench.slides.readers.ReaderKind;
import org.selfdiff.bench.slides.readers.RegionReader;
import org.selfdiff.bench.slides.readers.SlideReader;

/**
 * The program of one reader. Arguments: reader, file, width and height of its finest level, number of threads.
 *
 * <p>Says {@code ready <version>} or {@code absent <why>}. Then {@code round <task> <round> <ms>} is answered by
 * {@code <rectangles> <wall ns> <CPU ns>}, {@code warm <task> <round> <ms of CPU time>} likewise, {@code sample <task> <round> <count> <file>} by {@code done} once the pixels
 * are in the file, and the end of the input by {@code peak <kB>}. What goes wrong is answered by {@code failed: <why>}.
 */
public final class SlideChild {
    private final SlideReader reader;

    private final Crew crew;

    private SlideChild(final SlideReader reader, final Crew crew) {
        this.reader = reader;
        this.crew = crew;
    }

    /** Serves until the input ends. */
    public static void main(final String[] arguments) throws Exception {
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        final ReaderKind kind = ReaderKind.valueOf(arguments[0]);
        if (kind != ReaderKind.TWELVE_MONKEYS) {
            JavaDecoders.withoutTwelveMonkeys();
        }
        final int threads = Integer.parseInt(arguments[4]);
        try (SlideReader reader = kind.open(Path.of(arguments[1]), threads);
                Crew crew = new Crew(reader, threads, Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println(AnsweringProcess.MARK + "ready " + reader.version());
            final SlideChild child = new SlideChild(reader, crew);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(AnsweringProcess.MARK + child.answer(line.split(" ", 5)));
            }
            out.println(AnsweringProcess.MARK + "peak " + ProcessMeter.peakKilobytes());
        } catch (NotInstalled e) {
            out.println(AnsweringProcess.MARK + "absent " + e.getMessage());
        } catch (Exception e) {
            e.printStackTrace();
            out.println(AnsweringProcess.MARK + "absent failed: " + e.getMessage());
        }
        System.exit(0);
    }

    private String answer(final String[] request) {
        try {
            final Task task = Task.valueOf(request[1]);
            final long round = Long.parseLong(request[2]);
            if (!request[0].equals("sample")) {
                final long milliseconds = Long.parseLong(request[3]);
                final Round done = request[0].equals("warm")
                        ? crew.warmUp(task, round, milliseconds)
                        : crew.read(task, round, milliseconds);
                return done.rectangles() + " " + (long) (done.seconds() * 1e9) + " " + (long) (done.cpuSeconds() * 1e9);
            }
            sample(task, round, Integer.parseInt(request[3]), Path.of(request[4]));
            return "done";
        } catch (Exception e) {
            e.printStackTrace();
            return "failed: " + reason(e);
        }
    }

    private static String reason(final Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null
                && (cause instanceof ExecutionException || cause instanceof IllegalStateException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    private void sample(final Task task, final long round, final int count, final Path file) throws Exception {
        final RegionReader region = reader.forThread();
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < count; i++) {
                crew.read(region, task, round, i);
                out.write(region.rgb());
            }
        } catch (IOException e) {
            throw new IOException("sample " + file, e);
        }
    }
}
