package org.selfdiff.headless.runner.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.execute.SettingChange;
import org.selfdiff.headless.runner.execute.VariableChange;
import org.selfdiff.headless.runner.results.ResultsFolder;
import org.selfdiff.headless.runner.workflow.NodeEntry;
import org.selfdiff.headless.runner.workflow.Variable;
import org.selfdiff.headless.runner.workflow.VariableType;
import org.selfdiff.headless.runner.workflow.Workflow;
import org.selfdiff.headless.runner.workflow.WorkflowArchive;
import org.selfdiff.headless.runner.workflow.WorkflowReader;

/**
 * Lets a KNIME installation run the workflow with its batch executor: on a copy in the results folder, which KNIME
 * saves executed, so that it can be opened and looked at.
 */
final class KnimeBatch {
    private static final String APPLICATION = "org.knime.product.KNIME_BATCH_APPLICATION";

    private static final int NOT_INSTALLED = 5;

    private final Surroundings surroundings;

    private final Path home;

    private final PrintStream out;

    KnimeBatch(final Surroundings surroundings, final Path home) {
        this.surroundings = surroundings;
        this.home = home;
        this.out = surroundings.terminal().out();
    }

    ExitCode run(final RunRequest request) throws RunnerFailed, IOException {
        final Path knime = executable();
        out.println("KNIME runs this workflow: " + knime);
        // KNIME saves where files lie, so the folder must not be renamed when all went well.
        final ResultsFolder results = ResultsFolder.inPlace(
                request.out().orElseGet(() -> ResultsName.of(surroundings, request.workflow(), LocalDateTime.now())));
        ExitCode exit = ExitCode.BROKEN;
        try {
            final Path copy = copy(request, results.place());
            exit = run(command(knime, copy, WorkflowReader.read(copy), request));
        } finally {
            final Path place = results.finish(exit);
            out.println("Results: " + place + (exit == ExitCode.OK ? " (open the workflow in it with KNIME)" : ""));
        }
        return exit;
    }

    private Path executable() throws RunnerFailed {
        for (String name : List.of("knime", "knime.exe", "Contents/MacOS/knime")) {
            final Path candidate = home.resolve(name);
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw new RunnerFailed(
                ExitCode.BROKEN,
                "KNIME_HOME is set, but there is no KNIME to start",
                home.toString(),
                "point KNIME_HOME to the folder that holds the file \"knime\", or unset it to use the embedded runner");
    }

    private Path copy(final RunRequest request, final Path into) throws RunnerFailed, IOException {
        final Path workflow = request.workflow();
        if (Files.isRegularFile(workflow)) {
            return WorkflowArchive.unpack(workflow, into);
        }
        final Path target = into.resolve(String.valueOf(workflow.getFileName()));
        if (!Files.isDirectory(workflow)) {
            throw RunnerFailed.unreadable("Workflow not found", workflow.toString(), "check the name");
        }
        for (Path left : WorkflowCopy.of(workflow, target, request.changes())) {
            out.println("Not copied, because the run writes it anew: " + left);
        }
        return target;
    }

    private static List<String> command(
            final Path knime, final Path copy, final Workflow workflow, final RunRequest request) throws RunnerFailed {
        final List<String> command = new ArrayList<>(List.of(
                knime.toString(),
                "-nosplash",
                "-consoleLog",
                "-reset",
                "-application",
                APPLICATION,
                "-workflowDir=" + copy));
        if (!request.save()) {
            command.add("-nosave");
        }
        request.changes().check(workflow);
        // Also refuses a value that does not fit, before KNIME is started.
        final var values = request.changes().variablesOf(workflow);
        final List<String> changed = new ArrayList<>(
                request.changes().variables().stream().map(VariableChange::name).toList());
        if (request.changes().device().isPresent()) {
            changed.add("device");
        }
        for (Variable variable : values.values()) {
            if (changed.contains(variable.name())) {
                command.add("-workflow.variable=" + variable.name() + "," + variable.text() + ","
                        + variable.type().optionName());
            }
        }
        for (SettingChange change : request.changes().settings()) {
            command.add(option(change, workflow));
        }
        return command;
    }

    private static String option(final SettingChange change, final Workflow workflow) throws RunnerFailed {
        final NodeEntry entry =
                workflow.nodes().stream().filter(change::concerns).findFirst().orElseThrow();
        final VariableType type = change.type()
                .orElseThrow(() -> RunnerFailed.usage(
                        "KNIME wants the type of a setting; say -option=" + entry.id() + "," + change.path() + ","
                                + change.text() + ",TYPE",
                        "--set " + change.node() + "/" + change.path()));
        return "-option=" + entry.id() + "," + change.path() + "," + change.text() + "," + type.optionName();
    }

    private ExitCode run(final List<String> command) throws IOException, RunnerFailed {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        boolean noBatch = false;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(line);
                noBatch |= saysNotInstalled(line);
            }
            final int status = process.waitFor();
            if (noBatch || status == NOT_INSTALLED) {
                throw new RunnerFailed(
                        ExitCode.BROKEN,
                        "This KNIME has no batch executor",
                        home.toString(),
                        "install the extension \"KNIME Batch Executor\" (org.knime.features.ap.batch), a separate one"
                                + " since KNIME 5.9");
            }
            return exit(status);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            return ExitCode.CANCELLED;
        }
    }

    private static boolean saysNotInstalled(final String line) {
        return line.contains("Batch Executor is not installed")
                || line.contains(APPLICATION) && line.contains("could not be found");
    }

    /** The batch executor: 0 fine, 1 warnings, 2 wrong arguments, 3 cannot load, 4 failed, 5 not installed. */
    private ExitCode exit(final int status) {
        if (surroundings.cancel().isRaised()) {
            return ExitCode.CANCELLED;
        }
        return switch (status) {
            case 0, 1 -> ExitCode.OK;
            case 3 -> ExitCode.WORKFLOW_UNREADABLE;
            case 4 -> ExitCode.NODE_FAILED;
            default -> ExitCode.BROKEN;
        };
    }
}
