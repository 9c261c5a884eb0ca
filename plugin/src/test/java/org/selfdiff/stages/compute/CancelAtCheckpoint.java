package org.selfdiff.stages.compute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.SafeTensors;

/** Cancels a training as soon as it has saved a state of so many steps. */
public final class CancelAtCheckpoint implements RunControl {
    private final Path folder;

    private final int steps;

    private int reached;

    public CancelAtCheckpoint(final Path folder, final int steps) {
        this.folder = folder;
        this.steps = steps;
    }

    /** Steps of the state that was seen last. */
    public int reached() {
        return reached;
    }

    @Override
    public synchronized boolean isCancelled() {
        if (reached >= steps || !Files.isDirectory(folder)) {
            return reached >= steps;
        }
        try (Stream<Path> all = Files.list(folder)) {
            final List<Path> saved = all.filter(f -> f.toString().endsWith(".checkpoint.safetensors"))
                    .toList();
            if (!saved.isEmpty()) {
                try (SafeTensors file = SafeTensors.open(saved.get(0))) {
                    reached = Integer.parseInt(file.metadata().get("selfdiff.step"));
                }
            }
            return reached >= steps;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RunFailed e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void progress(final double fraction, final String message) {
        // not looked at
    }

    @Override
    public void warn(final String message) {
        throw new AssertionError(message);
    }
}
