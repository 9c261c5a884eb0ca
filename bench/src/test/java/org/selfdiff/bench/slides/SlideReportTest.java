package org.selfdiff.bench.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.bench.slides.readers.ReaderKind;

class SlideReportTest {
    private static final SlideFile SLIDE =
            new SlideFile(SlideKind.JPEG, Path.of("slide.tif"), 40_000, 40_000, 33_000, 20_000);

    /** Rounds of a second each. */
    private static SlideReading reading(final ReaderKind reader, final long... rectangles) {
        final List<Round> rounds =
                Arrays.stream(rectangles).mapToObj(n -> new Round(n, 1, 0.5)).toList();
        return new SlideReading(
                reader, reader.own() ? "ours, JPEG by the JDK" : "1.0", "", rounds, 123.4, new Difference(0.25, 7));
    }

    private static SlideMatch match(final int threads, final SlideReading... readings) {
        return new SlideMatch(SLIDE, Task.REGIONS, threads, List.of(readings));
    }

    @Test
    void ratioIsTheMedianOfTheRatiosWithinARound() {
        final SlideReading ours = reading(ReaderKind.OURS, 100, 10, 300);
        final SlideReading peer = reading(ReaderKind.OPENSLIDE, 50, 10, 100);
        // 2, 1, 3; the medians themselves have the ratio 2 as well only by their order
        assertEquals(2, ours.ratio(peer, Round::rate));
        assertEquals(100, ours.median(Round::rate));
        assertEquals(200, ours.median(Round::cpuRate));
        assertTrue(Double.isNaN(ours.ratio(SlideReading.failed(ReaderKind.LIBVIPS, "absent"), Round::rate)));
    }

    @Test
    void aRowHasAValueForEachNumberOfThreads() {
        final String table = SlideReport.table(List.of(
                match(1, reading(ReaderKind.OURS, 300), reading(ReaderKind.OPENSLIDE, 100)),
                match(2, reading(ReaderKind.OURS, 500), reading(ReaderKind.OPENSLIDE, 200))));
        assertTrue(table.contains("Threads: 1 / 2."), table);
        assertTrue(
                table.contains(
                        "| ours, JPEG by the JDK | 300 / 500 | 1.67 / 1.00 | 3.00 / 2.50 | 3.00 / 2.50 | - / - | - / - |"
                                + " 123 / 123 | 0.250 | 7 |"),
                table);
    }

    @Test
    void whatIsNotInstalledIsSaidInItsRow() {
        final String why = "not installed: apt install libopenslide0";
        final String table = SlideReport.table(
                List.of(match(1, reading(ReaderKind.OURS, 300), SlideReading.failed(ReaderKind.OPENSLIDE, why))));
        assertTrue(table.contains("| OpenSlide | " + why + " |"), table);
        assertTrue(table.contains("| ours, JPEG by the JDK | 300 |"), table);
    }

    @Test
    void goalsAreJudged() {
        final SlideReading peer = reading(ReaderKind.OPENSLIDE, 100);
        final SlideMatch fast = match(1, reading(ReaderKind.OURS, 251), peer);
        final SlideMatch slow = match(2, reading(ReaderKind.OURS, 249), peer);
        final List<String> verdicts = SlideReport.verdicts(List.of(List.of(fast, slow)));
        assertEquals(2, verdicts.size());
        assertTrue(verdicts.get(0).endsWith("reached."), verdicts.get(0));
        assertTrue(verdicts.get(1).endsWith("MISSED."), verdicts.get(1));
    }
}
