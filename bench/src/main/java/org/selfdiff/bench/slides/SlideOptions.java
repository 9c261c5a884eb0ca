package org.selfdiff.bench.slides;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param kinds slides to read
 * @param tasks how to read the JPEG slide; the others are read in random regions only
 * @param threads numbers of threads to measure
 * @param pace how long to measure
 * @param output file of the report; the slides are kept in its folder
 * @param data folder of the project's pictures
 */
record SlideOptions(
        List<SlideKind> kinds, List<Task> tasks, List<Integer> threads, SlideMatch.Pace pace, Path output, Path data) {
    /** Help text. */
    static final String USAGE =
            """
            Options: --quick           fewer and shorter rounds, about 2 minutes
                     --kind NAME       JPEG, DEFLATE, LZW or JPEG2000 (all)
                     --task NAME       REGIONS, TILES or OVERLAPPING_TILES (all)
                     --threads N       number of threads (1 and 2)
                     --rounds N        rounds that count (9)
                     --milliseconds N  time of each reader in a round (500)
                     --output FILE     report (target/bench-slides.md); the slides are kept beside it
                     --data FOLDER     pictures (../../shared/data)
            --kind, --task and --threads may be repeated.""";

    /** A normal run. */
    private static final SlideMatch.Pace STANDARD = new SlideMatch.Pace(3000, 9, 500);

    private static final SlideMatch.Pace QUICK = new SlideMatch.Pace(1500, 5, 250);

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException naming the option
     */
    static SlideOptions parse(final String... arguments) {
        final List<SlideKind> kinds = new ArrayList<>();
        final List<Task> tasks = new ArrayList<>();
        final List<Integer> threads = new ArrayList<>();
        SlideMatch.Pace pace = STANDARD;
        Path output = Path.of("target", "bench-slides.md");
        Path data = Path.of("..", "..", "shared", "data");
        for (int i = 0; i < arguments.length; i++) {
            final String option = arguments[i];
            if (option.equals("--quick")) {
                pace = QUICK;
                continue;
            }
            if (++i == arguments.length) {
                throw new IllegalArgumentException(option + " needs a value or is not known\n" + USAGE);
            }
            final String value = arguments[i];
            switch (option) {
                case "--kind" -> kinds.add(named(SlideKind.class, value));
                case "--task" -> tasks.add(named(Task.class, value));
                case "--threads" -> threads.add(positive(option, value));
                case "--rounds" -> pace =
                        new SlideMatch.Pace(pace.warmUp(), positive(option, value), pace.milliseconds());
                case "--milliseconds" -> pace =
                        new SlideMatch.Pace(pace.warmUp(), pace.rounds(), positive(option, value));
                case "--output" -> output = Path.of(value);
                case "--data" -> data = Path.of(value);
                default -> throw new IllegalArgumentException(option + " is not known\n" + USAGE);
            }
        }
        return new SlideOptions(
                or(kinds, List.of(SlideKind.values())),
                or(tasks, List.of(Task.values())),
                or(threads, List.of(1, 2)),
                pace,
                output.toAbsolutePath(),
                data.toAbsolutePath().normalize());
    }

    private static <E extends Enum<E>> E named(final Class<E> type, final String name) {
        for (final E value : type.getEnumConstants()) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        throw new IllegalArgumentException(name + " is not known\n" + USAGE);
    }

    private static int positive(final String option, final String value) {
        if (!value.matches("[1-9][0-9]{0,6}")) {
            throw new IllegalArgumentException(option + " needs a positive number, not " + value);
        }
        return Integer.parseInt(value);
    }

    private static <T> List<T> or(final List<T> chosen, final List<T> all) {
        return chosen.isEmpty() ? all : List.copyOf(chosen);
    }
}
