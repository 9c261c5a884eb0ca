package org.selfdiff.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.run.RunFailed;

class NativeSearchTest {
    private static final List<String> CPU = List.of("libtorch.so", "libtorch_cpu.so", "libc10.so");

    private static final List<String> CUDA =
            List.of("libtorch.so", "libtorch_cpu.so", "libc10.so", "libtorch_cuda.so", "libcudart.so.12");

    @TempDir
    Path folder;

    private Path installed;

    @BeforeEach
    void install() throws IOException {
        installed = folder.resolve("native");
        files(installed.resolve("cpu"), CPU);
        files(installed.resolve("cpu"), List.of("libdjl_torch.so"));
        files(installed.resolve("cu128"), List.of("libdjl_torch.so"));
    }

    private static void files(final Path folder, final List<String> names) throws IOException {
        Files.createDirectories(folder);
        for (final String name : names) {
            Files.write(folder.resolve(name), new byte[1]);
        }
    }

    private NativeSearch search() {
        return new NativeSearch(Platform.LINUX_X86_64, List.of(installed));
    }

    @Test
    void findsTheInstalledOne() throws RunFailed {
        final Natives found = search().find(null);
        assertEquals(installed.resolve("cpu"), found.library());
        assertEquals(installed.resolve("cpu/libdjl_torch.so"), found.jni());
        assertEquals(new LibTorchVersion("2.7.1", "cpu"), found.version());
    }

    @Test
    void theFolderOfOneFlavourMayBeNamedItself() throws RunFailed {
        final List<Path> folders = List.of(installed.resolve("cu128"), installed.resolve("cpu"));
        final Natives found = new NativeSearch(Platform.LINUX_X86_64, folders).find("");
        assertEquals(installed.resolve("cpu"), found.library());
    }

    @Test
    void anInstalledCudaIsPreferred() throws IOException, RunFailed {
        files(installed.resolve("cu128"), CUDA);
        assertEquals(new LibTorchVersion("2.7.1", "cu128"), search().find(null).version());
    }

    @Test
    void theUsersFolderComesFirstAndTheJniIsOurs() throws IOException, RunFailed {
        final Path user = folder.resolve("libtorch");
        files(user.resolve("lib"), CUDA);
        Files.writeString(user.resolve("build-version"), "2.7.1+cu128\n");
        final Natives found = search().find(user.toString());
        assertEquals(user.resolve("lib"), found.library());
        assertEquals(installed.resolve("cu128/libdjl_torch.so"), found.jni());
        assertEquals(new LibTorchVersion("2.7.1", "cu128"), found.version());
    }

    @Test
    void aPipPackageIsUnderstood() throws IOException, RunFailed {
        final Path user = folder.resolve("site-packages/torch");
        files(user.resolve("lib"), CPU);
        Files.writeString(user.resolve("version.py"), "from typing import Optional\n__version__ = '2.7.1+cpu'\n");
        assertEquals(
                "2.7.1+cpu",
                search().find(user.resolve("lib").toString()).version().toString());
    }

    @Test
    void withoutFlavourInTheVersionTheLibrariesTellIt() throws IOException, RunFailed {
        final Path user = folder.resolve("libtorch");
        files(user.resolve("lib"), CPU);
        Files.writeString(user.resolve("build-version"), "2.7.1");
        assertEquals("cpu", search().find(user.toString()).version().flavour());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10.0+cpu", "2.7.0+cu128", "2.7.1+cu126", "2.7.1+rocm6", "2.7.1.dev1", "2.5.1+cu121"})
    void otherVersionsAreRefused(final String version) throws IOException {
        final Path user = folder.resolve("libtorch");
        files(user.resolve("lib"), CUDA);
        Files.writeString(user.resolve("build-version"), version);
        final RunFailed e = assertThrows(RunFailed.class, () -> search().find(user.toString()));
        assertTrue(e.what().contains(version), e.what());
        assertEquals(user.resolve("lib").toString(), e.where());
        assertTrue(e.remedy().contains("2.7.1+cu128"), e.remedy());
    }

    @Test
    void anUnknownVersionIsRefused() throws IOException {
        final Path user = folder.resolve("libtorch");
        files(user.resolve("lib"), CUDA);
        final RunFailed e = assertThrows(RunFailed.class, () -> search().find(user.toString()));
        assertTrue(e.what().contains("version"), e.what());
    }

    @Test
    void aFolderWithoutLibTorchIsNamed() {
        final Path user = folder.resolve("nothing");
        final RunFailed e = assertThrows(RunFailed.class, () -> search().find(user.toString()));
        assertTrue(e.what().contains("libtorch.so") && e.what().contains("SELFDIFF_LIBTORCH"), e.what());
        assertTrue(e.where().contains(user.toString()), e.where());
    }

    @Test
    void aMissingFileIsFoundBeforeAnythingIsLoaded() throws IOException {
        Files.delete(installed.resolve("cpu/libc10.so"));
        final RunFailed e = assertThrows(RunFailed.class, () -> search().find(null));
        assertTrue(e.what().contains("libc10.so"), e.what());
        assertTrue(e.where().contains(installed.resolve("cpu").toString()), e.where());
    }

    @Test
    void aMissingJniIsNamedWithTheFoldersSearched() throws IOException {
        Files.delete(installed.resolve("cpu/libdjl_torch.so"));
        final RunFailed e = assertThrows(RunFailed.class, () -> search().find(null));
        assertTrue(e.what().contains("libdjl_torch.so"), e.what());
        assertTrue(e.where().contains(installed.resolve("cpu").toString()), e.where());
    }
}
