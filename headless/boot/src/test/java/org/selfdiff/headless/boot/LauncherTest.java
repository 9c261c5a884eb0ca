package org.selfdiff.headless.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** The launcher alone, without starting anything: what it says when the places that it needs are not there. */
    private int source(final Map<String, String> environment, final String commands)
            throws IOException, InterruptedException {
        final Path script = Files.writeString(
                temp.resolve("script"),
                Files.readString(ROOT.resolve("selfdiff")).replaceAll("(?s)\ncase \"\\$\\{1:-\\}\" in.*", "\n")
                        + commands + "\n");
        final ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(temp.toFile())
                .redirectErrorStream(true);
        List.of("LANG", "LC_ALL", "LC_CTYPE", "TMPDIR").forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        final Process process = builder.start();
        text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }

    @Test
    void aTemporaryFolderThatIsMissingIsNamedWithARemedy() throws IOException, InterruptedException {
        final Map<String, String> missing =
                Map.of("TMPDIR", temp.resolve("nowhere").toString());
        assertEquals(6, source(missing, "need_temporary"), text);
        assertTrue(text.contains(temp.resolve("nowhere") + " is missing, full or not to be written to."), text);
        assertTrue(text.contains("set TMPDIR to another folder"), text);
        assertEquals(0, source(Map.of("TMPDIR", temp.toString()), "need_temporary"), text);
        assertEquals("", text);
    }

    @Test
    void withoutALocaleFileNamesAreUnicodeAllTheSame() throws IOException, InterruptedException {
        final String locales = "locale() { case $1 in charmap) [[ ${LC_ALL:-${LC_CTYPE:-}} == C.utf8 ]] && echo UTF-8"
                + " || echo ANSI_X3.4-1968 ;; -a) printf '%s\\n' $known ;; esac; }\n";
        final String show = "need_unicode run Gewebe/\u00e4\necho \"${LC_ALL:-}/${LC_CTYPE:-}\"";
        assertEquals(0, source(Map.of("LANG", "C"), "known='C POSIX C.utf8'\n" + locales + show), text);
        assertEquals("/C.utf8\n", text);
        assertEquals(0, source(Map.of("LC_ALL", "C"), "known='C POSIX C.utf8'\n" + locales + show), text);
        assertEquals("C.utf8/\n", text);
        assertEquals(6, source(Map.of("LANG", "C"), "known='C POSIX'\n" + locales + show), text);
        assertTrue(text.contains("cannot be named, and it has no UTF-8 locale"), text);
        assertEquals(0, source(Map.of("LANG", "C"), "known='C POSIX'\n" + locales + "need_unicode run plain"), text);
    }
}
