package org.knime.core.util;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.knime.core.node.KNIMEConstants;
import org.selfdiff.headless.bridge.WorkflowContext;

/** Addresses of files: local paths, {@code file:} and {@code knime://knime.workflow/}. */
public final class FileUtil {

    private static final String PROTOCOL = "knime";
    private static final String WORKFLOW = "knime.workflow";

    private FileUtil() {}

    /** Makes an address of an address or a path in text form. */
    public static URL toURL(String urlOrPath) throws MalformedURLException, InvalidPathException {
        if (urlOrPath.startsWith(PROTOCOL + ":")) {
            return new URL(null, urlOrPath, new WorkflowFiles());
        }
        try {
            return new URL(urlOrPath);
        } catch (MalformedURLException e) {
            return Paths.get(urlOrPath).toAbsolutePath().toUri().toURL();
        }
    }

    /**
     * The local path of an address.
     *
     * @return the path, or {@code null} for an address on another machine
     * @throws IOException if the address is relative to a workflow and the thread works for none
     */
    public static Path resolveToPath(URL url) throws IOException, URISyntaxException {
        if ("file".equals(url.getProtocol())) {
            return Paths.get(url.toURI());
        }
        return PROTOCOL.equals(url.getProtocol()) ? resolve(url) : null;
    }

    private static Path resolve(URL url) throws IOException {
        if (!WORKFLOW.equals(url.getHost())) {
            throw new IOException("Only knime://" + WORKFLOW + "/ can be resolved here, not " + url + ".");
        }
        Path folder = WorkflowContext.current();
        if (folder == null) {
            throw new IOException(url + " is relative to a workflow, but this thread does not work for one.");
        }
        try {
            return folder.resolve(decode(url).replaceFirst("^/+", "")).normalize();
        } catch (URISyntaxException e) {
            throw new IOException("Bad address " + url, e);
        }
    }

    // blanks and the like may stand for themselves
    private static String decode(URL url) throws URISyntaxException {
        String path = url.getPath();
        return path.contains("%") ? new URI(path).getPath() : path;
    }

    /** The local file of an address, or {@code null}. */
    public static File getFileFromURL(URL url) {
        try {
            Path path = resolveToPath(url);
            return path == null ? null : path.toFile();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public static File createTempDir(String prefix) throws IOException {
        return Files.createTempDirectory(KNIMEConstants.getKNIMETempPath(), prefix)
                .toFile();
    }

    public static File createTempFile(String prefix, String suffix) throws IOException {
        return Files.createTempFile(KNIMEConstants.getKNIMETempPath(), prefix, suffix)
                .toFile();
    }

    /** Deletes a folder with all that is in it; false if something is left. */
    public static boolean deleteRecursively(File dir) {
        if (!dir.exists()) {
            return true;
        }
        try (Stream<Path> all = Files.walk(dir.toPath())) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public static InputStream openStreamWithTimeout(URL url) throws IOException {
        return url.openStream();
    }

    /** Opens {@code knime:} addresses as the files that they mean. */
    private static final class WorkflowFiles extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            return resolve(url).toUri().toURL().openConnection();
        }
    }
}
