package org.selfdiff.headless.runner.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** The folder may hold a trained model, or belong to a run that goes on. */
    @Test
    void whatAnotherRunLeftIsNotTouched() throws IOException, RunnerFailed {
        for (String old : List.of("run.partial", "run-failed", "run-cancelled")) {
            Files.createDirectories(temp.resolve(old).resolve("model"));
        }
        final ResultsFolder folder = ResultsFolder.create(temp.resolve("run"));
        assertEquals(temp.resolve("run.partial-2"), folder.place());
        assertTrue(folder.notes().get(0).contains("run.partial is there already"), folder.notes()::toString);
        assertEquals(temp.resolve("run-failed-2"), folder.finish(ExitCode.NODE_FAILED));
        assertEquals(temp.resolve("run-cancelled-2"), finished(ExitCode.CANCELLED));
        assertEquals(temp.resolve("run-cancelled-3"), finished(ExitCode.CANCELLED));
        ResultsFolder.create(temp.resolve("run")).discard();
        for (String old : List.of("run.partial", "run-failed", "run-cancelled")) {
            assertTrue(Files.exists(temp.resolve(old).resolve("model")), old);
        }
        assertFalse(Files.exists(temp.resolve("run.partial-2")));
    }

    private Path finished(final ExitCode how) throws IOException, RunnerFailed {
        return ResultsFolder.create(temp.resolve("run")).finish(how);
    }

    @Test
    void twoRunsAtOnceKeepWhatEachMade() throws IOException, RunnerFailed {
        final ResultsFolder one = ResultsFolder.create(temp.resolve("run"));
        final ResultsFolder two = ResultsFolder.create(temp.resolve("run"));
        Files.writeString(one.place().resolve("a.txt"), "one");
        Files.writeString(two.place().resolve("a.txt"), "two");
        assertEquals("two", Files.readString(two.finish(ExitCode.OK).resolve("a.txt")));
        final Path second = one.finish(ExitCode.OK);
        assertEquals(temp.resolve("run-2"), second);
        assertEquals("one", Files.readString(second.resolve("a.txt")));
        assertEquals("two", Files.readString(temp.resolve("run/a.txt")));
    }

    @Test
    void anEmptyFolderMayBeNamed() throws IOException, RunnerFailed {
        Files.createDirectory(temp.resolve("run"));
        assertEquals(temp.resolve("run"), finished(ExitCode.OK));
        Files.createDirectory(temp.resolve("run-failed"));
        ResultsFolder.delete(temp.resolve("run"));
        assertEquals(temp.resolve("run-failed-2"), finished(ExitCode.NODE_FAILED));
    }

    @Test
    void aFolderInPlaceSaysThatItIsNotComplete() throws IOException, RunnerFailed {
        final Path wanted = temp.resolve("run");
        final ResultsFolder folder = ResultsFolder.inPlace(wanted);
        assertEquals(wanted, folder.place());
        final String mark = Files.readString(wanted.resolve(ResultsFolder.UNFINISHED));
        assertTrue(mark.contains("process " + ProcessHandle.current().pid()), mark);
        assertThrows(RunnerFailed.class, () -> ResultsFolder.inPlace(wanted));
        assertEquals(wanted, folder.finish(ExitCode.OK));
        assertFalse(Files.exists(wanted.resolve(ResultsFolder.UNFINISHED)));
        ResultsFolder.delete(wanted);
        assertEquals(temp.resolve("run-failed"), ResultsFolder.inPlace(wanted).finish(ExitCode.NODE_FAILED));
        assertFalse(Files.exists(wanted));
    }
}
