package org.selfdiff.stages.encoders;

import java.nio.file.Files;
import java.nio.file.Path;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelFile;
import org.selfdiff.run.RunFailed;

/** Writes a model to a file that the user names: whole or not at all. */
public final class WriteModel {
    private WriteModel() {}

    /**
     * What is asked for.
     *
     * @param model the model's file
     * @param file where it goes; its folder is made if need be
     * @param overwrite whether a file that is there is replaced
     */
    public record Request(Path model, Path file, boolean overwrite) {}

    /**
     * Runs the stage.
     *
     * @return the card of what was written
     * @throws RunFailed when the model is damaged, the file is there and is not to be replaced, or cannot be written
     */
    public static ModelCard run(final Request request) throws RunFailed {
        requireFree(request.file, request.overwrite);
        return ModelFile.copy(request.model, request.file);
    }

    /** Refuses a file that is there and is not to be replaced, and a folder. */
    public static void requireFree(final Path file, final boolean overwrite) throws RunFailed {
        if (Files.isDirectory(file)) {
            throw new RunFailed("There is a folder of that name", file.toString(), "Name a file in it.");
        }
        if (!overwrite && Files.exists(file)) {
            throw new RunFailed(
                    "There is a file of that name already",
                    file.toString(),
                    "Choose another name, or choose that it is replaced.");
        }
    }
}
