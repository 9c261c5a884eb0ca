package org.selfdiff.headless.runner.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.RunnerFailed;

class ResultsFolderTest {
    @TempDir
    Path temp;

    @Test
    void theFinalNameAppearsOnlyWhenAllIsThere() throws IOException, RunnerFailed {
        final Path wanted = temp.resolve("results/run");
        final ResultsFolder folder = ResultsFolder.create(wanted);
        Files.writeString(folder.place().resolve("a.txt"), "a");
        assertFalse(Files.exists(wanted));
        assertEquals(wanted, folder.finish(ExitCode.OK));
        assertEquals("a", Files.readString(wanted.resolve("a.txt")));
        assertFalse(Files.exists(folder.place()));
    }

    @Test
    void failedAndCancelledRunsKeepOtherNames() throws IOException, RunnerFailed {
        final Path wanted = temp.resolve("run");
        assertEquals(temp.resolve("run-failed"), ResultsFolder.create(wanted).finish(ExitCode.NODE_FAILED));
        assertEquals(temp.resolve("run-cancelled"), ResultsFolder.create(wanted).finish(ExitCode.CANCELLED));
        assertFalse(Files.exists(wanted));
    }

    @Test
    void finishedResultsAreNeverOverwritten() throws IOException, RunnerFailed {
        final Path wanted = temp.resolve("run");
        final ResultsFolder first = ResultsFolder.create(wanted);
        Files.writeString(first.place().resolve("a.txt"), "a");
        first.finish(ExitCode.OK);
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> ResultsFolder.create(wanted));
        assertEquals(ExitCode.RESULTS_UNWRITABLE, e.exitCode());
        assertTrue(Files.exists(wanted.resolve("a.txt")));
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        final Path file = Files.writeString(temp.resolve("file"), "");
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> ResultsFolder.create(file.resolve("run")));
        assertTrue(e.where().endsWith("file/run"), e.where());
        assertTrue(e.remedy().contains("--out"));
    }

    @Test
    void whatAKilledRunLeftIsRemoved() throws IOException, RunnerFailed {
        Files.createDirectories(temp.resolve("run.partial/old"));
        final ResultsFolder folder = ResultsFolder.create(temp.resolve("run"));
        assertFalse(Files.exists(folder.place().resolve("old")));
    }
}
