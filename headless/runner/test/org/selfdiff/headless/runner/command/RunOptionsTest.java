package org.selfdiff.headless.runner.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.execute.SettingChange;
import org.selfdiff.headless.runner.execute.VariableChange;
import org.selfdiff.headless.runner.workflow.VariableType;

class RunOptionsTest {
    private static final Path HERE = Path.of("/home/me");

    private static RunRequest parse(final String... arguments) throws RunnerFailed {
        return RunOptions.parse(List.of(arguments), HERE);
    }

    @Test
    void shortForms() throws RunnerFailed {
        final RunRequest request = parse(
                "flows/A",
                "--set",
                "images=/data,x=1",
                "--set=4/train/steps=9",
                "--device",
                "cuda:1",
                "--out=res",
                "--threads",
                "3",
                "--quiet");
        assertEquals(Path.of("/home/me/flows/A"), request.workflow());
        assertEquals(
                List.of(new VariableChange("images", "/data,x=1", Optional.empty())),
                request.changes().variables());
        assertEquals(
                List.of(new SettingChange("4", "train/steps", "9", Optional.empty())),
                request.changes().settings());
        assertEquals(Optional.of("cuda:1"), request.changes().device());
        assertEquals(Optional.of(Path.of("/home/me/res")), request.out());
        assertEquals(3, request.threads());
        assertTrue(request.quiet());
        assertTrue(request.save());
    }

    @Test
    void wordsOfTheBatchExecutor() throws RunnerFailed {
        final RunRequest request = parse(
                "-reset",
                "-nosave",
                "-workflowFile=/x/A.knwf",
                "-destDir=/y",
                "-workflow.variable=folder,/a,b,String",
                "-option=3,group/key,1.5,double");
        assertEquals(Path.of("/x/A.knwf"), request.workflow());
        assertEquals(Optional.of(Path.of("/y")), request.out());
        assertFalse(request.save());
        assertEquals(
                List.of(new VariableChange("folder", "/a,b", Optional.of(VariableType.STRING))),
                request.changes().variables());
        assertEquals(
                List.of(new SettingChange("3", "group/key", "1.5", Optional.of(VariableType.DOUBLE))),
                request.changes().settings());
        assertEquals(1, request.notes().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A B",
                "A --nonsense",
                "A --set",
                "A --set name",
                "A --set =3",
                "A --threads 0",
                "A --threads two",
                "A --device gpu",
                "A -workflow.variable=a,b",
                "A -workflow.variable=a,b,Stringy",
                "A -option=1,b,int",
                "A -destFile=x.zip"
            })
    void whatIsNotUnderstoodIsAUsageError(final String line) {
        final String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> parse(arguments));
        assertEquals(ExitCode.USAGE, e.exitCode());
        assertTrue(e.remedy().contains("--help"));
    }

    @Test
    void helpListsEveryExitCode() throws IOException {
        for (ExitCode code : ExitCode.values()) {
            assertTrue(Help.text().contains("  " + code.status() + "  " + code.meaning()), code.name());
        }
    }
}
