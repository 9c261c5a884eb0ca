package org.selfdiff.headless.runner.console;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.selfdiff.headless.runner.execute.NodeRun;
import org.selfdiff.headless.runner.execute.NodeState;
import org.selfdiff.headless.runner.execute.RunObserver;

/**
 * Shows a run while it goes on. On a terminal the running nodes have a bar each that is redrawn in place, below the
 * finished ones; elsewhere each node prints a line when it starts, when it ends, and at most every ten seconds between.
 */
public final class ProgressView implements RunObserver {
    private static final long REDRAW_NANOS = 100_000_000L;

    private static final long LINE_NANOS = 10_000_000_000L;

    private static final String UP = "\u001b[%dA";

    private static final String CLEAR_LINE = "\u001b[2K";

    private final Terminal terminal;

    private final boolean quiet;

    private final int nameWidth;

    private final LongSupplier nanoClock;

    private final Set<NodeRun> running = new LinkedHashSet<>();

    private final Map<NodeRun, Long> lastLine = new HashMap<>();

    private int drawn;

    private long drawnAt;

    /** A view of these nodes. */
    public ProgressView(final Terminal terminal, final List<NodeRun> nodes, final boolean quiet) {
        this(terminal, nodes, quiet, System::nanoTime);
    }

    ProgressView(
            final Terminal terminal, final List<NodeRun> nodes, final boolean quiet, final LongSupplier nanoClock) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.nanoClock = nanoClock;
        this.nameWidth = nodes.stream()
                .mapToInt(node -> node.entry().title().length())
                .max()
                .orElse(0);
    }

    @Override
    public synchronized void started(final NodeRun node) {
        running.add(node);
        lastLine.put(node, nanoClock.getAsLong());
        if (terminal.interactive()) {
            redraw(true);
        } else {
            print("  " + ProgressLine.padded(node.entry().title(), nameWidth) + " started");
        }
    }

    @Override
    public synchronized void progressed(final NodeRun node) {
        if (!running.contains(node)) {
            return;
        }
        final long now = nanoClock.getAsLong();
        if (terminal.interactive()) {
            redraw(false);
        } else if (now - lastLine.get(node) >= LINE_NANOS) {
            lastLine.put(node, now);
            print(ProgressLine.plain(node, nameWidth));
        }
    }

    @Override
    public synchronized void finished(final NodeRun node) {
        running.remove(node);
        final String line = "  " + ProgressLine.padded(node.entry().title(), nameWidth) + " " + sign(node)
                + node.state().text() + ", " + ProgressLine.duration(node.seconds());
        if (terminal.interactive() && !quiet) {
            erase();
            terminal.out().println(ProgressLine.cut(line, terminal.columns() - 1));
            redraw(true);
        } else {
            print(line);
        }
    }

    private String sign(final NodeRun node) {
        if (!terminal.unicode()) {
            return "";
        }
        return node.state() == NodeState.EXECUTED ? "✔ " : "✘ ";
    }

    private void redraw(final boolean now) {
        final long time = nanoClock.getAsLong();
        if (quiet || !now && time - drawnAt < REDRAW_NANOS) {
            return;
        }
        drawnAt = time;
        erase();
        for (NodeRun node : running) {
            terminal.out().println(ProgressLine.bar(node, nameWidth, terminal));
        }
        drawn = running.size();
        terminal.out().flush();
    }

    private void erase() {
        if (drawn > 0) {
            terminal.out().printf(Locale.ROOT, UP, drawn);
            for (int i = 0; i < drawn; i++) {
                terminal.out().println(CLEAR_LINE);
            }
            terminal.out().printf(Locale.ROOT, UP, drawn);
            drawn = 0;
        }
    }

    private void print(final String line) {
        if (!quiet) {
            terminal.out().println(line);
            terminal.out().flush();
        }
    }
}
