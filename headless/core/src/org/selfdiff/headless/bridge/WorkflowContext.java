package org.selfdiff.headless.bridge;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The workflow folder that a thread works for; threads that a node starts do not inherit it, as in KNIME. */
public final class WorkflowContext {

    private static final ThreadLocal<Path> FOLDER = new ThreadLocal<>();

    private WorkflowContext() {}

    /** The folder of the workflow that the current thread works for, or {@code null}. */
    public static Path current() {
        return FOLDER.get();
    }

    /** Runs something on behalf of the workflow in the folder ({@code null}: of none). */
    public static <T> T call(Path folder, Callable<T> work) throws Exception {
        Path before = FOLDER.get();
        FOLDER.set(folder);
        try {
            return work.call();
        } finally {
            FOLDER.set(before);
        }
    }
}
