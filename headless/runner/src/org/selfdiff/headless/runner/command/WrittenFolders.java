package org.selfdiff.headless.runner.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

/**
 * Folders in a workflow's {@code data/} that nodes of this extension write: slides, pictures and tiles. One that anything
 * else in the workflow or on the command line might name is none of them, for it may be an input.
 */
final class WrittenFolders {
    private static final String DATA = "data";

    private static final String OURS = "org.selfdiff.";

    /** The setting in which our nodes that write files name their folder. */
    private static final String WRITTEN = "folder";

    private static final String ADDRESS = "knime://knime.workflow/";

    private WrittenFolders() {}

    /** The folders, relative to the workflow, by the number of the node that writes them. */
    static Map<Integer, Path> of(final Workflow workflow, final Changes changes) {
        final Map<Integer, Path> written = new LinkedHashMap<>();
        final List<String> named = new ArrayList<>();
        for (NodeEntry node : workflow.nodes()) {
            for (ConfigNode setting :
                    node.model().map(ConfigGroup::children).map(List::copyOf).orElse(List.of())) {
                if (setting instanceof ConfigEntry entry
                        && WRITTEN.equals(entry.key())
                        && node.factory().startsWith(OURS)) {
                    inData(entry.value()).ifPresent(path -> written.put(node.id(), path));
                } else {
                    texts(setting, named);
                }
            }
        }
        workflow.variables().stream().map(Variable::text).forEach(named::add);
        changes.variables().stream().map(VariableChange::text).forEach(named::add);
        changes.settings().stream().map(SettingChange::text).forEach(named::add);
        written.values().removeIf(path -> named.stream().anyMatch(text -> mayName(text, path, workflow.folder())));
        return written;
    }

    /** The same folders below another one, so that no other run writes there: changes for a run of the workflow. */
    static List<SettingChange> below(final Path place, final Workflow workflow, final Changes changes) {
        final List<SettingChange> moved = new ArrayList<>();
        of(workflow, changes).forEach((id, path) -> {
            final boolean settled = changes.settings().stream()
                    .anyMatch(change -> WRITTEN.equals(change.path())
                            && workflow.nodes().stream().anyMatch(node -> node.id() == id && change.concerns(node)));
            if (!settled) {
                moved.add(new SettingChange(
                        String.valueOf(id), WRITTEN, place.resolve(path).toString(), Optional.empty()));
            }
        });
        return moved;
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
