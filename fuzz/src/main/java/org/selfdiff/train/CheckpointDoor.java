package org.selfdiff.train;

import java.nio.file.Path;
import java.util.Map;
import org.selfdiff.run.RunFailed;

/** Lets the fuzzer read a checkpoint, which only a training does otherwise. */
public final class CheckpointDoor {
    private CheckpointDoor() {}

    /** Reads the checkpoint of a training, and the log in it, as a training does that resumes. */
    public static void read(final Path file, final Map<String, String> request) throws RunFailed {
        new CheckpointFile(file, request)
                .read()
                .ifPresent(checkpoint -> checkpoint.log(new LearningRate(1e-4, 0, 100, 1)));
    }
}
