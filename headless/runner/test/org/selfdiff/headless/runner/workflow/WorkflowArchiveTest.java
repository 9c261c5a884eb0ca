package org.selfdiff.headless.runner.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.headless.runner.RunnerFailed;

class WorkflowArchiveTest {
    @TempDir
    Path temp;

    private Path into;

    @BeforeEach
    void aFolder() throws IOException {
        into = Files.createDirectory(temp.resolve("into"));
    }

    private Path zip(final String... names) throws IOException {
        final Path file = temp.resolve("flow.knwf");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                if (!name.endsWith("/")) {
                    zip.write(name.getBytes(StandardCharsets.UTF_8));
                }
                zip.closeEntry();
            }
        }
        return file;
    }

    @Test
    void unpacksTheTopFolder() throws IOException, RunnerFailed {
        final Path folder =
                WorkflowArchive.unpack(zip("Flow/", "Flow/workflow.knime", "Flow/A (#1)/settings.xml"), into);
        assertEquals(into.resolve("Flow"), folder);
        assertEquals("Flow/A (#1)/settings.xml", Files.readString(folder.resolve("A (#1)/settings.xml")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.txt", "Flow/../../evil.txt", "/tmp/../evil.txt", "..\\evil.txt"})
    void entriesThatPointOutsideAreRefused(final String name) throws IOException {
        final Path archive = zip("Flow/workflow.knime", name);
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> WorkflowArchive.unpack(archive, into));
        assertTrue(e.what().contains("points outside"), e.what());
        assertFalse(Files.exists(temp.resolve("evil.txt")));
        assertFalse(Files.exists(temp.resolve("into/evil.txt")));
    }

    @Test
    void whatIsNoZipIsRefused() throws IOException {
        final Path file = Files.writeString(temp.resolve("text.knwf"), "no zip at all");
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> WorkflowArchive.unpack(file, into));
        assertTrue(e.what().contains("not a zip"), e.what());
    }

    @Test
    void severalWorkflowsAreRefused() throws IOException {
        final Path archive = zip("A/workflow.knime", "B/workflow.knime");
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> WorkflowArchive.unpack(archive, into));
        assertTrue(e.what().contains("several workflows"), e.what());
    }

    @Test
    void anArchiveWithoutWorkflowIsRefused() throws IOException {
        final Path archive = zip("Flow/readme.txt");
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> WorkflowArchive.unpack(archive, into));
        assertTrue(e.what().contains("workflow.knime"), e.what());
    }
}
