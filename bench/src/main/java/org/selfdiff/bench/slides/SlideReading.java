package org.selfdiff.bench.slides;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.selfdiff.bench.slides.readers.ReaderKind;

/**
 * What one reader did in one match.
 *
 * @param reader who
 * @param version name and version of the library
 * @param problem why there are no rounds; empty when there are
 * @param rounds the rounds after the warm-up; everyone's round of an index was made at about the same time
 * @param peak most memory of the process at once, in MB
 * @param difference of its pixels to the first reader's
 */
record SlideReading(
        ReaderKind reader, String version, String problem, List<Round> rounds, double peak, Difference difference) {

    /** Someone who could not read. */
    static SlideReading failed(final ReaderKind reader, final String problem) {
        return new SlideReading(reader, "", problem, List.of(), 0, Difference.NONE);
    }

    /** Name in the table: ours with the decoder that it said it has. */
    String label() {
        return reader.own() && !version.isEmpty() ? version : reader.text();
    }

    /** Median over the rounds. */
    double median(final ToDoubleFunction<Round> figure) {
        return median(rounds.stream().mapToDouble(figure).toArray());
    }

    /** Median over the rounds of our figure divided by the other's of the same round; NaN without rounds. */
    double ratio(final SlideReading other, final ToDoubleFunction<Round> figure) {
        return median(IntStream.range(0, Math.min(rounds.size(), other.rounds.size()))
                .mapToDouble(i -> figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(other.rounds.get(i)))
                .toArray());
    }

    private static double median(final double... values) {
        final double[] sorted = java.util.Arrays.stream(values).sorted().toArray();
        final int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
