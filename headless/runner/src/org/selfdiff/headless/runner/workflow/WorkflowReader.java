package org.selfdiff.headless.runner.workflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.config.ConfigXml;

/** Reads a workflow folder: {@code workflow.knime} and the {@code settings.xml} of each node. */
public final class WorkflowReader {
    /** Name of the file that makes a folder a workflow. */
    public static final String WORKFLOW_FILE = "workflow.knime";

    private static final String SAVE_AGAIN = "save the workflow again in KNIME";

    private WorkflowReader() {}

    /**
     * Reads a workflow.
     *
     * @param folder the folder that holds {@code workflow.knime}
     * @throws RunnerFailed with exit code {@code WORKFLOW_UNREADABLE}; names the file and the node
     */
    public static Workflow read(final Path folder) throws RunnerFailed {
        final Path file = folder.resolve(WORKFLOW_FILE);
        if (!Files.isRegularFile(file)) {
            throw RunnerFailed.unreadable(
                    Files.isDirectory(folder) ? "This folder is not a KNIME workflow" : "Workflow not found",
                    file.toString(),
                    "name a folder that holds " + WORKFLOW_FILE + ", or a .knwf file");
        }
        final ConfigGroup root = ConfigXml.read(file);
        final List<NodeEntry> nodes = nodes(folder, root, file);
        final Path named = folder.toAbsolutePath().normalize().getFileName();
        return new Workflow(
                folder,
                named == null ? "workflow" : named.toString(),
                nodes,
                connections(root, nodes, file),
                variables(root, file),
                annotations(root));
    }

    private static List<NodeEntry> nodes(final Path folder, final ConfigGroup root, final Path file)
            throws RunnerFailed {
        final List<NodeEntry> nodes = new ArrayList<>();
        final Set<Integer> ids = new HashSet<>();
        for (ConfigGroup entry :
                root.group("nodes").orElse(new ConfigGroup("nodes")).groups()) {
            final int id = entry.number("id", -1);
            final String where = file + ", " + entry.key();
            if (id < 0 || !ids.add(id)) {
                throw RunnerFailed.unreadable("Node without an id of its own", where, SAVE_AGAIN);
            }
            final String type = entry.text("node_type").orElse("NativeNode");
            if (!"NativeNode".equals(type)) {
                throw RunnerFailed.unreadable(
                        "The embedded runner does not know metanodes and components (" + type + ")",
                        where,
                        "expand it in KNIME, or set KNIME_HOME so that KNIME runs the workflow");
            }
            nodes.add(node(folder, id, entry, where));
        }
        if (nodes.isEmpty()) {
            throw RunnerFailed.unreadable("The workflow has no nodes", file.toString(), "add nodes in KNIME");
        }
        nodes.sort(Comparator.comparingInt(NodeEntry::id));
        return List.copyOf(nodes);
    }

    private static NodeEntry node(final Path folder, final int id, final ConfigGroup entry, final String where)
            throws RunnerFailed {
        final String relative = entry.text("node_settings_file")
                .orElseThrow(() -> RunnerFailed.unreadable("Node without a settings file", where, SAVE_AGAIN));
        final Path settingsFile = folder.resolve(relative).normalize();
        if (!settingsFile.startsWith(folder.normalize())) {
            throw RunnerFailed.unreadable(
                    "The settings file lies outside of the workflow: " + relative, where, SAVE_AGAIN);
        }
        final ConfigGroup settings = ConfigXml.read(settingsFile);
        final String factory = settings.text("factory")
                .orElseThrow(() ->
                        RunnerFailed.unreadable("The node names no factory", settingsFile.toString(), SAVE_AGAIN));
        final Optional<ConfigGroup> bounds =
                entry.group("ui_settings").flatMap(ui -> ui.group("extrainfo.node.bounds"));
        return new NodeEntry(
                id,
                settings.text("node-name").or(() -> settings.text("name")).orElse("Node"),
                settings.group("nodeAnnotation")
                        .flatMap(label -> label.text("text"))
                        .orElse(""),
                settingsFile,
                factory,
                settings.text("node-bundle-symbolic-name").orElse(""),
                settings.group("model"),
                settings.group("variables"),
                settings.group("node_creation_config"),
                bounds.map(b -> b.number("0", 0)).orElse(0),
                bounds.map(b -> b.number("1", 0)).orElse(0),
                bounds.isPresent());
    }

    private static List<Connection> connections(final ConfigGroup root, final List<NodeEntry> nodes, final Path file)
            throws RunnerFailed {
        final List<Connection> connections = new ArrayList<>();
        final Set<Long> taken = new HashSet<>();
        for (ConfigGroup entry :
                root.group("connections").orElse(new ConfigGroup("connections")).groups()) {
            final String where = file + ", " + entry.key();
            final Connection connection = new Connection(
                    entry.number("sourceID", -1),
                    entry.number("sourcePort", -1),
                    entry.number("destID", -1),
                    entry.number("destPort", -1));
            for (int id : new int[] {connection.source(), connection.target()}) {
                if (nodes.stream().noneMatch(node -> node.id() == id)) {
                    throw RunnerFailed.unreadable(
                            "A connection names node " + id + ", which does not exist", where, SAVE_AGAIN);
                }
            }
            if (connection.sourcePort() < 0 || connection.targetPort() < 0) {
                throw RunnerFailed.unreadable("A connection without its ports", where, SAVE_AGAIN);
            }
            if (!taken.add(((long) connection.target() << 32) | connection.targetPort())) {
                throw RunnerFailed.unreadable(
                        "Two connections end at port " + connection.targetPort() + " of node " + connection.target(),
                        where,
                        "remove one of them in KNIME");
            }
            connections.add(connection);
        }
        return List.copyOf(connections);
    }

    private static List<Variable> variables(final ConfigGroup root, final Path file) throws RunnerFailed {
        final List<Variable> variables = new ArrayList<>();
        for (ConfigGroup entry : root.group("workflow_variables")
                .orElse(new ConfigGroup("workflow_variables"))
                .groups()) {
            final String where = file + ", " + entry.key();
            final String name = entry.text("name")
                    .orElseThrow(() -> RunnerFailed.unreadable("Workflow variable without a name", where, SAVE_AGAIN));
            final String typeName = entry.text("class").orElse("none");
            final VariableType type = VariableType.ofFile(typeName)
                    .orElseThrow(() -> RunnerFailed.unreadable(
                            "The embedded runner does not know workflow variables of type " + typeName,
                            where,
                            "use STRING, INTEGER, LONG, DOUBLE or BOOLEAN"));
            final String text = entry.text("value").orElse("");
            if (!type.stored().accepts(text)) {
                throw RunnerFailed.unreadable("\"" + text + "\" is not a value of type " + type, where, SAVE_AGAIN);
            }
            variables.add(new Variable(name, type, text));
        }
        return List.copyOf(variables);
    }

    private static List<Annotation> annotations(final ConfigGroup root) {
        final List<Annotation> annotations = new ArrayList<>();
        for (ConfigGroup entry :
                root.group("annotations").orElse(new ConfigGroup("annotations")).groups()) {
            annotations.add(new Annotation(
                    entry.text("text").orElse(""),
                    "text/html".equals(entry.text("contentType").orElse("")),
                    entry.number("x-coordinate", 0),
                    entry.number("y-coordinate", 0),
                    entry.number("width", 0),
                    entry.number("height", 0),
                    entry.number("bgcolor", 0xFFFFFF),
                    entry.number("borderColor", 0xFFFFFF),
                    entry.number("borderSize", 0)));
        }
        return List.copyOf(annotations);
    }
}
