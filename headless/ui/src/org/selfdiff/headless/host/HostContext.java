package org.selfdiff.headless.host;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * What a node gets from its surroundings while it executes.
 *
 * @param workflowDir folder of the workflow, which {@code knime://knime.workflow/} addresses are resolved against
 * @param fileStoreDir folder for the files of this node; created when the first file store is
 * @param progress told of every change of the node's progress; called on the node's threads
 * @param cancelled asked at every {@code checkCanceled()}; true stops the node and voids its result
 */
public record HostContext(Path workflowDir, Path fileStoreDir, Progress progress, BooleanSupplier cancelled) {

    /** Listens to a node's progress. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called when the node reports.
         *
         * @param fraction done part from 0 to 1, {@code NaN} as long as the node never said
         * @param message latest message or {@code null}
         */
        void changed(double fraction, String message);
    }

    /** Checks that nothing is missing. */
    public HostContext {
        Objects.requireNonNull(workflowDir, "workflowDir");
        Objects.requireNonNull(fileStoreDir, "fileStoreDir");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(cancelled, "cancelled");
    }

    /**
     * A context without listeners that is never cancelled.
     *
     * @param workflowDir folder of the workflow
     * @param fileStoreDir folder for file stores
     * @return the context
     */
    public static HostContext quiet(Path workflowDir, Path fileStoreDir) {
        return new HostContext(workflowDir, fileStoreDir, (fraction, message) -> {}, () -> false);
    }
}
