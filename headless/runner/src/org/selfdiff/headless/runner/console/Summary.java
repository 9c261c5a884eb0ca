package org.selfdiff.headless.runner.console;

import java.io.PrintStream;
import java.util.List;
import org.selfdiff.headless.runner.execute.NodeProblem;
import org.selfdiff.headless.runner.execute.NodeRun;

/** The table at the end: node, state, time, warning; then what went wrong, with remedies. */
public final class Summary {
    private final PrintStream out;

    /** Prints to that stream. */
    public Summary(final PrintStream out) {
        this.out = out;
    }

    /** Prints the table of all nodes. */
    public void print(final List<NodeRun> nodes) {
        int name = "Node".length();
        int state = "State".length();
        for (NodeRun node : nodes) {
            name = Math.max(name, node.entry().title().length());
            state = Math.max(state, node.state().text().length());
        }
        out.println();
        line("Node", "State", "Time", "Warning", name, state);
        for (NodeRun node : nodes) {
            final String time = node.seconds() == 0 ? "-" : ProgressLine.duration(node.seconds());
            line(node.entry().title(), node.state().text(), time, warning(node), name, state);
        }
        out.println();
    }

    private void line(
            final String node,
            final String state,
            final String time,
            final String warning,
            final int nodeWidth,
            final int stateWidth) {
        final String left = ProgressLine.padded(node, nodeWidth) + "  " + ProgressLine.padded(state, stateWidth) + "  ";
        out.println(("  " + left + ProgressLine.padded(time, 7) + "  " + warning).stripTrailing());
    }

    private static String warning(final NodeRun node) {
        return node.warning().map(text -> text.replaceAll("\\s*\\R\\s*", "; ")).orElse("");
    }

    /** Prints the problems of nodes that failed. */
    public void printProblems(final List<NodeRun> nodes) {
        for (NodeRun node : nodes) {
            node.problem().filter(problem -> !problem.isCancelled()).ifPresent(problem -> print(node, problem));
        }
    }

    private void print(final NodeRun node, final NodeProblem problem) {
        out.println(node.entry().title() + " failed: " + problem.getMessage());
        // Our own nodes repeat what, where and remedy in their summary: say nothing twice.
        print("where:  ", problem.details(), problem.getMessage());
        print("remedy: ", problem.remedies(), problem.getMessage());
        out.println();
    }

    private void print(final String label, final List<String> texts, final String said) {
        texts.stream().filter(text -> !said.contains(text)).forEach(text -> out.println("  " + label + text));
    }
}
