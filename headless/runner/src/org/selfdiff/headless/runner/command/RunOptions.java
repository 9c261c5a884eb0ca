package org.selfdiff.headless.runner.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.execute.Changes;
import org.selfdiff.headless.runner.execute.SettingChange;
import org.selfdiff.headless.runner.execute.VariableChange;
import org.selfdiff.headless.runner.workflow.VariableType;

/** Reads the options of {@code selfdiff run}: short forms, and those of KNIME's batch executor. */
public final class RunOptions {
    private static final List<String> WITHOUT_EFFECT =
            List.of("-reset", "-consoleLog", "-nosplash", "-noexit", "-failonloaderror", "-updateLinks");

    private final Path folder;

    private final List<VariableChange> variables = new ArrayList<>();

    private final List<SettingChange> settings = new ArrayList<>();

    private final List<String> notes = new ArrayList<>();

    private Path workflow;

    private Path out;

    private String device;

    private boolean save = true;

    private boolean quiet;

    private int threads = Runtime.getRuntime().availableProcessors();

    private RunOptions(final Path folder) {
        this.folder = folder;
    }

    /**
     * Reads options.
     *
     * @param folder what relative paths are relative to
     * @throws RunnerFailed (usage) naming the option that is not understood
     */
    public static RunRequest parse(final List<String> arguments, final Path folder) throws RunnerFailed {
        final RunOptions options = new RunOptions(folder);
        final Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            options.read(rest.next(), rest);
        }
        if (options.workflow == null) {
            throw RunnerFailed.usage("No workflow named", "selfdiff run");
        }
        return new RunRequest(
                options.workflow,
                new Changes(options.variables, options.settings, Optional.ofNullable(options.device)),
                Optional.ofNullable(options.out),
                options.save,
                options.threads,
                options.quiet,
                options.notes);
    }

    private void read(final String argument, final Iterator<String> rest) throws RunnerFailed {
        final int equals = argument.indexOf('=');
        final String name = argument.startsWith("-") && equals > 0 ? argument.substring(0, equals) : argument;
        final String inline = name.equals(argument) ? null : argument.substring(equals + 1);
        switch (name) {
            case "--set", "-s" -> set(value(name, inline, rest));
            case "--out", "-o", "-destDir" -> out = folder.resolve(value(name, inline, rest));
            case "--threads", "-t" -> threads = count(value(name, inline, rest));
            case "--device", "-d" -> device = device(value(name, inline, rest));
            case "--quiet", "-q" -> quiet = true;
            case "--no-save", "-nosave" -> save = false;
            case "-workflowDir", "-workflowFile" -> workflow(value(name, inline, rest));
            case "-workflow.variable" -> variable(value(name, inline, rest));
            case "-option" -> option(value(name, inline, rest));
            default -> other(argument, name);
        }
    }

    private void other(final String argument, final String name) throws RunnerFailed {
        if (WITHOUT_EFFECT.contains(name)) {
            notes.add("\"" + name + "\" has no effect here: every run starts afresh and ends by itself");
        } else if (argument.startsWith("-")) {
            throw RunnerFailed.usage("Unknown option \"" + argument + "\"", "selfdiff run");
        } else {
            workflow(argument);
        }
    }

    private void workflow(final String path) throws RunnerFailed {
        if (workflow != null) {
            throw RunnerFailed.usage("Two workflows named: " + workflow + " and " + path, "selfdiff run");
        }
        workflow = folder.resolve(path).normalize();
    }

    private static String value(final String name, final String inline, final Iterator<String> rest)
            throws RunnerFailed {
        if (inline != null) {
            return inline;
        }
        if (!rest.hasNext()) {
            throw RunnerFailed.usage("Option without its value", name);
        }
        return rest.next();
    }

    private static int count(final String text) throws RunnerFailed {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw RunnerFailed.usage("\"" + text + "\" is not a number of threads", "--threads");
        }
        return Integer.parseInt(text);
    }

    private static String device(final String text) throws RunnerFailed {
        if (!text.matches("auto|cpu|cuda(:\\d+)?")) {
            throw RunnerFailed.usage("\"" + text + "\" is not a device; say auto, cpu, cuda or cuda:0", "--device");
        }
        return text;
    }

    /** {@code name=value} for a workflow variable, {@code node/setting=value} for a setting. */
    private void set(final String text) throws RunnerFailed {
        final int equals = text.indexOf('=');
        if (equals < 1) {
            throw RunnerFailed.usage("\"" + text + "\" is not of the form name=value", "--set");
        }
        final String name = text.substring(0, equals);
        final String value = text.substring(equals + 1);
        final int slash = name.indexOf('/');
        if (slash > 0) {
            settings.add(
                    new SettingChange(name.substring(0, slash), name.substring(slash + 1), value, Optional.empty()));
        } else {
            variables.add(new VariableChange(name, value, Optional.empty()));
        }
    }

    /** {@code name,value,type}; the value may hold commas. */
    private void variable(final String text) throws RunnerFailed {
        final int first = text.indexOf(',');
        final int last = text.lastIndexOf(',');
        if (first < 1 || last == first) {
            throw RunnerFailed.usage("\"" + text + "\" is not of the form name,value,type", "-workflow.variable");
        }
        variables.add(new VariableChange(
                text.substring(0, first),
                text.substring(first + 1, last),
                Optional.of(type(text.substring(last + 1), "-workflow.variable"))));
    }

    /** {@code nodeId,key,value,type}; keys of groups are separated by {@code /}. */
    private void option(final String text) throws RunnerFailed {
        final int first = text.indexOf(',');
        final int second = text.indexOf(',', first + 1);
        final int last = text.lastIndexOf(',');
        if (first < 1 || second < 0 || last == second) {
            throw RunnerFailed.usage("\"" + text + "\" is not of the form nodeId,name,value,type", "-option");
        }
        settings.add(new SettingChange(
                text.substring(0, first),
                text.substring(first + 1, second),
                text.substring(second + 1, last),
                Optional.of(type(text.substring(last + 1), "-option"))));
    }

    private static VariableType type(final String text, final String option) throws RunnerFailed {
        return VariableType.ofOption(text)
                .orElseThrow(() -> RunnerFailed.usage(
                        "\"" + text + "\" is not a type; say String, int, long, double or boolean", option));
    }
}
