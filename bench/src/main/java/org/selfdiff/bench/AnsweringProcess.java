package org.selfdiff.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process that answers lines. Between its answers it sleeps, so that others have the machine to themselves. */
public final class AnsweringProcess implements AutoCloseable {
    /** Start of every answer, so that other output does no harm. */
    public static final String MARK = "@ ";

    private final Process process;

    private final BufferedReader answers;

    private final Writer requests;

    private final String name;

    /**
     * Starts a process with this one's Java and class path.
     *
     * @param name for messages
     * @param arguments options of Java, main class and its arguments
     * @param environment what to add to the environment; an empty value removes a variable
     * @param log file for what the process says on its error output
     */
    public AnsweringProcess(
            final String name, final List<String> arguments, final Map<String, String> environment, final Path log)
            throws IOException {
        this(name, new ProcessBuilder(java(arguments)), environment, log);
    }

    /** The command of this process's Java and class path with some arguments. */
    public static List<String> java(final List<String> arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(arguments);
        return command;
    }

    /**
     * Starts any process.
     *
     * @param builder its command
     */
    public AnsweringProcess(
            final String name, final ProcessBuilder builder, final Map<String, String> environment, final Path log)
            throws IOException {
        this.name = name + " (see " + log + ")";
        environment.forEach((key, value) -> {
            builder.environment().remove(key);
            if (!value.isEmpty()) {
                builder.environment().put(key, value);
            }
        });
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        this.process = builder.start();
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Sends a line and waits for the answer. */
    public String ask(final String line) throws IOException {
        requests.write(line + "\n");
        requests.flush();
        return answer();
    }

    /** Waits for an answer. */
    public String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(MARK)) {
                return line.substring(MARK.length());
            }
        }
        throw new IOException("the process ended without an answer: " + name);
    }

    /** Ends the input, upon which the process answers once more and ends. */
    public String finish() throws IOException {
        requests.close();
        return answer();
    }

    @Override
    public void close() {
        try {
            requests.close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
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
