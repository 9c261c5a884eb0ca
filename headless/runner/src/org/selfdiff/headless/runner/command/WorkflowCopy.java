package org.selfdiff.headless.runner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.config.ConfigEntry;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.config.ConfigNode;
import org.selfdiff.headless.runner.config.EntryType;
import org.selfdiff.headless.runner.execute.Changes;
import org.selfdiff.headless.runner.execute.SettingChange;
import org.selfdiff.headless.runner.execute.VariableChange;
import org.selfdiff.headless.runner.workflow.NodeEntry;
import org.selfdiff.headless.runner.workflow.Variable;
import org.selfdiff.headless.runner.workflow.Workflow;
import org.selfdiff.headless.runner.workflow.WorkflowReader;

/**
 * Copies the folder of a workflow, without what earlier runs have left in its {@code data/}: slides, pictures and tiles
 * that nodes of this extension write anew, and that may be gigabytes. A folder that anything else in the workflow or on
 * the command line might name is copied, and so are checkpoints and all else in {@code data/}, which may be inputs.
 */
final class WorkflowCopy {
    private static final String DATA = "data";

    private static final String OURS = "org.selfdiff.";

    /** The setting in which our nodes that write files name their folder. */
    private static final String WRITTEN = "folder";

    private static final String ADDRESS = "knime://knime.workflow/";

    private WorkflowCopy() {}

    /**
     * Copies.
     *
     * @param folder of the workflow
     * @param target must not exist
     * @return folders that were left out, relative to the workflow
     */
    static Set<Path> of(final Path folder, final Path target, final Changes changes) throws RunnerFailed, IOException {
        final Set<Path> left = writtenAnew(folder, changes);
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.map(folder::relativize)
                    .filter(file -> left.stream().noneMatch(file::startsWith))
                    .toList();
        }
        for (Path file : files) {
            Files.copy(folder.resolve(file), target.resolve(file.toString()));
        }
        left.removeIf(path -> !Files.exists(folder.resolve(path)));
        return left;
    }

    private static Set<Path> writtenAnew(final Path folder, final Changes changes) throws RunnerFailed {
        final Workflow workflow = WorkflowReader.read(folder);
        final Set<Path> written = new TreeSet<>();
        final List<String> named = new ArrayList<>();
        for (NodeEntry node : workflow.nodes()) {
            for (ConfigNode setting :
                    node.model().map(ConfigGroup::children).map(List::copyOf).orElse(List.of())) {
                if (setting instanceof ConfigEntry entry
                        && WRITTEN.equals(entry.key())
                        && node.factory().startsWith(OURS)) {
                    inData(entry.value()).ifPresent(written::add);
                } else {
                    texts(setting, named);
                }
            }
        }
        workflow.variables().stream().map(Variable::text).forEach(named::add);
        changes.variables().stream().map(VariableChange::text).forEach(named::add);
        changes.settings().stream().map(SettingChange::text).forEach(named::add);
        written.removeIf(path -> named.stream().anyMatch(text -> mayName(text, path, folder)));
        return written;
    }

    /** A folder below {@code data/}, relative to the workflow. */
    private static Optional<Path> inData(final String text) {
        final Path path = path(text);
        return path.startsWith(DATA) && path.getNameCount() > 1 ? Optional.of(path) : Optional.empty();
    }

    private static void texts(final ConfigNode setting, final List<String> texts) {
        if (setting instanceof ConfigGroup group) {
            group.children().forEach(child -> texts(child, texts));
        } else if (setting instanceof ConfigEntry entry && entry.type() == EntryType.XSTRING) {
            texts.add(entry.value());
        }
    }

    /** Whether a text is the folder, one above it or something in it, as seen from the workflow or from its data. */
    private static boolean mayName(final String text, final Path folder, final Path workflow) {
        final Path absolute = workflow.toAbsolutePath().normalize();
        final Path given = path(text);
        final Path named = given.startsWith(absolute) ? absolute.relativize(given) : given;
        final Path fromData = Path.of(DATA).relativize(folder);
        return Stream.of(folder, fromData)
                .anyMatch(path -> !named.toString().isEmpty() && (path.startsWith(named) || named.startsWith(path)));
    }

    /** A text as a path; empty if it is none. */
    private static Path path(final String text) {
        final String local = text.strip();
        try {
            return Path.of(local.startsWith(ADDRESS) ? local.substring(ADDRESS.length()) : local)
                    .normalize();
        } catch (InvalidPathException e) {
            return Path.of("");
        }
    }
}
