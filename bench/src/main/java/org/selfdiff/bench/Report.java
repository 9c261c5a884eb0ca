package org.selfdiff.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The Markdown text of a run. */
final class Report {
    /** What we want to be no slower than, as a multiple of the peer's time, in 32 bits. */
    static final double GOAL = 1.05;

    private static final String HEAD =
            """
            | network | step | threads | n | wall ms: ours | peer | ratio | CPU ms: ours | peer | ratio | peak MB: ours \
            | peer | ratio | losses differ by |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private Report() {}

    /** The whole text. */
    static String of(final List<Row> rows, final String machine) {
        final StringBuilder text = new StringBuilder("# Our U-Net against LibTorch's C++ API\n\n" + machine + "\n\n");
        rows.stream().map(Row::workload).distinct().forEach(w -> text.append("- ")
                .append(w.describe())
                .append('\n'));
        text.append(
                "\nMedian (least) of n steps after warm-up, both sides in turn; ratio is of medians, ours over peer. "
                        + "CPU time is of all threads.\n\n");
        text.append(HEAD);
        rows.forEach(row -> text.append(line(row)).append('\n'));
        text.append('\n');
        verdicts(rows).forEach(v -> text.append("- ").append(v).append('\n'));
        return text.toString();
    }

    /** One row of the table. */
    static String line(final Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %s | %s | %.3f | %s | %s | %.3f | %.0f | %.0f | %.2f | %.1e |",
                row.workload().name(),
                row.kind().text(),
                row.threads(),
                row.ours().steps().size(),
                time(row.ours(), StepTime::wall),
                time(row.peer(), StepTime::wall),
                row.ratio(StepTime::wall),
                time(row.ours(), StepTime::cpu),
                time(row.peer(), StepTime::cpu),
                row.ratio(StepTime::cpu),
                row.ours().peak(),
                row.peer().peak(),
                row.ours().peak() / row.peer().peak(),
                row.difference());
    }

    private static String time(final Measurement side, final ToDoubleFunction<StepTime> time) {
        return String.format(Locale.ROOT, "%.0f (%.0f)", side.median(time), side.least(time));
    }

    /** What the figures say, one sentence per line. */
    static List<String> verdicts(final List<Row> rows) {
        final List<String> verdicts = new ArrayList<>();
        for (final Row row : rows) {
            final String name = row.workload().name() + ", " + row.kind().text() + ", " + row.threads() + " thread(s)";
            if (!row.equalWork()) {
                verdicts.add("NOT EQUAL WORK: " + name + ": " + row.ours().first() + " and "
                        + row.peer().first());
            } else if (!row.kind().brainFloats() && row.ratio(StepTime::cpu) > GOAL) {
                verdicts.add(String.format(
                        Locale.ROOT,
                        "Slower than %.2f times the peer: %s: %.3f",
                        GOAL,
                        name,
                        row.ratio(StepTime::cpu)));
            }
        }
        if (verdicts.isEmpty()) {
            verdicts.add(String.format(
                    Locale.ROOT, "Equal work in every row, and no 32-bit row above %.2f times the peer.", GOAL));
        }
        return verdicts;
    }
}
