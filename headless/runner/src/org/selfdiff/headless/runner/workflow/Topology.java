package org.selfdiff.headless.runner.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.selfdiff.headless.runner.RunnerFailed;

/** The order in which nodes can run. */
public final class Topology {
    private Topology() {}

    /**
     * Nodes such that each comes after all that it depends on, smaller ids first; flow-variable connections count.
     *
     * @throws RunnerFailed when connections form a circle; names its nodes
     */
    public static List<NodeEntry> order(final Workflow workflow) throws RunnerFailed {
        final Map<Integer, Integer> waitingFor = new HashMap<>();
        workflow.nodes().forEach(node -> waitingFor.put(node.id(), 0));
        workflow.connections().forEach(connection -> waitingFor.merge(connection.target(), 1, Integer::sum));
        final TreeSet<Integer> ready = new TreeSet<>();
        waitingFor.forEach((id, count) -> {
            if (count == 0) {
                ready.add(id);
            }
        });
        final List<NodeEntry> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            final int id = ready.pollFirst();
            order.add(workflow.node(id));
            waitingFor.remove(id);
            for (Connection connection : workflow.connections()) {
                if (connection.source() == id && waitingFor.merge(connection.target(), -1, Integer::sum) == 0) {
                    ready.add(connection.target());
                }
            }
        }
        if (!waitingFor.isEmpty()) {
            throw circle(workflow, waitingFor.keySet());
        }
        return order;
    }

    /** Walks backwards from any node that never became ready until one repeats: that is the circle. */
    private static RunnerFailed circle(final Workflow workflow, final java.util.Set<Integer> stuck) {
        final List<Integer> walk = new ArrayList<>();
        int id = new TreeSet<>(stuck).first();
        while (!walk.contains(id)) {
            walk.add(0, id);
            final int here = id;
            id = workflow.connections().stream()
                    .filter(connection -> connection.target() == here && stuck.contains(connection.source()))
                    .findFirst()
                    .orElseThrow()
                    .source();
        }
        final List<Integer> loop = new ArrayList<>(walk.subList(0, walk.indexOf(id) + 1));
        loop.add(0, id);
        final String names = loop.stream()
                .map(member -> workflow.node(member).title())
                .reduce((a, b) -> a + " -> " + b)
                .orElse("");
        return RunnerFailed.unreadable(
                "The connections form a circle: " + names,
                workflow.file().toString(),
                "remove one of these connections in KNIME");
    }
}
