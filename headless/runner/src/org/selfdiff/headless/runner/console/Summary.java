package org.selfdiff.headless.runner.console;

import java.io.PrintStream;
import java.util.List;
import org.selfdiff.headless.runner.execute.NodeProblem;
import org.selfdiff.headless.runner.execute.NodeRun;

/** The table at the end: node, state, time; then each warning on a line; then what went wrong, with remedies. */
public final class Summary {
    private final PrintStream out;

    /** Prints to that stream. */
    public Summary(final PrintStream out) {
        this.out = out;
    }

    /** Prints the table of all nodes, and their warnings below it. */
    public void print(final List<NodeRun> nodes) {
        int name = "Node".length();
        int state = "State".length();
        for (NodeRun node : nodes) {
            name = Math.max(name, node.entry().title().length());
            state = Math.max(state, node.state().text().length());
        }
        out.println();
        line("Node", "State", "Time", name, state);
        for (NodeRun node : nodes) {
            final String time = node.seconds() == 0 ? "-" : ProgressLine.duration(node.seconds());
            line(node.entry().title(), node.state().text(), time, name, state);
        }
        out.println();
        for (NodeRun node : nodes) {
            node.warning().ifPresent(text -> warn(node.entry().title(), text));
        }
    }

    private void warn(final String title, final String text) {
        final List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        out.println(title + (lines.size() == 1 ? " warns:" : " warns " + lines.size() + " times:"));
        lines.forEach(line -> out.println("  " + line));
        out.println();
    }

    private void line(
            final String node, final String state, final String time, final int nodeWidth, final int stateWidth) {
        final String left = ProgressLine.padded(node, nodeWidth) + "  " + ProgressLine.padded(state, stateWidth) + "  ";
        out.println("  " + left + time);
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
