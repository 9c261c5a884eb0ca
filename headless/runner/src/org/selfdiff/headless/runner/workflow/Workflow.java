package org.selfdiff.headless.runner.workflow;

import java.nio.file.Path;
import java.util.List;

/**
 * A workflow as its folder describes it.
 *
 * @param folder the folder that holds {@code workflow.knime}
 * @param name name for people and for the results folder
 * @param nodes in the order of their ids
 * @param connections between them
 * @param variables workflow variables with their defaults
 * @param annotations notes on the canvas
 */
public record Workflow(
        Path folder,
        String name,
        List<NodeEntry> nodes,
        List<Connection> connections,
        List<Variable> variables,
        List<Annotation> annotations) {
    /** The node with that id. */
    public NodeEntry node(final int id) {
        return nodes.stream().filter(node -> node.id() == id).findFirst().orElseThrow();
    }

    /** Connections that end at a node, in the order of its ports. */
    public List<Connection> into(final int id) {
        return connections.stream()
                .filter(connection -> connection.target() == id)
                .sorted(java.util.Comparator.comparingInt(Connection::targetPort))
                .toList();
    }

    /** The file that describes the workflow. */
    public Path file() {
        return folder.resolve(WorkflowReader.WORKFLOW_FILE);
    }
}
