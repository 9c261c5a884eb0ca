package org.selfdiff.headless.runner.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.RunnerFailed;

/** The commands that the launcher leaves to Java. */
public final class Commands {
    private final Surroundings surroundings;

    private final PrintStream errors;

    /**
     * Commands in some surroundings.
     *
     * @param errors where failures are printed
     */
    public Commands(final Surroundings surroundings, final PrintStream errors) {
        this.surroundings = surroundings;
        this.errors = errors;
    }

    /** Runs a command line and says how it went; every failure is printed. */
    public ExitCode run(final List<String> arguments) {
        try {
            return dispatch(arguments);
        } catch (RunnerFailed e) {
            errors.println();
            errors.println(e.text());
            return e.exitCode();
        } catch (IOException | UncheckedIOException e) {
            errors.println();
            errors.println("A file cannot be read or written: " + e);
            errors.println("  remedy: see that the disk has room, and that you may read and write there");
            return ExitCode.RESULTS_UNWRITABLE;
        } catch (RuntimeException e) {
            errors.println();
            errors.println("The embedded runner itself failed; please report this:");
            e.printStackTrace(errors);
            return ExitCode.BROKEN;
        }
    }

    private ExitCode dispatch(final List<String> arguments) throws RunnerFailed, IOException {
        final String command = arguments.isEmpty() ? "--help" : arguments.get(0);
        final List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        if (rest.contains("--help") || rest.contains("-h")) {
            return help();
        }
        return switch (command) {
            case "run" -> run(RunOptions.parse(rest, surroundings.folder()));
            case "picture" -> PictureCommand.run(surroundings, rest);
            case "--help", "-h", "help" -> help();
            default -> throw RunnerFailed.usage("Unknown command \"" + command + "\"", "selfdiff");
        };
    }

    private ExitCode run(final RunRequest request) throws RunnerFailed, IOException {
        return surroundings.knimeHome().isPresent()
                ? new KnimeBatch(surroundings, surroundings.knimeHome().get()).run(request)
                : new RunCommand(surroundings, request).run();
    }

    private ExitCode help() throws IOException {
        surroundings.terminal().out().print(Help.text());
        return ExitCode.OK;
    }
}
