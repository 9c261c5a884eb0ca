package org.selfdiff.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunFailed;

@NeedsTorch.Engine
class EngineTest {
    @Test
    void startsOnceAndTellsItsVersions() throws RunFailed {
        final Engine engine = Engine.start();
        assertSame(engine, Engine.start());
        assertTrue(Engine.isStarted());
        assertEquals("0.38.0", engine.versions().get("djl"));
        assertEquals("2.7.1", engine.versions().get("libtorch"));
        assertTrue(engine.versions().keySet().containsAll(List.of("flavour", "threads", "os", "java")));
    }

    @Test
    void resolvesWithAReason() throws RunFailed {
        final Engine engine = Engine.start();
        assertEquals("cpu (as chosen)", engine.resolve(DeviceChoice.CPU).toString());
        final Engine.Resolved auto = engine.resolve(DeviceChoice.AUTO);
        assertTrue(!auto.reason().isBlank(), auto.toString());
    }

    @Test
    void aMissingGpuIsRefusedWithARemedy() throws RunFailed {
        final Engine engine = Engine.start();
        final RunFailed e = assertThrows(RunFailed.class, () -> engine.resolve(DeviceChoice.parse("cuda:99")));
        assertEquals("setting Device", e.where());
        assertTrue(e.what().startsWith("There is no device cuda:99"), e.what());
        assertTrue(e.remedy().contains("auto or cpu"), e.remedy());
    }

    /** DJL remembers failures for the life of the JVM; missing files must not get that far. */
    @Test
    void missingFilesDoNotPoisonTheJvmAndNothingReachesTheConsole(@TempDir final Path empty) throws Exception {
        final List<String> out = probe(empty, "-Dselfdiff.natives=" + empty);
        assertEquals(3, out.size(), String.join("\n", out));
        assertTrue(out.get(0).startsWith("refused: LibTorch") && out.get(0).contains(empty.toString()), out.get(0));
        assertTrue(out.get(1).startsWith("started: "), out.get(1));
        assertEquals("context class loader kept: true", out.get(2));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLibTorchOfTheUserIsUsedWithOurJniAndNothingIsWrittenThere(@TempDir final Path folder) throws Exception {
        final Natives installed = installed();
        final Path library = Files.createDirectories(folder.resolve("lib"));
        try (Stream<Path> files = Files.list(installed.library())) {
            for (final Path file : files.toList()) {
                if (!file.equals(installed.jni())) {
                    Files.createSymbolicLink(library.resolve(file.getFileName()), file);
                }
            }
        }
        Files.writeString(folder.resolve("build-version"), "2.7.1+cpu");
        final long before = count(folder);
        final List<String> out = probe(
                installed.jni().getParent(),
                "-DSELFDIFF_LIBTORCH=" + folder,
                "-Dselfdiff.natives=" + installed.jni().getParent());
        assertTrue(out.get(0).startsWith("started: 2.7.1"), String.join("\n", out));
        assertEquals(before, count(folder));
    }

    @Test
    void aBadNumberOfThreadsIsRefused(@TempDir final Path empty) throws Exception {
        final List<String> out =
                probe(empty, "-Dselfdiff.natives=" + installed().library(), "-Dselfdiff.threads=0");
        assertTrue(out.get(0).startsWith("refused: \"0\" is not a number of threads"), out.get(0));
    }

    private static Natives installed() throws RunFailed {
        return new NativeSearch(Platform.current(), InstalledFolders.list()).find(null);
    }

    private static long count(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.count();
        }
    }

    /** Starts the engine in a JVM of its own and returns all that it prints. */
    private static List<String> probe(final Path work, final String... options) throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EngineProbe.class.getName()));
        command.add(installed().library().toString());
        final Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out.lines().toList();
    }
}
