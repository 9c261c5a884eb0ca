package org.selfdiff.bench.slides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.bench.Machine;
import org.selfdiff.bench.slides.readers.ReaderKind;
import org.selfdiff.run.RunFailed;

/**
 * Compares how fast slides are read: ours beside OpenSlide, libvips, TwelveMonkeys and Commons Imaging, the same
 * rectangles of the same files. Makes the files by itself, once. Prints tables and writes them to
 * {@code target/bench-slides.md}.
 *
 * <p>Exit code 1 when one of our own rows failed; times are reported, not judged.
 */
public final class SlideBench {
    private SlideBench() {}

    /** Runs; see {@link SlideOptions#USAGE}. */
    public static void main(final String[] arguments) throws IOException {
        JavaDecoders.withoutTwelveMonkeys();
        try {
            System.exit(run(SlideOptions.parse(arguments)) ? 0 : 1);
        } catch (IllegalArgumentException | RunFailed e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(final SlideOptions options) throws IOException, RunFailed {
        final Path folder = options.output().getParent();
        Files.createDirectories(folder);
        final List<List<SlideMatch>> tables = new ArrayList<>();
        final StringBuilder about = new StringBuilder(Machine.describe()).append("\n\n");
        for (final SlideKind kind : options.kinds()) {
            final Optional<SlideFile> slide = SlideFiles.make(kind, folder, options.data());
            if (slide.isEmpty()) {
                about.append("- ").append(kind.text()).append(": left out, no pictures in the data folder\n");
                continue;
            }
            about.append("- ").append(slide.get().describe()).append('\n');
            for (final Task task : options.tasks()) {
                if (kind == SlideKind.JPEG || task == Task.REGIONS) {
                    tables.add(measure(options, slide.get(), task));
                    System.out.println(SlideReport.table(tables.get(tables.size() - 1)));
                }
            }
        }
        about.append("\nReaders: ").append(versions(tables)).append('.');
        final String report = SlideReport.of(tables, about.toString());
        Files.writeString(options.output(), report);
        System.out.println("\n" + report + "\nWritten to " + options.output());
        return tables.stream()
                .flatMap(List::stream)
                .flatMap(match -> match.readings().stream())
                .noneMatch(r -> r.reader() == ReaderKind.OURS && !r.problem().isEmpty());
    }

    private static List<SlideMatch> measure(final SlideOptions options, final SlideFile slide, final Task task)
            throws IOException {
        final List<ReaderKind> readers = slide.kind().readers().stream()
                .filter(reader -> task == Task.REGIONS || reader.tiles())
                .toList();
        final List<SlideMatch> matches = new ArrayList<>();
        for (final int threads : options.threads()) {
            matches.add(SlideMatch.play(
                    slide,
                    task,
                    threads,
                    readers,
                    options.pace(),
                    options.output().getParent()));
        }
        return matches;
    }

    private static String versions(final List<List<SlideMatch>> tables) {
        return String.join(
                "; ",
                tables.stream()
                        .flatMap(List::stream)
                        .flatMap(match -> match.readings().stream())
                        .map(SlideReading::version)
                        .filter(version -> !version.isEmpty())
                        .distinct()
                        .toList());
    }
}
