package org.selfdiff.headless.runner.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.console.ProgressView;
import org.selfdiff.headless.runner.console.Summary;
import org.selfdiff.headless.runner.execute.Preparation;
import org.selfdiff.headless.runner.execute.WorkflowRun;
import org.selfdiff.headless.runner.results.IndexPage;
import org.selfdiff.headless.runner.results.ResultsFolder;
import org.selfdiff.headless.runner.results.RunReport;
import org.selfdiff.headless.runner.results.Scores;
import org.selfdiff.headless.runner.workflow.Workflow;
import org.selfdiff.headless.runner.workflow.WorkflowArchive;
import org.selfdiff.headless.runner.workflow.WorkflowReader;

/** {@code selfdiff run}: loads, prepares, executes, saves, tells. */
final class RunCommand {
    private final Surroundings surroundings;

    private final RunRequest request;

    private final PrintStream out;

    RunCommand(final Surroundings surroundings, final RunRequest request) {
        this.surroundings = surroundings;
        this.request = request;
        this.out = surroundings.terminal().out();
    }

    ExitCode run() throws RunnerFailed, IOException {
        out.println("SelfDiff embedded runner: this is not KNIME; it runs KNIME workflows that use only nodes of this"
                + " extension.");
        request.notes().forEach(note -> out.println("Note: " + note));
        final boolean archive =
                Files.isRegularFile(request.workflow()) && !request.workflow().endsWith(WorkflowReader.WORKFLOW_FILE);
        if (!archive) {
            return run(WorkflowReader.read(folder()));
        }
        final Path unpacked = Files.createTempDirectory("selfdiff-knwf");
        try {
            return run(WorkflowReader.read(WorkflowArchive.unpack(request.workflow(), unpacked)));
        } finally {
            ResultsFolder.delete(unpacked);
        }
    }

    /** A user may name the file in the folder as well as the folder. */
    private Path folder() {
        final Path named = request.workflow();
        final Path parent = named.getParent();
        return named.endsWith(WorkflowReader.WORKFLOW_FILE) && parent != null ? parent : named;
    }

    private ExitCode run(final Workflow workflow) throws RunnerFailed, IOException {
        final Preparation prepared =
                Preparation.of(workflow, surroundings.catalogue().get(), request.changes());
        prepared.withoutEffect().forEach(note -> out.println("Warning: " + note));
        if (!request.quiet()) {
            out.println(workflow.name() + ": " + prepared.nodes().size() + " nodes, "
                    + workflow.connections().size() + " connections");
        }
        final ResultsFolder results = request.save()
                ? ResultsFolder.create(request.out()
                        .orElseGet(() -> ResultsName.of(surroundings, request.workflow(), LocalDateTime.now())))
                : ResultsFolder.temporary();
        results.notes().forEach(note -> out.println("Note: " + note));
        prepared.change(WrittenFolders.below(results.place(), workflow, request.changes()));
        final Instant begun = Instant.now();
        final long start = System.nanoTime();
        ExitCode exit = ExitCode.BROKEN;
        try {
            exit = new WorkflowRun(
                            prepared,
                            new ProgressView(surroundings.terminal(), prepared.nodes(), request.quiet()),
                            results,
                            surroundings.cancel())
                    .execute(request.threads());
        } catch (RunnerFailed e) {
            exit = e.exitCode();
            throw e;
        } finally {
            final double seconds = (System.nanoTime() - start) / 1e9;
            new Summary(out).print(prepared.nodes());
            try {
                tell(exit, seconds, finish(prepared, results, begun, seconds, exit));
            } finally {
                new Summary(out).printProblems(prepared.nodes());
            }
        }
        return exit;
    }

    private Optional<Path> finish(
            final Preparation prepared,
            final ResultsFolder results,
            final Instant begun,
            final double seconds,
            final ExitCode exit)
            throws RunnerFailed {
        final Path place = results.place();
        try {
            if (!request.save()) {
                results.discard();
                return Optional.empty();
            }
            results.settle(prepared.nodes());
            Scores.copy(prepared, results, place);
            new RunReport(prepared, place, surroundings.versions()).write(begun, seconds, exit);
            new IndexPage(prepared, results, place).write(seconds, exit);
            return Optional.of(results.finish(exit));
        } catch (IOException e) {
            throw new RunnerFailed(
                    ExitCode.RESULTS_UNWRITABLE,
                    "The results could not be written: " + e.getMessage(),
                    place.toString(),
                    "free some space or name another folder with --out; what was written so far lies there",
                    e);
        }
    }

    private void tell(final ExitCode exit, final double seconds, final Optional<Path> place) {
        final String how =
                switch (exit) {
                    case OK -> "Completed";
                    case CANCELLED -> "Cancelled";
                    default -> "Failed";
                };
        out.printf(java.util.Locale.ROOT, "%s in %.1f s%n", how, seconds);
        place.ifPresent(path -> {
            out.println("Results: " + shown(path));
            if (exit == ExitCode.OK) {
                out.println("At a glance: " + shown(path.resolve("index.html")));
            }
        });
        out.flush();
    }

    private Path shown(final Path path) {
        final Path here = surroundings.folder().toAbsolutePath().normalize();
        return path.startsWith(here) ? here.relativize(path) : path;
    }
}
