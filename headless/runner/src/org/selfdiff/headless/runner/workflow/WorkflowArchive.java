package org.selfdiff.headless.runner.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.selfdiff.headless.runner.RunnerFailed;

/** Unpacks a {@code .knwf} file: a zip with one top folder that holds the workflow. */
public final class WorkflowArchive {
    /** More than this is not a workflow but a bomb. */
    private static final long MOST_BYTES = 8L << 30;

    private static final int MOST_ENTRIES = 200_000;

    private WorkflowArchive() {}

    /**
     * Unpacks an archive.
     *
     * @param archive the {@code .knwf} file
     * @param into an empty folder
     * @return the folder that holds {@code workflow.knime}
     * @throws RunnerFailed when it is no zip, when an entry points outside of {@code into}, when it is too large, or
     *     when it holds no workflow or several
     */
    public static Path unpack(final Path archive, final Path into) throws RunnerFailed, IOException {
        if (!Files.isRegularFile(archive)) {
            throw RunnerFailed.unreadable("Workflow not found", archive.toString(), "check the file's name");
        }
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw refused("more than " + MOST_ENTRIES + " entries", archive);
            }
            long bytes = 0;
            final Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                final ZipEntry entry = entries.nextElement();
                final Path target = into.resolve(entry.getName()).normalize();
                final Path parent = target.getParent();
                if (parent == null
                        || !target.startsWith(into.normalize())
                        || entry.getName().contains("\\")) {
                    throw refused("the entry \"" + entry.getName() + "\" points outside of the archive", archive);
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(parent);
                    bytes += copy(zip, entry, target, MOST_BYTES - bytes, archive);
                }
            }
        } catch (ZipException e) {
            throw refused("not a zip file (" + e.getMessage() + ")", archive);
        }
        return workflowFolder(into, archive);
    }

    private static long copy(
            final ZipFile zip, final ZipEntry entry, final Path target, final long most, final Path archive)
            throws IOException, RunnerFailed {
        // The declared size can lie, so the bytes are counted as they come.
        try (InputStream in = zip.getInputStream(entry);
                java.io.OutputStream out = Files.newOutputStream(target)) {
            final byte[] buffer = new byte[1 << 16];
            long copied = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                copied += n;
                if (copied > most) {
                    throw refused("it unpacks to more than " + (MOST_BYTES >> 30) + " GiB", archive);
                }
                out.write(buffer, 0, n);
            }
            return copied;
        }
    }

    private static Path workflowFolder(final Path into, final Path archive) throws IOException, RunnerFailed {
        if (Files.isRegularFile(into.resolve(WorkflowReader.WORKFLOW_FILE))) {
            return into;
        }
        try (Stream<Path> tops = Files.list(into)) {
            final java.util.List<Path> workflows = tops.filter(
                            top -> Files.isRegularFile(top.resolve(WorkflowReader.WORKFLOW_FILE)))
                    .toList();
            if (workflows.size() == 1) {
                return workflows.get(0);
            }
            throw refused(
                    workflows.isEmpty()
                            ? "no folder in it holds " + WorkflowReader.WORKFLOW_FILE
                            : "it holds several workflows; unpack it and name one",
                    archive);
        }
    }

    private static RunnerFailed refused(final String why, final Path archive) {
        return RunnerFailed.unreadable(
                "The archive is refused: " + why, archive.toString(), "export the workflow again in KNIME");
    }
}
