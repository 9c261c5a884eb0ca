package org.selfdiff.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.run.RunFailed;

class NativeLoadingTest {
    private final String before = System.getProperty(NativeLoading.THREADS);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(NativeLoading.THREADS);
        } else {
            System.setProperty(NativeLoading.THREADS, before);
        }
    }

    @Test
    void threadsAreTheUsersChoice() throws RunFailed {
        System.setProperty(NativeLoading.THREADS, " 3 ");
        assertEquals(3, NativeLoading.threads());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1025", "1.5"})
    void otherNumbersOfThreadsAreRefused(final String text) {
        System.setProperty(NativeLoading.THREADS, text);
        final RunFailed e = assertThrows(RunFailed.class, NativeLoading::threads);
        assertEquals("system property selfdiff.threads", e.where());
    }

    /** DJL splits its setting at this character and would then look on a download site. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFolderThatDjlWouldMisreadIsRefused() {
        final Path folder = Path.of("/opt", "lib" + File.pathSeparator + "torch");
        final Natives natives =
                new Natives(folder, folder.resolve("libdjl_torch.so"), new LibTorchVersion("2.7.1", "cpu"), "test");
        final RunFailed e =
                assertThrows(RunFailed.class, () -> new NativeLoading(Platform.LINUX_X86_64, natives).check());
        assertEquals(folder.toString(), e.where());
        assertTrue(e.remedy().contains("Rename"), e.remedy());
    }

    /** A user's LibTorch, beside which DJL does not find the bridge, so that it is copied. */
    private static NativeLoading ofTheUser(final Path folder) throws IOException {
        final Path bridge = Files.write(folder.resolve("libdjl_torch.so"), new byte[300_000]);
        final Path library = Files.createDirectories(folder.resolve("torch"));
        return new NativeLoading(
                Platform.LINUX_X86_64, new Natives(library, bridge, new LibTorchVersion("2.7.1", "cpu"), "test"));
    }

    @Test
    void aTemporaryFolderThatIsMissingOrNoneIsNamedWithARemedy(@TempDir final Path folder) throws Exception {
        final NativeLoading loading = ofTheUser(folder);
        for (final Path bad : List.of(folder.resolve("nowhere"), Files.write(folder.resolve("a file"), new byte[1]))) {
            final RunFailed e = assertThrows(RunFailed.class, () -> loading.offerJni(bad));
            assertEquals(bad.toString(), e.where());
            assertTrue(e.what().startsWith("The temporary folder has no room"), e.what());
            assertTrue(e.remedy().contains("-Djava.io.tmpdir"), e.remedy());
        }
    }
}
