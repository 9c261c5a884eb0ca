package org.selfdiff.headless.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The project's folders, and child processes, for the tests of this module. */
final class Project {
    static final Path ROOT = Path.of(System.getProperty("selfdiff.root"));

    static final Path SITE = ROOT.resolve("update-site/target/repository");

    private Project() {}

    /** A file of the folder beside the project that holds reference material; the test is skipped, loudly, without it. */
    static Path shared(final String relative) {
        final Path path = ROOT.resolveSibling("shared").resolve(relative);
        if (!Files.exists(path)) {
            final String line = "SKIPPED: " + path + " is not there, so this check did not run.";
            System.out.println(line);
            Assumptions.abort(line);
        }
        return path;
    }

    /** The one file in a folder whose name matches. */
    static Path one(final Path folder, final String regex) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(p -> p.getFileName().toString().matches(regex))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + regex + " in " + folder));
        }
    }

    /** What a process left behind. */
    record Ended(int code, String output) {}

    /** Runs Java with the arguments, waits ten minutes at most, and returns exit code and output. */
    static Ended java(final Path log, final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("no end after ten minutes: " + command + "\n" + Files.readString(log));
        }
        return new Ended(process.exitValue(), Files.readString(log));
    }
}
