package org.selfdiff.bench.slides;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.selfdiff.bench.slides.readers.ReaderKind;

/** The Markdown text of a run: a table for each slide and task, a line for each reader. */
final class SlideReport {
    /** What we want to be with the JDK's decoder, as a multiple of OpenSlide's speed. */
    static final double GOAL = 2.5;

    private static final String HEAD =
            """
            | reader | a second | CPU ms each | times OpenSlide | by CPU time | times libvips | by CPU time \
            | peak MB | mean difference | max |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private SlideReport() {}

    /** The whole text. */
    static String of(final List<List<SlideMatch>> tables, final String machine) {
        final StringBuilder text = new StringBuilder("# Reading slides\n\n" + machine + "\n\n"
                + "All readers of a table read the same rectangles of the finest level, in turn, each in a process of "
                + "its own (Java's included in the memory, heap at most 512 MB). Medians of the rounds; \"times\" is the "
                + "median of the ratios within a round, above 1 is faster than the peer. Native peers leave the "
                + "pixels in native memory, ours are Java arrays. Differences are in grey levels, to the first "
                + "reader. The files are in the page cache.\n");
        tables.forEach(table -> text.append('\n').append(table(table)));
        text.append('\n');
        verdicts(tables).forEach(verdict -> text.append("- ").append(verdict).append('\n'));
        return text.toString();
    }

    /** One table: the same slide and task with several numbers of threads. */
    static String table(final List<SlideMatch> matches) {
        final SlideMatch any = matches.get(0);
        final StringBuilder text = new StringBuilder("## " + any.slide().kind().text() + ": "
                + any.task().text() + "\n\nThreads: " + cells(matches, match -> Integer.toString(match.threads()))
                + ".\n\n" + HEAD);
        for (int i = 0; i < any.readings().size(); i++) {
            text.append(line(matches, i)).append('\n');
        }
        return text.toString();
    }

    private static String line(final List<SlideMatch> matches, final int index) {
        final SlideReading first = matches.get(0).readings().get(index);
        final Optional<SlideReading> failed = matches.stream()
                .map(match -> match.readings().get(index))
                .filter(reading -> !reading.problem().isEmpty())
                .findFirst();
        if (failed.isPresent()) {
            return "| " + first.label() + " | " + failed.get().problem().replace('|', '/') + " | | | | | | | | |";
        }
        return "| " + first.label() + " | "
                + cells(matches, m -> number("%.0f", m.readings().get(index).median(Round::rate))) + " | "
                + cells(
                        matches,
                        m -> number("%.2f", 1000 / m.readings().get(index).median(Round::cpuRate))) + " | "
                + ratios(matches, index, ReaderKind.OPENSLIDE) + " | "
                + ratios(matches, index, ReaderKind.LIBVIPS) + " | "
                + cells(matches, m -> number("%.0f", m.readings().get(index).peak())) + " | "
                + number("%.3f", first.difference().mean()) + " | "
                + (first.difference().max() < 0 ? "-" : first.difference().max()) + " |";
    }

    private static String ratios(final List<SlideMatch> matches, final int index, final ReaderKind peer) {
        return cells(matches, m -> number("%.2f", ratio(m, m.readings().get(index), peer, Round::rate))) + " | "
                + cells(matches, m -> number("%.2f", ratio(m, m.readings().get(index), peer, Round::cpuRate)));
    }

    private static double ratio(
            final SlideMatch match,
            final SlideReading reading,
            final ReaderKind peer,
            final ToDoubleFunction<Round> figure) {
        return reading(match, peer).map(other -> reading.ratio(other, figure)).orElse(Double.NaN);
    }

    private static Optional<SlideReading> reading(final SlideMatch match, final ReaderKind reader) {
        return match.readings().stream().filter(r -> r.reader() == reader).findFirst();
    }

    private static String cells(final List<SlideMatch> matches, final Function<SlideMatch, String> cell) {
        return matches.stream().map(cell).collect(Collectors.joining(" / "));
    }

    private static String number(final String format, final double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    /** What the figures say, one sentence per line. */
    static List<String> verdicts(final List<List<SlideMatch>> tables) {
        final List<String> verdicts = new ArrayList<>();
        for (final SlideMatch match : tables.stream().flatMap(List::stream).toList()) {
            if (match.slide().kind() == SlideKind.JPEG && match.task() == Task.REGIONS) {
                goal(match, ReaderKind.OURS, ReaderKind.OPENSLIDE, GOAL).ifPresent(verdicts::add);
                goal(match, ReaderKind.OURS_NATIVE, ReaderKind.LIBVIPS, 1).ifPresent(verdicts::add);
            }
        }
        return verdicts;
    }

    private static Optional<String> goal(
            final SlideMatch match, final ReaderKind ours, final ReaderKind peer, final double wanted) {
        return reading(match, ours)
                .map(reading -> ratio(match, reading, peer, Round::rate))
                .filter(ratio -> !ratio.isNaN())
                .map(ratio -> String.format(
                        Locale.ROOT,
                        "%s, %d thread(s): %.2f times %s, wanted %.1f: %s.",
                        ours.text(),
                        match.threads(),
                        ratio,
                        peer.text(),
                        wanted,
                        ratio >= wanted ? "reached" : "MISSED"));
    }
}
