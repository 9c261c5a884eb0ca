package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.message.Message;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * The bridge between a KNIME node's execution and a stage: progress and cancel go down, warnings and failures come up in
 * KNIME's own form, with what is wrong, where, and what to do about it kept apart.
 */
public final class NodeRun implements RunControl {

    /** What a node does when it executes. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run(RunControl control) throws RunFailed, RunCancelled, CanceledExecutionException;
    }

    private static final int MOST_WARNINGS = 12;

    private final ExecutionMonitor monitor;

    private final Set<String> warnings = new LinkedHashSet<>();

    private NodeRun(final ExecutionMonitor monitor) {
        this.monitor = monitor;
    }

    /**
     * Runs a node's work.
     *
     * @param monitor the node's progress and cancel flag
     * @param warning where the node's warning message goes; called once at most
     * @param work the work
     * @throws CanceledExecutionException the user cancelled
     * @throws KNIMEException the work failed, with issue and resolution
     */
    public static void execute(final ExecutionMonitor monitor, final Consumer<String> warning, final Work work)
            throws CanceledExecutionException, KNIMEException {
        final NodeRun run = new NodeRun(monitor);
        try {
            work.run(run);
        } catch (RunCancelled cancelled) {
            final CanceledExecutionException e = new CanceledExecutionException();
            e.initCause(cancelled);
            throw e;
        } catch (RunFailed failure) {
            throw KNIMEException.of(
                    Message.builder()
                            .withSummary(failure.getMessage())
                            .addTextIssue(failure.what() + " (" + failure.where() + ")")
                            .addResolutions(failure.remedy())
                            .build()
                            .orElseThrow(),
                    failure);
        } finally {
            if (!run.warnings.isEmpty()) {
                warning.accept(run.warnings());
            }
        }
    }

    /** One a line; of very many the first ones, because nobody reads a message of a thousand lines. */
    private synchronized String warnings() {
        final List<String> shown =
                new ArrayList<>(warnings.stream().limit(MOST_WARNINGS).toList());
        if (warnings.size() > MOST_WARNINGS) {
            shown.add("and " + (warnings.size() - MOST_WARNINGS) + " more");
        }
        return String.join("\n", shown);
    }

    @Override
    public boolean isCancelled() {
        try {
            monitor.checkCanceled();
            return false;
        } catch (CanceledExecutionException e) {
            return true;
        }
    }

    @Override
    public void progress(final double fraction, final String message) {
        monitor.setProgress(Math.max(0, Math.min(1, fraction)), message);
    }

    @Override
    public synchronized void warn(final String message) {
        warnings.add(message);
    }
}
