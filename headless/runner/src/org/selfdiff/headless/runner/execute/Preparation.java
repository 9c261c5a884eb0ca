package org.selfdiff.headless.runner.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.workflow.Connection;
import org.selfdiff.headless.runner.workflow.NodeEntry;
import org.selfdiff.headless.runner.workflow.Topology;
import org.selfdiff.headless.runner.workflow.Variable;
import org.selfdiff.headless.runner.workflow.Workflow;

/** Makes a workflow's nodes, gives them their settings and configures them, all before anything is executed. */
public final class Preparation {
    private final Workflow workflow;

    private Changes changes;

    private final Map<String, Variable> workflowVariables;

    private final Map<Integer, NodeRun> nodes = new LinkedHashMap<>();

    private Preparation(final Workflow workflow, final Changes changes) throws RunnerFailed {
        this.workflow = workflow;
        this.changes = changes;
        this.workflowVariables = changes.variablesOf(workflow);
    }

    /**
     * Prepares a run.
     *
     * @throws RunnerFailed when a node is unknown, when connections are missing or do not fit, or when a node refuses
     *     its settings or inputs; names the node, its file and a remedy
     */
    public static Preparation of(final Workflow workflow, final NodeCatalogue catalogue, final Changes changes)
            throws RunnerFailed {
        changes.check(workflow);
        final Preparation preparation = new Preparation(workflow, changes);
        for (NodeEntry entry : Topology.order(workflow)) {
            preparation.nodes.put(
                    entry.id(), new NodeRun(entry, catalogue.create(workflow, entry), preparation.nodes.size() + 1));
        }
        for (NodeRun node : preparation.nodes.values()) {
            preparation.checkConnections(node);
        }
        for (NodeRun node : preparation.nodes.values()) {
            preparation.configure(node, preparation.specsFromConfigure(node));
        }
        return preparation;
    }

    public Workflow workflow() {
        return workflow;
    }

    /** Further changes for the execution; settings were checked without them. */
    public void change(final List<SettingChange> settings) {
        changes = changes.with(settings);
    }

    /** Workflow variables with the values of this run. */
    public Map<String, Variable> workflowVariables() {
        return workflowVariables;
    }

    /** The nodes in an order in which they can run. */
    public List<NodeRun> nodes() {
        return List.copyOf(nodes.values());
    }

    public NodeRun node(final int id) {
        return nodes.get(id);
    }

    private void checkConnections(final NodeRun node) throws RunnerFailed {
        final List<Port> inputs = node.node().inputs();
        final boolean[] connected = new boolean[inputs.size()];
        for (Connection connection : workflow.into(node.entry().id())) {
            if (connection.variablesOnly()) {
                continue;
            }
            final NodeRun source = nodes.get(connection.source());
            final int out = connection.sourcePort() - 1;
            final int in = connection.targetPort() - 1;
            if (out >= source.node().outputs().size() || in >= inputs.size()) {
                throw unreadable(
                        node,
                        "A connection from port " + connection.sourcePort() + " of "
                                + source.entry().title() + " to port " + connection.targetPort()
                                + " names a port that does not exist");
            }
            if (!inputs.get(in).accepts(source.node().outputs().get(out))) {
                throw unreadable(
                        node,
                        "Port \"" + source.node().outputs().get(out).name() + "\" of "
                                + source.entry().title() + " does not fit port \""
                                + inputs.get(in).name() + "\"");
            }
            connected[in] = true;
        }
        for (int i = 0; i < connected.length; i++) {
            if (!connected[i] && !inputs.get(i).optional()) {
                throw new RunnerFailed(
                        ExitCode.NOT_CONFIGURED,
                        "Input port " + (i + 1) + " (\"" + inputs.get(i).name() + "\") is not connected",
                        where(node),
                        "connect it in KNIME");
            }
        }
    }

    private List<Object> specsFromConfigure(final NodeRun node) {
        return gather(node, (source, port) -> source.specs().get(port));
    }

