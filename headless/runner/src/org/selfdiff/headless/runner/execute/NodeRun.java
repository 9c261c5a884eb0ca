package org.selfdiff.headless.runner.execute;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.workflow.NodeEntry;
import org.selfdiff.headless.runner.workflow.Variable;

/** A node of a workflow in one run: its settings, its state, its outputs. Safe to read from any thread. */
public final class NodeRun {
    private static final Pattern DEVICE = Pattern.compile("\\b(?:cpu|cuda:\\d+)\\b(?: \\([^)]*\\))?");

    private final NodeEntry entry;

    private final WorkflowNode node;

    private final int position;

    private volatile ConfigGroup settings;

    private volatile Map<String, Variable> variables = Map.of();

    private volatile List<Object> specs = List.of();

    private volatile NodeState state = NodeState.WAITING;

    private volatile long startedAt;

    private volatile long finishedAt;

    private volatile double fraction = Double.NaN;

    private volatile String message = "";

    private volatile String warning;

    private volatile NodeProblem problem;

    private volatile List<Output> outputs = List.of();

    private volatile List<Path> files = List.of();

    private final Set<String> devices = new ConcurrentSkipListSet<>();

    private volatile List<String> summaries = List.of();

    /**
     * A node that has not run yet.
     *
     * @param position its place in the order of execution, from 1
     */
    public NodeRun(final NodeEntry entry, final WorkflowNode node, final int position) {
        this.entry = entry;
        this.node = node;
        this.position = position;
    }

    public NodeEntry entry() {
        return entry;
    }

    public WorkflowNode node() {
        return node;
    }

    public int position() {
        return position;
    }

    /** The settings with which it runs, overrides applied. */
    public ConfigGroup settings() {
        return settings;
    }

    /** Flow variables as they leave the node. */
    public Map<String, Variable> variables() {
        return variables;
    }

    /** What configure said about the outputs. */
    public List<Object> specs() {
        return specs;
    }

    public NodeState state() {
        return state;
    }

    /** Share of the work done, 0 to 1, or {@code NaN}. */
    public double fraction() {
        return fraction;
    }

    /** What it last said. */
    public String message() {
        return message;
    }

    public Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    public Optional<NodeProblem> problem() {
        return Optional.ofNullable(problem);
    }

    /** What it made; empty once every node that needs it has run. */
    public List<Output> outputs() {
        return outputs;
    }

    /** Files written for its outputs. */
    public List<Path> files() {
        return files;
    }

    /** One line about each output. */
    public List<String> summaries() {
        return summaries;
    }

    /** Devices that it said it uses, with the reason where it gave one. */
    public Set<String> devices() {
        return Set.copyOf(devices);
    }

    /** Seconds it has run so far, or ran. */
    public double seconds() {
        final long start = startedAt;
        final long end = finishedAt == 0 ? System.nanoTime() : finishedAt;
        return start == 0 ? 0 : (end - start) / 1e9;
    }

    void configured(final ConfigGroup resolved, final Map<String, Variable> leaving, final List<Object> outSpecs) {
        settings = resolved;
        variables = leaving;
        specs = java.util.Collections.unmodifiableList(outSpecs);
        warning = node.warning().orElse(null);
    }

    void started() {
        startedAt = System.nanoTime();
        state = NodeState.EXECUTING;
    }

    void reported(final double share, final String text) {
        fraction = share;
        message = text == null ? "" : text;
        noteDevices(message);
    }

    private void noteDevices(final String text) {
        if (text.contains("cpu") || text.contains("cuda")) {
            final Matcher matcher = DEVICE.matcher(text);
            while (matcher.find()) {
                devices.add(matcher.group());
            }
        }
    }

    void executed(final List<Output> made) {
        warning = node.warning().orElse(null);
        summaries = made.stream().map(Output::summary).toList();
        summaries.forEach(this::noteDevices);
        outputs = made;
    }

    /** Ends the node; false where it is not executing (any more). */
    synchronized boolean finished(final NodeState how, final NodeProblem why) {
        if (state != NodeState.EXECUTING) {
            return false;
        }
        finishedAt = System.nanoTime();
        problem = why;
        state = how;
        return true;
    }

    /** Says which files hold what it made. */
    public void saved(final List<Path> written) {
        files = List.copyOf(written);
    }

    void release() {
        outputs = List.of();
    }
}
