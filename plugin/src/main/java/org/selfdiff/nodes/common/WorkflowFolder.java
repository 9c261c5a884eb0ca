package org.selfdiff.nodes.common;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.knime.core.util.FileUtil;

/**
 * The folder of the workflow that a node works for. Files in it are written into tables relative to it, so that an executed
 * workflow can be moved, renamed and imported elsewhere; {@link UserPath} finds them again.
 *
 * @param place the folder, empty if the node works for none on this machine
 */
public record WorkflowFolder(Optional<Path> place) {
    private static final String SCHEME = "knime";

    private static final String HOST = "knime.workflow";

    /** That of the node whose thread asks. */
    public static WorkflowFolder current() {
        try {
            final Path inside = FileUtil.resolveToPath(FileUtil.toURL(SCHEME + "://" + HOST + "/data"));
            return new WorkflowFolder(Optional.ofNullable(inside)
                    .map(Path::toAbsolutePath)
                    .map(Path::normalize)
                    .map(Path::getParent));
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            return new WorkflowFolder(Optional.empty()); // a node without a workflow
        }
    }

    /** How a file is named in a table: {@code knime://knime.workflow/data/a.png} in the workflow, else its path. */
    public String name(final Path file) {
        final Path absolute = file.toAbsolutePath().normalize();
        if (place.isEmpty() || !absolute.startsWith(place.get()) || absolute.equals(place.get())) {
            return file.toString();
        }
        final String relative = place.get()
                .relativize(absolute)
                .toString()
                .replace(absolute.getFileSystem().getSeparator(), "/");
        try {
            return new URI(SCHEME, HOST, "/" + relative, null).toASCIIString();
        } catch (URISyntaxException e) {
            return file.toString(); // cannot be: all characters are quoted
        }
    }
}
