package org.selfdiff.headless.runner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.execute.Changes;
import org.selfdiff.headless.runner.workflow.WorkflowReader;

/**
 * Copies the folder of a workflow, without what earlier runs have left in its {@code data/}: slides, pictures and tiles
 * that nodes of this extension write anew, and that may be gigabytes. A folder that anything else in the workflow or on
 * the command line might name is copied, and so are checkpoints and all else in {@code data/}, which may be inputs.
 */
final class WorkflowCopy {
    private WorkflowCopy() {}

    /**
     * Copies.
     *
     * @param folder of the workflow
     * @param target must not exist
     * @return folders that were left out, relative to the workflow
     */
    static Set<Path> of(final Path folder, final Path target, final Changes changes) throws RunnerFailed, IOException {
        final Set<Path> left = new TreeSet<>(
                WrittenFolders.of(WorkflowReader.read(folder), changes).values());
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.map(folder::relativize)
                    .filter(file -> left.stream().noneMatch(file::startsWith))
                    .toList();
        }
        for (Path file : files) {
            Files.copy(folder.resolve(file), target.resolve(file.toString()));
        }
        left.removeIf(path -> !Files.exists(folder.resolve(path)));
        return left;
    }
}
