package org.selfdiff.headless.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small workflow folders in KNIME's format. */
public final class FlowFolder {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<config xmlns=\"http://www.knime.org/2008/09/XMLConfig\" key=\"%s\">\n";

    private final Path folder;

    private final StringBuilder nodes = new StringBuilder();

    private final StringBuilder connections = new StringBuilder();

    private final StringBuilder more = new StringBuilder();

    private int connectionCount;

    public FlowFolder(final Path folder) {
        this.folder = folder;
    }

    /** A value. */
    public static String entry(final String key, final String type, final Object value) {
        return "<entry key=\"" + key + "\" type=\"" + type + "\" value=\"" + value + "\"/>\n";
    }

    /** A group. */
    public static String group(final String key, final String... content) {
        return "<config key=\"" + key + "\">\n" + String.join("", content) + "</config>\n";
    }

    /** Adds a node; {@code content} goes into its settings file. */
    public FlowFolder node(final int id, final String name, final String factory, final String... content)
            throws IOException {
        final String file = name + " (#" + id + ")/settings.xml";
        nodes.append(group(
                "node_" + id,
                entry("id", "xint", id),
                entry("node_settings_file", "xstring", file),
                entry("node_type", "xstring", "NativeNode"),
                group(
                        "ui_settings",
                        group(
                                "extrainfo.node.bounds",
                                entry("array-size", "xint", 4),
                                entry("0", "xint", 150 * id),
                                entry("1", "xint", 100),
                                entry("2", "xint", -1),
                                entry("3", "xint", -1)))));
        final Path settings = folder.resolve(file);
        Files.createDirectories(settings.getParent());
        Files.writeString(
                settings,
                HEAD.formatted("settings.xml")
                        + entry("factory", "xstring", factory)
                        + entry("node-name", "xstring", name)
                        + entry("node-bundle-symbolic-name", "xstring", "some.plugin")
                        + String.join("", content)
                        + "</config>\n");
        return this;
    }

    /** Connects two ports; port 0 is for flow variables. */
    public FlowFolder connect(final int source, final int sourcePort, final int target, final int targetPort) {
        connections.append(group(
                "connection_" + connectionCount++,
                entry("sourceID", "xint", source),
                entry("sourcePort", "xint", sourcePort),
                entry("destID", "xint", target),
                entry("destPort", "xint", targetPort)));
        return this;
    }

    /** Adds anything else to the workflow's file. */
    public FlowFolder with(final String content) {
        more.append(content);
        return this;
    }

    /** Writes the workflow's file and returns the folder. */
    public Path write() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("workflow.knime"),
                HEAD.formatted("workflow.knime")
                        + entry("version", "xstring", "5.1.0")
                        + more
                        + group("nodes", nodes.toString())
                        + group("connections", connections.toString())
                        + "</config>\n");
        return folder;
    }
}