    /** One thing for each input of a node, fetched from the outputs connected to it; null where unconnected. */
    <T> List<T> gather(final NodeRun node, final java.util.function.BiFunction<NodeRun, Integer, T> fetch) {
        final List<T> inputs = new ArrayList<>();
        node.node().inputs().forEach(port -> inputs.add(null));
        for (Connection connection : workflow.into(node.entry().id())) {
            if (!connection.variablesOnly()) {
                inputs.set(
                        connection.targetPort() - 1,
                        fetch.apply(nodes.get(connection.source()), connection.sourcePort() - 1));
            }
        }
        return inputs;
    }

    /** Resolves settings and configures one node. */
    void configure(final NodeRun node, final List<Object> specs) throws RunnerFailed {
        final Map<String, Variable> arriving = arriving(node);
        final NodeEntry entry = node.entry();
        final ConfigGroup settings =
                entry.model().map(ConfigGroup::copy).orElseGet(() -> node.node().defaults());
        changes.apply(settings, entry);
        try {
            final List<Variable> exposed = entry.overrides().isPresent()
                    ? Overrides.apply(settings, entry.overrides().get(), arriving)
                    : List.of();
            node.node().load(settings);
            final boolean known = knownWhereConnected(node, specs);
            final List<Object> outgoing = known ? node.node().configure(specs) : unknown(node);
            exposed.forEach(variable -> arriving.put(variable.name(), variable));
            node.configured(settings, arriving, outgoing);
        } catch (NodeProblem e) {
            throw refused(node, e);
        }
    }

    private boolean knownWhereConnected(final NodeRun node, final List<Object> specs) {
        for (Connection connection : workflow.into(node.entry().id())) {
            if (!connection.variablesOnly() && specs.get(connection.targetPort() - 1) == null) {
                return false;
            }
        }
        return true;
    }

    private static List<Object> unknown(final NodeRun node) {
        return Arrays.asList(new Object[node.node().outputs().size()]);
    }

    /** Variables that reach a node: those of the first port win, workflow variables come last. */
    private Map<String, Variable> arriving(final NodeRun node) {
        final Map<String, Variable> arriving = new LinkedHashMap<>();
        for (Connection connection : workflow.into(node.entry().id())) {
            nodes.get(connection.source()).variables().forEach(arriving::putIfAbsent);
        }
        workflowVariables.forEach(arriving::putIfAbsent);
        return arriving;
    }

    /** What the command line asks for without effect, a sentence each. */
    public List<String> withoutEffect() {
        final boolean nowhere = changes.device().isPresent()
                && nodes.values().stream().noneMatch(node -> Changes.hasDevice(node.settings()));
        return nowhere
                ? List.of("--device " + changes.device().get()
                        + " has no effect: no node of this workflow has a device setting.")
                : List.of();
    }

    private RunnerFailed refused(final NodeRun node, final NodeProblem problem) {
        final String details = problem.details().isEmpty() ? "" : ": " + String.join("; ", problem.details());
        final Set<String> used = node.entry().overrides().map(Overrides::used).orElse(Set.of());
        final List<String> options = changes.optionsFor(node.entry(), used);
        final String file = node.entry().settingsFile().toString();
        return new RunnerFailed(
                ExitCode.NOT_CONFIGURED,
                node.entry().title() + ": " + problem.getMessage() + details,
                options.isEmpty() ? file : String.join(", ", options) + ", and " + file,
                problem.remedies().isEmpty()
                        ? options.isEmpty()
                                ? "change the node's settings or what is connected to it"
                                : "change the option, the node's settings or what is connected to it"
                        : String.join("; ", problem.remedies()),
                problem);
    }

    private RunnerFailed unreadable(final NodeRun node, final String what) {
        return RunnerFailed.unreadable(what, where(node), "open the workflow in KNIME and connect the ports again");
    }

    private String where(final NodeRun node) {
        return node.entry().title() + " in " + workflow.file();
    }
}
