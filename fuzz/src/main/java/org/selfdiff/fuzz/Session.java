package org.selfdiff.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One target's session in a Java of its own, with little memory, so that a crash, a hang or a full memory ends nothing
 * else. A short session starts from the seeds alone with a fixed seed and tries a fixed number of inputs; a long one
 * goes on from the inputs that earlier ones kept.
 */
final class Session {
    /** What is instrumented: the search is guided by what is reached there. */
    private static final String INSTRUMENTED =
            String.join(":", "org.selfdiff.**", "org.apache.commons.imaging.**", "com.google.gson.stream.**");

    /** What is not: seeds and the ways into the product. */
    private static final String HARNESS = "org.selfdiff.fuzz.seed.**:org.selfdiff.fuzz.targets.**";

    /** A short session ends here even if the machine is too slow for all of its inputs. */
    private static final int MOST_SECONDS = 180;

    /** A loop without end; {@link Property} is stricter with what ends, and not misled by a busy machine. */
    private static final int HANG_SECONDS = 60;

    private final Target target;

    private final Path folder;

    private final double seconds;

    private final int inputs;

    /**
     * Prepares.
     *
     * @param root holds a folder for each target
     * @param seconds length of a long session, 0 for a short one
     * @param percent of the target's inputs that a short one tries
     */
    Session(final Target target, final Path root, final double seconds, final int percent) {
        this.target = target;
        this.folder = root.resolve(target.name()).toAbsolutePath();
        this.seconds = seconds;
        this.inputs = target.executions() * percent / 100;
    }

    /** All that Jazzer printed. */
    Path log() {
        return folder.resolve("log.txt");
    }

    /** Searches. */
    Outcome run() throws IOException, InterruptedException {
        final Path temporary = folder.resolve("tmp");
        remove(temporary);
        Files.createDirectories(temporary);
        Files.createDirectories(folder.resolve("findings"));
        final ProcessBuilder builder = new ProcessBuilder(command(temporary));
        builder.directory(folder.toFile());
        builder.environment().put("SELFDIFF_TURBOJPEG", "off"); // a library that may be here and not there
        builder.redirectErrorStream(true).redirectOutput(log().toFile());
        final long began = System.nanoTime();
        final Process process = builder.start();
        try {
            final long limit = (long) (seconds > 0 ? seconds : MOST_SECONDS) + 2 * HANG_SECONDS;
            if (!process.waitFor(limit, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            final int status = process.waitFor();
            final String log = new String(Files.readAllBytes(log()), StandardCharsets.UTF_8);
            return Outcome.of(target, log, status, (System.nanoTime() - began) / 1e9);
        } finally {
            process.destroyForcibly();
            remove(temporary);
        }
    }

    private List<String> command(final Path temporary) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-Xss1m", "-XX:MaxDirectMemorySize=64m", "-XX:+UseSerialGC"));
        if (seconds == 0) {
            command.add("-XX:TieredStopAtLevel=1"); // it ends before the better compiler has paid for itself
        }
        command.addAll(List.of("-Djava.awt.headless=true", "-Djava.io.tmpdir=" + temporary));
        command.addAll(List.of("-D" + Entry.TARGET + "=" + target.name(), "-cp", classPath()));
        command.add("com.code_intelligence.jazzer.Jazzer");
        command.add("--target_class=" + Entry.class.getName());
        command.add("--instrumentation_includes=" + INSTRUMENTED);
        command.add("--instrumentation_excludes=" + HARNESS);
        command.add("--mutator_framework=false"); // made for structured arguments; bytes are libFuzzer's own
        command.add("--reproducer_path=" + temporary);
        command.add("-artifact_prefix=" + folder.resolve("findings") + "/");
        command.addAll(List.of("-print_final_stats=1", "-timeout=" + HANG_SECONDS, "-max_len=" + target.longest()));
        if (seconds > 0) {
            command.add("-max_total_time=" + Math.max(1, Math.round(seconds)));
        } else {
            command.addAll(List.of("-seed=1", "-runs=" + inputs, "-max_total_time=" + MOST_SECONDS));
        }
        if (!target.words().isEmpty()) {
            command.add("-dict=" + dictionary());
        }
        command.add(corpus().toString());
        command.add(seeds().toString());
        return command;
    }

    /** The class path with absolute names, since the session has a working folder of its own. */
    private static String classPath() {
        final List<String> entries = new ArrayList<>();
        for (final String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(java.io.File.pathSeparator, entries);
    }

    private Path corpus() throws IOException {
        final Path corpus = folder.resolve(seconds > 0 ? "corpus" : "tmp/corpus");
        return Files.createDirectories(corpus);
    }

    private Path seeds() throws IOException {
        final Path seeds = folder.resolve("seeds");
        remove(seeds);
        Files.createDirectories(seeds);
        for (final Map.Entry<String, byte[]> seed : Corpus.of(target).entrySet()) {
            Files.write(seeds.resolve(seed.getKey()), seed.getValue());
        }
        return seeds;
    }

    private Path dictionary() throws IOException {
        final StringBuilder text = new StringBuilder();
        for (final byte[] word : target.words()) {
            text.append('"');
            for (final byte b : word) {
                text.append("\\x").append(HexFormat.of().toHexDigits(b).toUpperCase(Locale.ROOT));
            }
            text.append("\"\n");
        }
        return Files.writeString(folder.resolve("words.dict"), text);
    }

    private static void remove(final Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var files = Files.walk(folder)) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
