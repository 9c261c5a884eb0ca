package org.selfdiff.headless.runner.execute;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.workflow.Connection;

/** Executes a prepared workflow: a node starts as soon as all that it depends on is done and a thread is free. */
public final class WorkflowRun {
    /** How long running nodes may take to notice that they were cancelled before they are left behind. */
    private static final long GRACE_MILLISECONDS = 1500;

    private final Preparation prepared;

    private final RunObserver observer;

    private final OutputSink sink;

    private final CancelFlag cancel;

    private final Map<Integer, Integer> waitingFor = new HashMap<>();

    private final Map<Integer, Integer> neededBy = new HashMap<>();

    private int running;

    private volatile IOException unwritable;

    /** A run that has not begun. */
    public WorkflowRun(
            final Preparation prepared, final RunObserver observer, final OutputSink sink, final CancelFlag cancel) {
        this.prepared = prepared;
        this.observer = observer;
        this.sink = sink;
        this.cancel = cancel;
    }

    /**
     * Runs until nothing more can run, or until cancelled. A node that fails stops only what depends on it.
     *
     * @param threads how many nodes may run at once, at least 1
     * @return {@code OK}, {@code NODE_FAILED} or {@code CANCELLED}
     * @throws RunnerFailed when results could not be written
     */
    public ExitCode execute(final int threads) throws RunnerFailed {
        final ExecutorService pool = Executors.newFixedThreadPool(threads, WorkflowRun::daemon);
        try {
            begin(pool);
            if (awaitEnd()) {
                leaveBehind();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel.raise();
        } finally {
            pool.shutdown();
        }
        if (unwritable != null) {
            throw new RunnerFailed(
                    ExitCode.RESULTS_UNWRITABLE,
                    "The results could not be written: " + unwritable.getMessage(),
                    sink.place().toString(),
                    "free some space or name another folder with --out",
                    unwritable);
        }
        return outcome();
    }

    private static Thread daemon(final Runnable work) {
        final Thread thread = new Thread(work, "node");
        thread.setDaemon(true);
        return thread;
    }

    private synchronized void begin(final ExecutorService pool) {
        for (NodeRun node : prepared.nodes()) {
            waitingFor.put(
                    node.entry().id(),
                    prepared.workflow().into(node.entry().id()).size());
        }
        for (Connection connection : prepared.workflow().connections()) {
            neededBy.merge(connection.source(), 1, Integer::sum);
        }
        for (NodeRun node : prepared.nodes()) {
            if (waitingFor.get(node.entry().id()) == 0) {
                submit(node, pool);
            }
        }
    }

    private synchronized void submit(final NodeRun node, final ExecutorService pool) {
        running++;
        pool.execute(() -> {
            try {
                if (!cancel.isRaised()) {
                    run(node);
                }
            } finally {
                ended(node, pool);
            }
        });
    }

    private void run(final NodeRun node) {
        node.started();
        observer.started(node);
        NodeState state = NodeState.FAILED;
        NodeProblem problem = null;
        try {
            final List<Output> inputs =
                    prepared.gather(node, (source, port) -> source.outputs().get(port));
            // Specifications of real data may say more than those that configure promised.
            prepared.configure(node, prepared.gather(node, (source, port) -> source.outputs()
                    .get(port)
                    .spec()));
            node.executed(node.node().execute(inputs, sink.folder(node), watch(node)));
            if (cancel.isRaised()) {
                throw NodeProblem.stopped();
            }
            node.saved(sink.save(node));
            state = NodeState.EXECUTED;
        } catch (NodeProblem e) {
            problem = e;
            state = e.isCancelled() ? NodeState.CANCELLED : NodeState.FAILED;
        } catch (RunnerFailed e) {
            problem = NodeProblem.of(e.what(), e.remedy());
        } catch (IOException e) {
            problem = NodeProblem.of("Results cannot be written: " + e.getMessage(), "free some space");
            unwritable = e;
            cancel.raise();
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
            problem = NodeProblem.of("The node broke: " + e, List.of(), List.of("please report it"), e);
        }
        if (node.finished(state, problem)) {
            observer.finished(node);
        }
    }

    private NodeWatch watch(final NodeRun node) {
        return new NodeWatch() {
            @Override
            public void progress(final double fraction, final String message) {
                node.reported(fraction, message);
                observer.progressed(node);
            }

            @Override
            public boolean cancelled() {
                return cancel.isRaised();
            }
        };
    }

    private synchronized void ended(final NodeRun node, final ExecutorService pool) {
        running--;
        if (node.state() == NodeState.EXECUTED) {
            release(node);
            for (Connection connection : prepared.workflow().connections()) {
                if (connection.source() == node.entry().id()
                        && waitingFor.merge(connection.target(), -1, Integer::sum) == 0
                        && !cancel.isRaised()) {
                    submit(prepared.node(connection.target()), pool);
                }
            }
        }
        notifyAll();
    }

    /** Lets go of outputs that nobody will ask for any more, so that tables and models do not pile up. */
    private void release(final NodeRun node) {
        if (neededBy.getOrDefault(node.entry().id(), 0) == 0) {
            node.release();
        }
        for (Connection connection : prepared.workflow().into(node.entry().id())) {
            if (neededBy.merge(connection.source(), -1, Integer::sum) == 0) {
                prepared.node(connection.source()).release();
            }
        }
    }

    /** Waits for the last node; true when cancelled nodes are still running after their grace. */
    private synchronized boolean awaitEnd() throws InterruptedException {
        long cancelledAt = 0;
        while (running > 0) {
            if (cancel.isRaised()) {
                final long now = System.nanoTime();
                cancelledAt = cancelledAt == 0 ? now : cancelledAt;
                if ((now - cancelledAt) / 1_000_000 > GRACE_MILLISECONDS) {
                    return true;
                }
            }
            wait(50);
        }
        return false;
    }

    private void leaveBehind() {
        for (NodeRun node : prepared.nodes()) {
            if (node.finished(NodeState.CANCELLED, NodeProblem.stopped())) {
                observer.finished(node);
            }
        }
    }

    private ExitCode outcome() {
        boolean failed = false;
        boolean complete = true;
        for (NodeRun node : prepared.nodes()) {
            failed |= node.state() == NodeState.FAILED;
            complete &= node.state() == NodeState.EXECUTED;
        }
        if (complete) {
            return ExitCode.OK;
        }
        return failed && !cancel.isRaised() ? ExitCode.NODE_FAILED : ExitCode.CANCELLED;
    }
}
