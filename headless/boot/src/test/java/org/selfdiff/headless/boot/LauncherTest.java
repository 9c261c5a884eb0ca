package org.selfdiff.headless.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's own commands; nothing here builds. */
@Timeout(60)
class LauncherTest {
    private static final Path ROOT = Path.of(System.getProperty("selfdiff.root", "../.."));

    @TempDir
    Path temp;

    private String text;

    /** Runs it from another folder, through a link. */
    private int launch(final String... arguments) throws IOException, InterruptedException {
        final Path link = temp.resolve("link");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, ROOT.resolve("selfdiff").toAbsolutePath());
        }
        final List<String> command = new ArrayList<>(List.of(link.toString()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .start();
        text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }

    @Test
    void helpNeedsNoBuild() throws IOException, InterruptedException {
        assertEquals(0, launch("--help"));
        assertTrue(text.contains("130  cancelled by Ctrl-C"), text);
        assertEquals(0, launch("run", "--help"));
        assertTrue(text.contains("--set NAME=VALUE"), text);
        assertEquals(0, launch());
    }

    @Test
    void anUnknownCommandIsAUsageError() throws IOException, InterruptedException {
        assertEquals(1, launch("fly"));
        assertTrue(text.contains("Unknown command \"fly\"") && text.contains("remedy:"), text);
    }

    @Test
    void theDoctorFindsWhatThisBuildIsRunningWith() throws IOException, InterruptedException {
        assertEquals(0, launch("doctor"), () -> text);
        assertTrue(text.contains("Java compiler") && text.contains("Maven"), text);
    }
}
