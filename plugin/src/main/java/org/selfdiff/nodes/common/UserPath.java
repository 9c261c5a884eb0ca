package org.selfdiff.nodes.common;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import org.knime.core.util.FileUtil;
import org.selfdiff.run.RunFailed;

/**
 * A file or folder as a user writes it into a dialog or a table: an absolute path, a {@code knime://} or {@code file:} URL, or a path
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
        return at(text, "setting \"" + setting + "\"");
    }

    /**
     * The same for the cell of a table.
     *
     * @param text of the cell
     * @param column name of its column
     * @param row key of its row
     * @throws RunFailed as {@link #resolve}, naming row and column
     */
    static Path inCell(final String text, final String column, final String row) throws RunFailed {
        return at(text, "column \"" + column + "\" of row \"" + row + "\"");
    }

    static Path at(final String text, final String where) throws RunFailed {
        final String trimmed = text.trim();
        try {
            if (trimmed.matches("[A-Za-z]{2,}:.*")) {
                return local(trimmed, where, FileUtil.toURL(trimmed));
            }
            final Path path = Path.of(trimmed);
            if (path.isAbsolute()) {
                return path.normalize();
            }
            final String relative = "/" + path.normalize().toString().replace('\\', '/');
            return local(trimmed, where, FileUtil.toURL(new URI("knime", WORKFLOW, relative, null).toASCIIString()));
        } catch (IllegalArgumentException | URISyntaxException | IOException e) {
            if (!Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
                    .newEncoder()
                    .canEncode(trimmed)) {
                throw new RunFailed(
                        "\"" + trimmed + "\" has letters that file names do not have in this system's locale",
                        where,
                        "Start KNIME in a UTF-8 locale, for instance with LC_ALL=C.UTF-8, or rename files and folders.",
                        e);
            }
            throw new RunFailed(
                    "\"" + trimmed + "\" cannot be resolved to a local path: " + e.getMessage(),
                    where,
                    "Give an absolute path, a path relative to the workflow, or knime://knime.workflow/....",
                    e);
        }
    }

    /**
     * Resolves what the user wrote, if he wrote anything.
     *
     * @throws RunFailed as {@link #resolve}
     */
    public static Optional<Path> ifGiven(final String text, final String setting) throws RunFailed {
        return text.isBlank() ? Optional.empty() : Optional.of(resolve(text, setting));
    }

    /** KNIME gives {@code null} for a URL that leads to another machine. */
    private static Path local(final String text, final String where, final URL url)
            throws RunFailed, IOException, URISyntaxException {
        final Path path = FileUtil.resolveToPath(url);
        if (path == null) {
            throw new RunFailed(
                    "\"" + text + "\" is not on this machine",
                    where,
                    "Give a local file or folder: an absolute path, one relative to the workflow, or"
                            + " knime://knime.workflow/....");
        }
        return path;
    }
}
