package org.selfdiff.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link Child}. Between steps it sleeps, so the other side has the machine to itself. */
final class ChildProcess implements AutoCloseable {
    private final Process process;

    private final BufferedReader answers;

    private final Writer requests;

    private final String name;

    private final String version;

    /** Starts a side and waits until it is ready. */
    ChildProcess(
            final Side side, final Workload workload, final StepKind kind, final int threads, final Setting setting)
            throws IOException {
        this.name = side + ", " + kind.text() + " (see " + setting.log() + ")";
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
        command.addAll(setting.properties());
        command.add("-Dselfdiff.threads=" + threads);
        command.addAll(List.of(Child.class.getName(), side.name(), workload.name(), kind.name()));
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        builder.environment().put("GOMP_SPINCOUNT", "0");
        builder.environment().remove("MKL_NUM_THREADS");
        builder.redirectError(ProcessBuilder.Redirect.appendTo(setting.log().toFile()));
        this.process = builder.start();
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.version = answer().substring("ready ".length());
    }

    /** Name and version of what computes. */
    String version() {
        return version;
    }

    /** Makes a step. */
    StepTime step() throws IOException {
        requests.write(Child.STEP + "\n");
        requests.flush();
        final String[] numbers = answer().split(" ");
        return new StepTime(
                Long.parseLong(numbers[0]) / 1e6, Long.parseLong(numbers[1]) / 1e6, Double.parseDouble(numbers[2]));
    }

    /** Ends the child and says how many MB it has had at most. */
    double finish() throws IOException {
        requests.close();
        return Long.parseLong(answer().substring("peak ".length())) / 1024.0;
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(Child.MARK)) {
                return line.substring(Child.MARK.length());
            }
        }
        throw new IOException("the process ended without an answer: " + name);
    }

    @Override
    public void close() {
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
