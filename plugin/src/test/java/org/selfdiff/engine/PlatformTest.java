package org.selfdiff.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunFailed;

class PlatformTest {
    @Test
    void knowsTheMachinesOfMavenCentral() throws RunFailed {
        assertEquals("linux-x86_64", Platform.of("Linux", "amd64").classifier());
        assertEquals("linux-aarch64", Platform.of("Linux", "aarch64").classifier());
        assertEquals("win-x86_64", Platform.of("Windows 11", "amd64").classifier());
        assertEquals("osx-aarch64", Platform.of("Mac OS X", "aarch64").classifier());
    }

    @Test
    void namesLibrariesAsTheSystemDoes() {
        assertEquals(List.of("libtorch.so", "libtorch_cpu.so", "libc10.so"), Platform.LINUX_X86_64.required());
        assertEquals("djl_torch.dll", Platform.WINDOWS_X86_64.library("djl_torch"));
        assertEquals("libdjl_torch.dylib", Platform.MACOS_AARCH64.library("djl_torch"));
    }

    @Test
    void refusesOthers() {
        final RunFailed e = assertThrows(RunFailed.class, () -> Platform.of("Mac OS X", "x86_64"));
        assertEquals("Mac OS X on x86_64", e.where());
        assertThrows(RunFailed.class, () -> Platform.of("Windows 11", "aarch64"));
        assertThrows(RunFailed.class, () -> Platform.of("Linux", "riscv64"));
    }
}
