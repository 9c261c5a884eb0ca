package org.selfdiff.engine;

import java.util.List;
import java.util.Locale;
import org.selfdiff.run.RunFailed;

/** Names of native libraries on this operating system and processor. */
enum Platform {
    LINUX_X86_64("linux-x86_64"),
    LINUX_AARCH64("linux-aarch64"),
    WINDOWS_X86_64("win-x86_64"),
    MACOS_AARCH64("osx-aarch64");

    private final String classifier;

    Platform(final String classifier) {
        this.classifier = classifier;
    }

    /** The platform of this JVM. */
    static Platform current() throws RunFailed {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(final String osName, final String osArch) throws RunFailed {
        final String os = osName.toLowerCase(Locale.ROOT);
        final boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
        final boolean intel = osArch.equals("amd64") || osArch.equals("x86_64");
        if (os.startsWith("linux") && (arm || intel)) {
            return arm ? LINUX_AARCH64 : LINUX_X86_64;
        }
        if (os.startsWith("windows") && intel) {
            return WINDOWS_X86_64;
        }
        if (os.startsWith("mac") && arm) {
            return MACOS_AARCH64;
        }
        throw new RunFailed(
                "There is no LibTorch for this machine",
                osName + " on " + osArch,
                "Use Linux (x86-64 or ARM64), Windows (x86-64) or macOS (Apple silicon) with a 64-bit Java of the same"
                        + " kind.");
    }

    /** The name that Maven Central gives the platform's artifacts. */
    String classifier() {
        return classifier;
    }

    /** File name of a library, for instance {@code libtorch.so}. */
    String library(final String name) {
        return switch (this) {
            case LINUX_X86_64, LINUX_AARCH64 -> "lib" + name + ".so";
            case WINDOWS_X86_64 -> name + ".dll";
            case MACOS_AARCH64 -> "lib" + name + ".dylib";
        };
    }

    /** The files without which LibTorch cannot load; the JNI library is not among them. */
    List<String> required() {
        return List.of(library("torch"), library("torch_cpu"), library("c10"));
    }
}
