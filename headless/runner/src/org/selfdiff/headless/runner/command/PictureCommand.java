package org.selfdiff.headless.runner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.execute.NodeCatalogue;
import org.selfdiff.headless.runner.execute.Port;
import org.selfdiff.headless.runner.execute.WorkflowNode;
import org.selfdiff.headless.runner.picture.DrawnNode;
import org.selfdiff.headless.runner.picture.WorkflowPicture;
import org.selfdiff.headless.runner.workflow.Connection;
import org.selfdiff.headless.runner.workflow.NodeEntry;
import org.selfdiff.headless.runner.workflow.Workflow;
import org.selfdiff.headless.runner.workflow.WorkflowReader;

/** {@code selfdiff picture}: draws a workflow. */
final class PictureCommand {
    private PictureCommand() {}

    static ExitCode run(final Surroundings surroundings, final List<String> arguments)
            throws RunnerFailed, IOException {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw RunnerFailed.usage("Name a workflow folder, and a file if you like", "selfdiff picture");
        }
        final Path folder = surroundings.folder().resolve(arguments.get(0)).normalize();
        final Workflow workflow = WorkflowReader.read(folder);
        final Path file = arguments.size() == 2
                ? surroundings.folder().resolve(arguments.get(1))
                : folder.resolve("workflow.svg");
        final NodeCatalogue catalogue = surroundings.catalogue().get();
        final List<DrawnNode> nodes = new ArrayList<>();
        for (NodeEntry entry : workflow.nodes()) {
            nodes.add(drawn(workflow, entry, catalogue));
        }
        Files.writeString(file, new WorkflowPicture(workflow, nodes).draw());
        surroundings.terminal().out().println("Drawn: " + file);
        return ExitCode.OK;
    }

    /** A node of somebody else's is drawn as well, with the ports that are connected. */
    private static DrawnNode drawn(final Workflow workflow, final NodeEntry entry, final NodeCatalogue catalogue) {
        try {
            final WorkflowNode node = catalogue.create(workflow, entry);
            return new DrawnNode(
                    entry,
                    node.role(),
                    node.inputs(),
                    node.outputs(),
                    node.icon().orElse(""));
        } catch (RunnerFailed e) {
            int inputs = 0;
            int outputs = 0;
            for (Connection connection : workflow.connections()) {
                inputs = connection.target() == entry.id() ? Math.max(inputs, connection.targetPort()) : inputs;
                outputs = connection.source() == entry.id() ? Math.max(outputs, connection.sourcePort()) : outputs;
            }
            return new DrawnNode(entry, "Unknown", ports(inputs), ports(outputs), "");
        }
    }

    private static List<Port> ports(final int count) {
        final List<Port> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ports.add(new Port("port", Object.class, true, false, 0));
        }
        return ports;
    }
}
