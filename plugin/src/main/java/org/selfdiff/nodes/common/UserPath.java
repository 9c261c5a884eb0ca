package org.selfdiff.nodes.common;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.knime.core.util.FileUtil;
import org.selfdiff.run.RunFailed;

/**
 * A file or folder as a user writes it into a dialog: an absolute path, a {@code knime://} or {@code file:} URL, or a path
 * relative to the folder of the workflow.
 */
public final class UserPath {
    private static final String WORKFLOW = "knime.workflow";

    private UserPath() {}

    /**
     * Resolves what the user wrote.
     *
     * @param text the path or URL, not blank
     * @param setting the dialog's name of the setting, for the error
     * @return a path on this machine's file system; nothing is said about whether it exists
     * @throws RunFailed the text is no path, or KNIME cannot map it to a local file
     */
    public static Path resolve(final String text, final String setting) throws RunFailed {
        final String trimmed = text.trim();
        try {
            if (trimmed.matches("[A-Za-z]{2,}:.*")) {
                return FileUtil.resolveToPath(FileUtil.toURL(trimmed));
            }
            final Path path = Path.of(trimmed);
            if (path.isAbsolute()) {
                return path.normalize();
            }
            final String relative = "/" + path.normalize().toString().replace('\\', '/');
            return FileUtil.resolveToPath(FileUtil.toURL(new URI("knime", WORKFLOW, relative, null).toASCIIString()));
        } catch (InvalidPathException | URISyntaxException | IOException e) {
            throw new RunFailed(
                    "\"" + trimmed + "\" cannot be resolved to a local path: " + e.getMessage(),
                    "setting \"" + setting + "\"",
                    "Give an absolute path, a path relative to the workflow, or knime://knime.workflow/....",
                    e);
        }
    }
}
